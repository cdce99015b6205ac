"""Pictures: open an upload safely, make the files that pages use. Pure: bytes in, bytes out.

`make` does all of it in a child process (child.py starts it, worker.py is it): open (opening.py,
colour.py), read what the upload says of itself (suggestions.py), crop and scale (cascade.py),
encode (encoding.py) and write into the files what they say of themselves (notes.py).
"""

import hashlib
from typing import BinaryIO

from .cascade import SINGLE, WHOLE, WIDE, WIDTHS, render
from .child import make
from .cropping import crop_box
from .encoding import data_uri, master
from .opening import TURNS, open_upload
from .parts import (
    FORMATS,
    MAX_BYTES,
    MAX_PIXELS,
    MAX_SIDE,
    BadPicture,
    Failed,
    Limits,
    Made,
    Notes,
    Rendition,
)

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_PIXELS",
    "MAX_SIDE",
    "SINGLE",
    "TURNS",
    "WHOLE",
    "WIDE",
    "WIDTHS",
    "BadPicture",
    "Failed",
    "Limits",
    "Made",
    "Notes",
    "Rendition",
    "crop_box",
    "data_uri",
    "digest",
    "make",
    "master",
    "open_upload",
    "render",
]


def digest(data: bytes | BinaryIO) -> str:
    """SHA-256, 64 hex digits: finds the same upload again. Reads a file from its beginning and
    leaves it there."""
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    data.seek(0)
    found = hashlib.file_digest(data, "sha256").hexdigest()  # type: ignore[arg-type]
    data.seek(0)
    return found
