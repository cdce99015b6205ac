"""Uploads that mean harm, or look like it: made here, so that none has to be kept.

As a program (`python -m tests.pictures.hostile`) it plays a server that is sent one bomb after the
other and prints what that took.
"""

import contextlib
import io
import json
import random
import re
import resource
import struct
import sys
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

from PIL import Image

from trends.renditions import BadPicture, make, open_upload
from trends.renditions.opening import opened
from trends.renditions.suggestions import suggestions

from .drawing import declared, encoded, picture

MARK = b"S3cretMark"  # in what must not come out again
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(size: tuple[int, int], kind: tuple[int, int], pixels: bytes, *more: bytes) -> bytes:
    """`kind`: bits a sample and colour type; `pixels`: compressed rows; `more`: chunks."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, *kind, 0, 0, 0))
    end = chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + end


def blank(size: tuple[int, int], bits: int, *more: bytes) -> bytes:
    """A black PNG of `bits` a pixel in grey (1 to 16) or RGB (24, 48); hundreds of times smaller
    than its pixels."""
    kind = (bits, 0) if bits <= 16 else (bits // 3, 2)
    return png(size, kind, packed(size[1] * (1 + (size[0] * bits + 7) // 8)), *more)


def packed(length: int) -> bytes:
    """Zeros, compressed without ever being there."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(length >> 20)]
    return b"".join([*parts, packer.compress(bytes(length & 0xFFFFF)), packer.flush()])


def resized_jpeg(width: int, height: int) -> bytes:
    """A small JPEG that claims another size."""
    data = encoded(picture((64, 64)))
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def resized_avif(width: int, height: int) -> bytes:
    data = encoded(picture((64, 64)), "AVIF")
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def webp_canvas(width: int, height: int) -> bytes:
    """30 bytes: the header of a large canvas with nothing on it."""
    body = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    said = b"WEBPVP8X" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(said)) + said


def many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again: small, and endless work."""
    data = encoded(picture((4000, 3000)), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


def refused_bombs() -> dict[str, bytes]:
    zeros, megabyte = packed(200 << 20), packed(1 << 20)
    return {
        "WebP of 30 bytes": declared(16383, 16383),
        "WebP canvas": webp_canvas(16383, 16383),
        "WebP canvas of 90 megapixels": webp_canvas(9500, 9500),
        "PNG header": png((60_000, 60_000), (8, 2), packed(10)),
        "PNG pixels": blank((20_000, 20_000), 1),
        "JPEG header": resized_jpeg(65_500, 65_500),
        "AVIF header": resized_avif(60_000, 60_000),
        "PNG text": blank((9, 9), 8, chunk(b"zTXt", b"a\0\0" + zeros)),
        "PNG text in parts": blank((9, 9), 8, *[chunk(b"zTXt", b"a\0\0" + megabyte)] * 90),
        "PNG text of any language": blank((9, 9), 8, chunk(b"iTXt", b"a\0\1\0\0\0" + zeros)),
        "PNG profile": blank((9, 9), 8, chunk(b"iCCP", b"a\0\0" + zeros)),
    }


def allowed_bombs() -> dict[str, bytes]:
    """Just below 50 megapixels, in files of a few kilobytes."""
    return {
        "PNG": blank((7000, 7000), 48),
        "JPEG": resized_jpeg(7000, 7000),
        "AVIF": resized_avif(7000, 7000),
    }


def marked_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, MARK.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 20.0, 0.0), 29: MARK.decode()})
    return exif


def segments(data: bytes, count: int) -> bytes:
    """A JPEG with many application segments of 64 KB."""
    body = (b"Exif\0\0" + MARK * 6550)[:65_000]
    return data[:2] + (b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body) * count + data[2:]


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("page.html", MARK + b"<script>alert(1)</script>")
    return file.getvalue()


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


def ycck() -> bytes:
    """As Photoshop writes CMYK: Pillow can't, but one byte of a plain one says so."""
    data = bytearray(encoded(picture((60, 40)).convert("CMYK")))
    data[data.index(b"Adobe") + 11] = 2
    return bytes(data)


def damaged() -> list[bytes]:
    """Good files cut short at twenty places, and with bytes changed; the same in every run."""
    chance = random.Random(23)
    files = []
    for kind in FORMATS:
        options = {} if kind == "PNG" else {"exif": marked_exif(6)}
        data = encoded(picture((90, 60)), kind, **options)
        files += [data[: len(data) * part // 20] for part in range(20)]
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(chance.choice((1, 3, 20))):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            files.append(bytes(broken))
    return files


def peak() -> int:
    """Megabytes that this process has held at most."""
    said = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert said
    return int(said[1]) >> 10


def bombed() -> dict[str, Any]:
    """Megabytes of the server and of its hungriest child; what each bomb came to."""
    small, large = refused_bombs(), allowed_bombs()
    told: dict[str, Any] = {"before": peak()}
    told["refused"] = {name: end(data) for name, data in small.items()}
    told["children"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    told["allowed"] = {name: end(data) for name, data in large.items()}
    return told | {"after": peak()}


def end(data: bytes) -> str | int:
    """The sentence, or the megabytes that it took to make renditions."""
    try:
        return make(data).peak >> 20
    except BadPicture as bad:
        return str(bad)


def fuzzed() -> dict[str, Any]:
    """How many damaged files could be opened, and with which sentences the others were refused."""
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    warnings.simplefilter("ignore")
    good, sentences = 0, set()
    for data in damaged():
        with contextlib.suppress(Exception):  # its sentence comes below
            suggestions(opened(data, 1_000_000))
        try:
            good += open_upload(data, pixels=1_000_000).mode == "RGB"
        except BadPicture as bad:
            sentences.add(str(bad))
    return {"good": good, "sentences": sorted(sentences), "peak": peak()}


if __name__ == "__main__":
    print(json.dumps({"bombed": bombed, "fuzzed": fuzzed}[sys.argv[1]]()))
