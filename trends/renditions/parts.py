"""What goes into the making of renditions and what comes out."""

from dataclasses import dataclass

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 65_500  # what a JPEG, our master, can hold


class BadPicture(ValueError):
    """Not a picture that the library takes; the message says why and what to do."""


class Failed(OSError):
    """The picture can't help it: a full disk, a server without memory to start a process.
    `strerror` is a sentence for whoever uploads."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A derived file. `format` is its suffix: "avif", "jpg" or "webp"."""

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


NOTHING = Notes()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one picture may cost: bytes of address space, seconds of computing, seconds on the
    clock (many more, since a busy server is slow), and pixels."""

    memory: int = 1 << 30
    cpu: int = 5
    wall: float = 60.0
    pixels: int = MAX_PIXELS


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Made:
    """What becomes of a picture. `width` and `height` are those of the master, in pixels;
    `suggested` is what the upload said of itself: field of the library → words; `peak` is the
    memory that it took, in bytes."""

    width: int
    height: int
    master: bytes
    renditions: list[Rendition]
    suggested: dict[str, str]
    peak: int
