"""Hostile uploads end in renditions that are good, or in a sentence; never otherwise.

All but the damaged ones go through the real child process.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from trends.renditions import BadPicture, Limits, Made, make

from .drawing import decoded, encoded, picture
from .hostile import (
    MARK,
    animated,
    archive,
    blank,
    chunk,
    many_scans,
    marked_exif,
    segments,
    ycck,
)

NOT_OURS = "no JPEG, PNG, WebP or AVIF"
TAGS = {"exif", "icc_profile", "xmp", "comment", "photoshop", "XML:com.adobe.xmp"}
KINDS = {"avif": "AVIF", "jpg": "JPEG", "webp": "WEBP"}


def checked(data: bytes, size: tuple[int, int]) -> Made:
    """Made, every file good, and nothing of the upload's in it."""
    made = make(data)
    assert (made.width, made.height) == size
    files = [(size, "jpg", made.master)]
    files += [((one.width, one.height), one.format, one.data) for one in made.renditions]
    assert len(files) >= 9
    for wanted, kind, file in files:
        shown = decoded(file)
        assert (shown.size, shown.format, shown.mode) == (wanted, KINDS[kind], "RGB")
        assert not TAGS & set(shown.info)
        assert MARK not in file
    assert made.peak < Limits().memory
    return made


def test_bombs_neither_hurt_the_server_nor_its_memory() -> None:
    told = program("bombed")
    print(told)
    for name, sentence in told["refused"].items():
        assert str(sentence).endswith("."), name
    by_header = [
        name for name in told["refused"] if not name.startswith(("AVIF", "PNG t", "PNG pr"))
    ]
    assert len(by_header) == 6
    for name in by_header:
        assert "more than 50 million pixels" in told["refused"][name], name
    assert told["children"] < 100
    # What is allowed must pass, if it is a picture at all.
    assert isinstance(told["allowed"]["PNG"], int)
    for megabytes in filter(lambda end: isinstance(end, int), told["allowed"].values()):
        assert megabytes < 700
    assert told["after"] - told["before"] < 20


def test_without_the_limits_the_same_bomb_goes_off() -> None:
    bomb = blank((9000, 9000), 1)
    with pytest.raises(BadPicture, match="more than 50 million pixels"):
        make(bomb)
    open_to_all = make(bomb, limits=None)
    assert open_to_all.peak > 350 << 20
    # Each limit holds without the other.
    with pytest.raises(BadPicture, match="more memory than one picture may take"):
        make(bomb, limits=Limits(memory=300 << 20, pixels=10**9))


def test_endless_work_is_stopped() -> None:
    endless = many_scans(400)
    assert len(endless) < 20 << 20
    with pytest.raises(BadPicture, match="too much computing"):
        make(endless, limits=Limits(cpu=1))


def test_damaged_files_end_in_a_sentence() -> None:
    told = program("fuzzed")
    print(told)
    assert told["good"] > 20
    assert len(told["sentences"]) >= 2
    assert told["peak"] < 200


def program(name: str) -> Any:
    command = [sys.executable, "-m", "tests.pictures.hostile", name]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", NOT_OURS),
    "text": (b"just a note", NOT_OURS),
    "GIF": (encoded(picture((8, 8)), "GIF"), NOT_OURS),
    "TIFF": (encoded(picture((8, 8)), "TIFF"), NOT_OURS),
    "BMP": (encoded(picture((8, 8)), "BMP"), NOT_OURS),
    "PDF": (encoded(picture((8, 8)), "PDF"), NOT_OURS),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', NOT_OURS),
    "HTML": (b"<!doctype html><script>alert(1)</script>", NOT_OURS),
    "HTML before a JPEG": (b"<html>" + encoded(picture((8, 8))), NOT_OURS),
    "animated GIF": (animated("GIF"), NOT_OURS),
    "animated WebP": (animated("WEBP"), "several frames"),
    "animated PNG": (animated("PNG"), "several frames"),
    "animated AVIF": (animated("AVIF"), "several frames"),
    "too long": (blank((70_000, 2), 1), "longer than 65,500"),
    "half a JPEG": (encoded(picture())[:9000], "damaged or cut off"),
    "half a PNG": (encoded(picture(), "PNG")[:2000], "damaged or cut off"),
    "half a WebP": (encoded(picture(), "WEBP", lossless=True)[:-90], "damaged or cut off"),
    "half an AVIF": (encoded(picture(), "AVIF")[:-90], "damaged or cut off"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_no_picture_of_ours_is_refused(name: str) -> None:
    data, sentence = REFUSED[name]
    with pytest.raises(BadPicture, match=sentence) as caught:
        make(data)
    assert str(caught.value).endswith(".")


def with_profile() -> bytes:
    return encoded(picture((60, 40)), icc_profile=MARK * 100, comment=MARK)


def palette() -> bytes:
    image = picture((60, 40)).convert("P")
    return encoded(image, "PNG", transparency=bytes(range(256)))


def text_chunks() -> bytes:
    text = chunk(b"tEXt", b"Comment\0" + MARK * 100_000)
    return blank((60, 40), 24, text, chunk(b"eXIf", marked_exif().tobytes()[6:]))


SIZE = (60, 40)
GOOD: dict[str, Callable[[], bytes]] = {
    "HTML behind a JPEG": lambda: encoded(picture(SIZE)) + b"<script>" + MARK,
    "an archive behind a JPEG": lambda: encoded(picture(SIZE)) + archive(),
    "an archive behind a PNG": lambda: encoded(picture(SIZE), "PNG") + archive(),
    "an archive in a comment": lambda: encoded(picture(SIZE), comment=archive()),
    "an archive behind a WebP": lambda: encoded(picture(SIZE), "WEBP") + archive(),
    "two pictures of a phone": lambda: encoded(
        picture(SIZE), "MPO", save_all=True, append_images=[picture((8, 4))], exif=marked_exif()
    ),
    "GPS in a JPEG": lambda: encoded(picture(SIZE), exif=marked_exif()),
    "GPS in a WebP": lambda: encoded(picture(SIZE), "WEBP", exif=marked_exif(), xmp=MARK),
    "GPS in an AVIF": lambda: encoded(picture(SIZE), "AVIF", exif=marked_exif(), xmp=MARK),
    "profile and comment": with_profile,
    "text in a PNG": text_chunks,
    "many segments": lambda: segments(encoded(picture(SIZE)), 200),
    "CMYK": lambda: encoded(picture(SIZE).convert("CMYK")),
    "YCCK": ycck,
    "grey JPEG": lambda: encoded(picture(SIZE, "L")),
    "16 bits, grey": lambda: blank(SIZE, 16),
    "16 bits, colour": lambda: blank(SIZE, 48),
    "palette with transparency": palette,
    "L": lambda: encoded(picture(SIZE, "L"), "PNG"),
    "LA": lambda: encoded(picture(SIZE, "LA"), "PNG"),
    "1 bit": lambda: encoded(picture(SIZE, "1"), "PNG"),
    "transparent WebP": lambda: encoded(picture(SIZE, "RGBA"), "WEBP"),
    "transparent AVIF": lambda: encoded(picture(SIZE, "RGBA"), "AVIF"),
}


@pytest.mark.parametrize("name", list(GOOD))
def test_odd_pictures_become_plain_ones(name: str) -> None:
    checked(GOOD[name](), SIZE)


@pytest.mark.parametrize("size", [(1, 1), (1, 65_500), (65_500, 1)])
def test_odd_shapes_become_renditions(size: tuple[int, int]) -> None:
    checked(encoded(Image.new("RGB", size), "PNG"), size)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_ends_upright(orientation: int) -> None:
    size = SIZE if orientation < 5 else SIZE[::-1]
    checked(encoded(picture(SIZE), exif=marked_exif(orientation)), size)


def test_white_stays_white_in_cmyk() -> None:
    made = checked(encoded(Image.new("CMYK", SIZE, (0, 0, 0, 0))), SIZE)
    assert min(decoded(made.master).getpixel((5, 5))) > 250
