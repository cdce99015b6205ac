"""Pictures as bytes, drawn by the tests themselves."""

import io
import struct
from typing import Any

from PIL import Image


def picture(size: tuple[int, int] = (1600, 1000), mode: str = "RGB") -> Image.Image:
    """A gradient from top to bottom."""
    return Image.linear_gradient("L").resize(size).convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def decoded(data: bytes) -> Image.Image:
    shown = Image.open(io.BytesIO(data))
    shown.load()
    return shown


def declared(width: int, height: int) -> bytes:
    """A WebP of 30 bytes that promises a picture and holds none."""
    body = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + bytes(5)
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk
