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

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError
from PIL.Image import Transpose

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
TOO_MANY_PIXELS = "The picture has more than 50 million pixels. Make it smaller."
MAX_SIDE = 65_500  # what a JPEG, our master, can hold
# Decode large JPEGs at half or quarter size: twice the largest rendition is enough.
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


@dataclass(frozen=True, slots=True)
class Notes:
    """What files say of themselves (IPTC, XMP). `source_type` is a code of IPTC's list of digital
    source types, such as "trainedAlgorithmicMedia"; "" where nothing is claimed."""

    credit: str = ""
    creator: str = ""
    licence: str = ""
    source_type: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What becomes of a picture. `width` and `height` are those of the master, in pixels;
    `suggested` is what the upload said of itself: field of the library → words."""

    width: int
    height: int
    master: bytes
    renditions: list[Rendition]
    suggested: dict[str, str]


def make(
    data: bytes,
    *,
    focal: tuple[float, float] = (0.5, 0.5),
    notes: Notes = Notes(),
    ours: bool = False,
) -> Made:
    """All files of a picture. `ours`: the data is a master of the library, so its size in bytes
    is not limited and it makes no new one. Raises BadPicture."""
    picture = _decoded(data) if ours else open_upload(data)
    return Made(
        width=picture.width,
        height=picture.height,
        master=b"" if ours else master(picture),
        renditions=render(picture, focal=focal),
        suggested={},
    )


def digest(data: bytes) -> str:
    """SHA-256, 64 hex digits: finds the same upload again."""
    return hashlib.sha256(data).hexdigest()


def open_upload(data: bytes) -> Image.Image:
    """The picture upright, in sRGB, without metadata. Raises BadPicture."""
    if len(data) > MAX_BYTES:
        raise BadPicture(f"The file is larger than {MAX_BYTES >> 20} MB. Make it smaller.")
    with warnings.catch_warnings():
        # What Pillow says about odd metadata does not matter: all of it is dropped.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _decoded(data)
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


def _decoded(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=FORMATS)
    _check_header(picture)
    orientation = _orientation(picture)
    lies = orientation >= 5  # on its side: width and height change places
    picture.draft("RGB", WORKING[::-1] if lies else WORKING)  # JPEG only: less time and memory
    picture.load()
    upright = _on_white(_to_srgb(picture))
    if orientation in TURNS:
        upright = upright.transpose(TURNS[orientation])
    upright.info = {}  # where Pillow carries metadata along
    return upright


def _check_header(picture: Image.Image) -> None:
    """Before anything is decoded: how large, how many frames."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise BadPicture(TOO_MANY_PIXELS)
    if max(width, height) > MAX_SIDE:
        raise BadPicture(f"The picture has a side longer than {MAX_SIDE:,} pixels. Crop it.")
    # A JPEG in the form MPO comes from a camera; behind the picture lies its preview.
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise BadPicture("The picture moves: it has several frames. Upload a single one.")


def _orientation(picture: Image.Image) -> int:
    """1 to 8 as EXIF counts; 1, upright, where it says nothing that makes sense."""
    try:
        said = picture.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # broken EXIF is no reason to refuse a picture
        return 1
    return said if said in TURNS else 1


def _to_srgb(picture: Image.Image) -> Image.Image:
    """A copy in RGB, or RGBA where something is transparent."""
    plain = _eight_bit(picture)
    mode = "RGBA" if plain.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    return (profile and _by_profile(plain, profile, mode)) or plain.convert(mode)


def _by_profile(picture: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
    """None for a profile that is broken or of another kind: the numbers are the best guess."""
    if mode == "RGBA" or picture.mode not in ("L", "CMYK"):
        picture = picture.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return None


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Grey of 16 bits scaled down; Pillow's own `convert` would clip it to white."""
    if not picture.mode.startswith("I"):
        return picture
    grey = picture.point(lambda level: level / 257).convert("L")
    grey.info.pop("transparency", None)  # names a level out of 65,536
    return grey


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture
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
    x, y = (min(1.0, max(0.0, fraction)) for fraction in focal)
    wide = min(width, max(1, round(height * ratio)))
    high = min(height, max(1, round(width / ratio)))
    left = min(max(0, round(width * x - wide / 2)), width - wide)
    top = min(max(0, round(height * y - high / 2)), height - high)
    return left, top, left + wide, top + high


def render(picture: Image.Image, *, focal: tuple[float, float] = (0.5, 0.5)) -> list[Rendition]:
    """All renditions, each size made from the next larger one; nothing is enlarged."""
    return [*_heroes(picture, focal), *_singles(picture, focal)]


def _heroes(picture: Image.Image, focal: tuple[float, float]) -> Iterator[Rendition]:
    box = crop_box(picture.size, WIDE, focal)
    widest = box[2] - box[0]
    step = _scaled(picture, min(widest, WIDTHS[0]), WIDE, box)
    for width in [w for w in WIDTHS if w <= widest] or [widest]:
        step = _scaled(step, width, WIDE)
        yield _rendition("hero", step, "avif", _encode(step, "AVIF", **AVIF))
        yield _rendition("hero", step, "jpg", _encode(step, "JPEG", **JPEG))
    tiny = _scaled(step, min(PLACEHOLDER_WIDTH, step.width), WIDE)
    yield _rendition("placeholder", tiny, "jpg", _encode(tiny, "JPEG", quality=40))


def _singles(picture: Image.Image, focal: tuple[float, float]) -> Iterator[Rendition]:
    for preset, (ratio, width) in SINGLE.items():
        box = crop_box(picture.size, ratio, focal)
        scaled = _scaled(picture, min(width, box[2] - box[0]), ratio, box)
        yield _rendition(preset, scaled, "jpg", _encode(scaled, "JPEG", **JPEG))


def _scaled(
    picture: Image.Image, width: int, ratio: float, box: tuple[int, int, int, int] | None = None
) -> Image.Image:
    size = (width, max(1, round(width / ratio)))
    if box is None and picture.size == size:
        return picture
    # The gap: whole pixels are averaged first, which is many times cheaper and looks the same.
    return picture.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3.0)


def _rendition(preset: str, picture: Image.Image, suffix: str, data: bytes) -> Rendition:
    return Rendition(preset, picture.width, picture.height, suffix, data)


def _encode(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def data_uri(rendition: Rendition) -> str:
    """A small rendition as the address of itself."""
    return "data:image/jpeg;base64," + b64encode(rendition.data).decode()
