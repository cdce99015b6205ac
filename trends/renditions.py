"""Pictures: open an upload safely, make the files that pages use. Pure: bytes in, bytes out.

Rules: docs of Pillow on decompression bombs; only formats that the wheel decodes by content, one
frame, bounded bytes and pixels, and nothing of the upload's metadata gets out.
"""

import hashlib
import io
import warnings
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
TOO_MANY_PIXELS = "The picture has more than 50 million pixels. Make it smaller."
# Decode large JPEGs at half or quarter size: twice the largest rendition is enough.
WORKING = (3840, 3840)

WIDE = 16 / 9
WIDTHS = (1920, 1280, 960, 640, 320)
# Preset → ratio and width, for structured data and social cards.
SINGLE = {"4x3": (4 / 3, 1200), "1x1": (1.0, 1200), "social": (1200 / 630, 1200)}
PLACEHOLDER_WIDTH = 20
AVIF = {"quality": 60, "speed": 10}
JPEG = {"quality": 80, "progressive": True, "optimize": True}


class BadPicture(ValueError):
    """Not a picture that the library takes; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A derived file. `format` is its suffix: "avif" or "jpg"."""

    preset: str
    width: int
    height: int
    format: str
    data: bytes


def digest(data: bytes) -> str:
    """SHA-256, 64 hex digits: finds the same upload again."""
    return hashlib.sha256(data).hexdigest()


def open_upload(data: bytes) -> Image.Image:
    """The picture upright, in sRGB, without metadata. Raises BadPicture."""
    if len(data) > MAX_BYTES:
        raise BadPicture(f"The file is larger than {MAX_BYTES >> 20} MB. Make it smaller.")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_header(picture)
            picture.draft("RGB", WORKING)  # JPEG only: cheaper in time and memory
            picture.load()
        except BadPicture:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise BadPicture(TOO_MANY_PIXELS) from None
        except UnidentifiedImageError:
            raise BadPicture(
                "This file is no JPEG, PNG, WebP or AVIF picture. Choose another file."
            ) from None
        except Exception as error:  # decoders raise whatever they like on broken files
            raise BadPicture(
                "The picture is damaged or cut off. Export it again and upload that file."
            ) from error
    return _plain(picture)


def _check_header(picture: Image.Image) -> None:
    """Before anything is decoded: how large, how many frames."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise BadPicture(TOO_MANY_PIXELS)
    if getattr(picture, "n_frames", 1) > 1:
        raise BadPicture("The picture moves: it has several frames. Upload a single one.")


def _plain(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    flat = _on_white(_to_srgb(upright))
    # A new image, since Pillow carries metadata along in `info`.
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)
    return clean


def _to_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile: the plain numbers are the best guess
    return converted or picture


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def master(picture: Image.Image) -> bytes:
    """Our own encoding of the whole picture, to crop anew from; never served."""
    return _encode(picture, "JPEG", quality=92, subsampling=0)


def crop_box(
    size: tuple[int, int], ratio: float, focal: tuple[float, float]
) -> tuple[int, int, int, int]:
    """The largest box (left, top, right, bottom) of a ratio, as near round the focal point
    (fractions, (0, 0) = left top) as the picture's edges allow."""
    width, height = size
    wide = min(width, max(1, round(height * ratio)))
    high = min(height, max(1, round(width / ratio)))
    left = min(max(0, round(width * focal[0] - wide / 2)), width - wide)
    top = min(max(0, round(height * focal[1] - high / 2)), height - high)
    return left, top, left + wide, top + high


def render(picture: Image.Image, *, focal: tuple[float, float] = (0.5, 0.5)) -> list[Rendition]:
    """All renditions, each size made from the next larger one; nothing is enlarged."""
    return [*_heroes(picture, focal), *_singles(picture, focal)]


def _heroes(picture: Image.Image, focal: tuple[float, float]) -> Iterator[Rendition]:
    step = picture.crop(crop_box(picture.size, WIDE, focal))
    for width in [w for w in WIDTHS if w <= step.width] or [step.width]:
        step = _scaled(step, width, WIDE)
        yield _rendition("hero", step, "avif", _encode(step, "AVIF", **AVIF))
        yield _rendition("hero", step, "jpg", _encode(step, "JPEG", **JPEG))
    tiny = _scaled(step, min(PLACEHOLDER_WIDTH, step.width), WIDE)
    yield _rendition("placeholder", tiny, "jpg", _encode(tiny, "JPEG", quality=40))


def _singles(picture: Image.Image, focal: tuple[float, float]) -> Iterator[Rendition]:
    for preset, (ratio, width) in SINGLE.items():
        crop = picture.crop(crop_box(picture.size, ratio, focal))
        scaled = _scaled(crop, min(width, crop.width), ratio)
        yield _rendition(preset, scaled, "jpg", _encode(scaled, "JPEG", **JPEG))


def _scaled(picture: Image.Image, width: int, ratio: float) -> Image.Image:
    size = (width, max(1, round(width / ratio)))
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def _rendition(preset: str, picture: Image.Image, suffix: str, data: bytes) -> Rendition:
    return Rendition(preset, picture.width, picture.height, suffix, data)


def _encode(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def data_uri(rendition: Rendition) -> str:
    """A small rendition as the address of itself."""
    return "data:image/jpeg;base64," + b64encode(rendition.data).decode()
