"""Which renditions are made, of what size, showing what."""

import math
import random

import pytest
from PIL import Image, ImageChops, ImageStat

from trends import renditions
from trends.renditions import cascade, crop_box, data_uri, render

from .drawing import decoded, picture


def test_renditions_of_a_large_picture() -> None:
    made = render(picture((2400, 1600)))
    heroes = [r for r in made if r.preset == "hero"]
    assert sorted({r.width for r in heroes}) == sorted(renditions.WIDTHS)
    assert {r.format for r in heroes} == {"avif", "jpg"}
    singles = {
        (r.preset, r.width, r.height, r.format) for r in made if r.preset in renditions.SINGLE
    }
    assert singles == {
        ("4x3", 1200, 900, "jpg"),
        ("1x1", 1200, 1200, "jpg"),
        ("1x1", 320, 320, "avif"),
        ("1x1", 320, 320, "jpg"),
        ("social", 1200, 630, "jpg"),
    }
    for rendition in made:
        shown = decoded(rendition.data)
        assert shown.size == (rendition.width, rendition.height)


def test_pictures_inside_the_text_are_not_cropped() -> None:
    made = [r for r in render(picture((2400, 1600))) if r.preset == "whole"]
    sizes = {(1280, 853, "avif"), (1280, 853, "jpg"), (640, 427, "avif"), (640, 427, "jpg")}
    assert {(r.width, r.height, r.format) for r in made} == sizes


@pytest.mark.parametrize("size", [(1920, 1080), (1500, 844), (1280, 720), (300, 169)])
def test_a_whole_picture_of_16_to_9_is_not_encoded_twice(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    real = cascade.encode
    monkeypatch.setattr(cascade, "encode", lambda *args: calls.append(args) or real(*args))
    made = render(picture(size))
    wholes = {(r.width, r.format): r.data for r in made if r.preset == "whole"}
    heroes = {(r.width, r.format): r.data for r in made if r.preset == "hero"}
    assert wholes
    assert wholes.items() <= heroes.items()
    assert len(calls) == len(made) - len(wholes)


def test_what_is_very_tall_gets_narrower() -> None:
    made = [r for r in render(picture((1000, 20_000))) if r.preset == "whole"]
    assert {(r.width, r.height) for r in made} == {(256, 5120)}


def test_the_placeholder_is_tiny() -> None:
    tiny = next(r for r in render(picture()) if r.preset == "placeholder")
    assert (tiny.width, tiny.format) == (20, "webp")
    assert decoded(tiny.data).size == (20, 11)
    assert data_uri(tiny).startswith("data:image/webp;base64,")
    assert len(data_uri(tiny)) < 300


def test_each_size_looks_like_the_original_scaled() -> None:
    # Waves in both directions, from broad to fine.
    waves = [int(127 + 90 * math.sin(x * x / 60_000) * math.cos(x / 40)) for x in range(2000)]
    row = bytes(waves * 2)
    rows = b"".join(row[start : start + 2000] for start in (3 * y % 2000 for y in range(1500)))
    original = Image.frombytes("L", (2000, 1500), rows).convert("RGB")
    for made in render(original):
        if made.preset == "placeholder":
            continue
        box = crop_box(original.size, made.width / made.height, (0.5, 0.5))
        wanted = original.resize((made.width, made.height), Image.Resampling.LANCZOS, box)
        got = decoded(made.data).convert("RGB")
        off = ImageStat.Stat(ImageChops.difference(got, wanted)).rms
        assert max(off) < 9, (made.preset, made.width, off)


def test_resizing_in_strips_leaves_no_seams() -> None:
    # Not so strong that a pass has to cut off light or dark.
    levels = bytes(range(96, 160)) * 4
    noise = Image.frombytes("L", (900, 1400), random.Random(7).randbytes(900 * 1400)).point(levels)
    size = (611, 950)
    whole = noise.resize(size, Image.Resampling.LANCZOS)
    # Only roundings differ, and those everywhere alike.
    assert max(ImageChops.difference(cascade._in_strips(noise, size), whole).tobytes()) <= 3
    cut = noise.crop((0, 0, 900, 700)).resize((611, 475), Image.Resampling.LANCZOS)
    assert max(ImageChops.difference(cut, whole.crop((0, 0, 611, 475))).tobytes()) > 3


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 3000), (5000, 2), (3, 7), (1919, 1081)])
def test_odd_sizes_become_something(size: tuple[int, int]) -> None:
    for made in render(picture(size)):
        assert decoded(made.data).size == (made.width, made.height)
        assert made.width <= size[0]


def test_a_small_picture_is_not_enlarged() -> None:
    made = render(picture((200, 150)))
    assert max(r.width for r in made) == 200
    assert {r.format for r in made if r.preset == "hero"} == {"avif", "jpg"}


def test_renditions_show_what_lies_round_the_focal_point() -> None:
    marked = Image.new("RGB", (3000, 2000), "white")
    marked.paste("red", (2400, 300, 2600, 500))
    made_all = render(marked, focal=(2500 / 3000, 400 / 2000))
    for made in [made for made in made_all if made.preset != "placeholder"]:
        shown = decoded(made.data).convert("RGB")
        box = crop_box(marked.size, made.width / made.height, (2500 / 3000, 400 / 2000))
        scale = made.width / (box[2] - box[0])
        there = shown.getpixel((int((2500 - box[0]) * scale), int((400 - box[1]) * scale)))
        assert there[0] - there[1] > 100, made.preset
        assert min(shown.getpixel((1, made.height - 2))) > 200
