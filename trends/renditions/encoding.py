"""How files are encoded. `manage.py bench pictures` shows what the settings cost."""

import io
from base64 import b64encode
from typing import Any

from PIL import Image

from .notes import in_jpeg, xmp
from .parts import NOTHING, Notes, Rendition

# One thread: on a server with many cores, each takes memory that the child may not have.
AVIF = {"quality": 60, "speed": 10, "max_threads": 1}
JPEG = {"quality": 80, "progressive": True, "optimize": True}
PLACEHOLDER = {"quality": 50, "method": 6}
TYPES = {"avif": "image/avif", "jpg": "image/jpeg", "webp": "image/webp"}


def encode(picture: Image.Image, suffix: str, notes: Notes = NOTHING) -> bytes:
    """As "avif", "jpg" or "webp" (of the last two kinds, only the first carries notes)."""
    if suffix == "avif":
        return _saved(picture, "AVIF", **AVIF, xmp=xmp(notes))
    if suffix == "webp":
        return _saved(picture, "WEBP", **PLACEHOLDER)
    return in_jpeg(_saved(picture, "JPEG", **JPEG), notes)


def master(picture: Image.Image) -> bytes:
    """Our own encoding of the whole picture, to crop anew from; never served."""
    return _saved(picture, "JPEG", quality=92, subsampling=0)


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def data_uri(rendition: Rendition) -> str:
    """A small rendition as the address of itself."""
    return f"data:{TYPES[rendition.format]};base64,{b64encode(rendition.data).decode()}"
