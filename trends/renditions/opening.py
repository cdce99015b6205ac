"""Open an upload: what is refused, and what makes the rest upright, sRGB and bare.

Rules: docs of Pillow on decompression bombs; only formats that the wheel decodes by content, one
frame, bounded pixels, and nothing of the upload's metadata gets out.

Memory counts here: a picture of 50 megapixels takes 200 MB each time it is copied. So large ones
are made smaller first, and a step frees what it was given.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import ExifTags, Image, UnidentifiedImageError
from PIL.Image import Transpose

from .colour import to_srgb
from .parts import FORMATS, MAX_PIXELS, MAX_SIDE, BadPicture

# Decode large pictures at half or quarter size: twice the largest rendition is enough.
WORKING = (3840, 2160)

# EXIF orientation → what makes the picture upright.
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def open_upload(data: bytes | BinaryIO, *, pixels: int = MAX_PIXELS) -> Image.Image:
    """The picture upright, in sRGB, without metadata. Raises BadPicture."""
    with explained(pixels):
        return developed(opened(data, pixels))


@contextmanager
def explained(pixels: int) -> Iterator[None]:
    """Whatever goes wrong within becomes a BadPicture with a sentence."""
    most = Image.MAX_IMAGE_PIXELS
    # Pillow refuses above twice this figure. WebP allocates before anybody else can look.
    Image.MAX_IMAGE_PIXELS = pixels // 2
    try:
        with warnings.catch_warnings():
            # What Pillow says about odd metadata does not matter: all of it is dropped.
            warnings.simplefilter("ignore")
            with bounded():
                yield
    except BadPicture:
        raise
    except Image.DecompressionBombError:
        raise BadPicture(_too_many(pixels)) from None
    except UnidentifiedImageError:
        raise BadPicture(
            "This file is no JPEG, PNG, WebP or AVIF picture. Choose another file."
        ) from None
    except Exception as error:  # decoders raise whatever they like on broken files
        raise BadPicture(
            "The picture is damaged or cut off. Export it again and upload that file."
        ) from error
    finally:
        Image.MAX_IMAGE_PIXELS = most


@contextmanager
def bounded() -> Iterator[None]:
    """Memory that comes to its limit is a fault of the picture, too."""
    try:
        yield
    except MemoryError:
        raise BadPicture(
            "The picture needs more memory than one picture may take. Make it smaller."
        ) from None


def opened(data: bytes | BinaryIO, pixels: int) -> Image.Image:
    """The picture with its header read and checked: nothing is decoded yet."""
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    picture = Image.open(file, formats=FORMATS)
    width, height = picture.size
    if width * height > pixels:
        raise BadPicture(_too_many(pixels))
    if max(width, height) > MAX_SIDE:
        raise BadPicture(f"The picture has a side longer than {MAX_SIDE:,} pixels. Crop it.")
    # A JPEG in the form MPO comes from a camera; behind the picture lies its preview.
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise BadPicture("The picture moves: it has several frames. Upload a single one.")
    return picture


def _too_many(pixels: int) -> str:
    return f"The picture has more than {pixels // 1_000_000} million pixels. Make it smaller."


def developed(picture: Image.Image) -> Image.Image:
    """Decoded, not much larger than needed, sRGB, on white, upright, bare. Uses up what it is
    given."""
    orientation = _orientation(picture)
    wide, high = WORKING[::-1] if orientation >= 5 else WORKING  # stored on its side
    picture.draft("RGB", (wide, high))  # JPEG only: less time and memory
    picture.load()
    factor = max(1, min(picture.width // wide, picture.height // high))
    upright = _turned(to_srgb(picture, factor), TURNS.get(orientation))
    upright.info = {}  # where Pillow carries metadata along
    return upright


def _orientation(picture: Image.Image) -> int:
    """1 to 8 as EXIF counts; 1, upright, where it says nothing that makes sense."""
    try:
        said = picture.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # broken EXIF is no reason to refuse a picture
        return 1
    return said if said in TURNS else 1


def _turned(picture: Image.Image, turn: Transpose | None) -> Image.Image:
    """Turned band by band: takes less memory than two whole pictures."""
    if turn is None:
        return picture
    bands = list(picture.split())
    picture.close()
    for number, band in enumerate(bands):
        bands[number] = band.transpose(turn)
        band.close()
    return Image.merge("RGB", bands)
