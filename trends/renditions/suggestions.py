"""What an upload says of itself, offered to editors: from XMP, else IPTC, else EXIF.

Files of unknown hands: every part is bounded, and a part that makes no sense says nothing.
"""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from .notes import UTF8
from .xmp import from_xmp

# Field of the library → how many characters it holds.
LENGTHS = {"credit": 200, "creator": 200, "caption": 400, "alt_text": 300, "licence": 120}
# IIM record 2 → field.
FIELDS = {"credit": 110, "creator": 80, "caption": 120, "licence": 116}
LARGEST = 1 << 20  # bytes of metadata
# What cameras and phones write where a caption belongs, and names of files.
JUNK = re.compile(
    r"((olympus|(konica )?minolta|kodak|nikon|canon|fujifilm|casio|pentax|ricoh|sony|panasonic) )?"
    r"digital (still )?camera|sony dsc|samsung( camera pictures)?|dcim|default|untitled|"
    r"screenshot|picture|image|photo|dav|hdr|cof|dig|sdr|oznor|mermoz|exif_jpeg_picture|"
    r"(created with|processed with) .*|[\w-]*\d{3,}(\.\w{3,4})?|\S+\.(jpe?g|png|webp|avif|tiff?)",
    re.IGNORECASE,
)
# IPTC's codes of digital source types → the library's word. "algorithmicallyEnhanced" is not
# among them: denoising and the like are no AI in the eyes of readers.
AI = {
    "trainedAlgorithmicMedia": "made",
    "compositeWithTrainedAlgorithmicMedia": "edited",
    "compositeSynthetic": "edited",
}


def suggestions(picture: Image.Image) -> dict[str, str]:
    """Field of the library → words. Of a picture with its header read; never raises."""
    found: dict[str, str] = {}
    for source in (_from_xmp, _from_iptc, _from_exif):
        for field, words in _said(source, picture).items():
            if tidy := _tidy(field, words):
                found.setdefault(field, tidy)
    return found


def _said(source: Callable[[Image.Image], dict[str, str]], picture: Image.Image) -> dict[str, str]:
    with suppress(Exception):  # broken metadata is no reason to refuse a picture
        return source(picture)
    return {}


def _from_xmp(picture: Image.Image) -> dict[str, str]:
    packet = picture.info.get("xmp", b"")
    said = from_xmp(packet) if len(packet) <= LARGEST else {}
    code = said.pop("source_type", "").rstrip("/").rpartition("/")[2]
    return said | {"ai_use": AI.get(code, "")}


def _from_iptc(picture: Image.Image) -> dict[str, str]:
    if not isinstance(picture, ImageFile.ImageFile):
        return {}
    said = IptcImagePlugin.getiptcinfo(picture) or {}
    is_utf8 = said.get((1, 90)) == UTF8
    return {
        field: _decoded(said[2, number], is_utf8)
        for field, number in FIELDS.items()
        if (2, number) in said
    }


def _from_exif(picture: Image.Image) -> dict[str, str]:
    exif = picture.getexif()
    tags = {
        "creator": ExifTags.Base.Artist,
        "caption": ExifTags.Base.ImageDescription,
        "licence": ExifTags.Base.Copyright,
    }
    # The copyright may hold two, of photographer and editor, with a NUL between them.
    return {
        field: ", ".join(filter(str.strip, _recoded(exif[tag]).split("\0")))
        for field, tag in tags.items()
        if isinstance(exif.get(tag), str)
    }


def _decoded(value: bytes | list[bytes], is_utf8: bool) -> str:
    if isinstance(value, list):
        return ", ".join(_decoded(one, is_utf8) for one in value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf8 else "cp1252", "replace")


def _recoded(words: str) -> str:
    """EXIF means ASCII, programs write UTF-8, Pillow reads Latin-1."""
    try:
        return words.encode("latin-1").decode()
    except UnicodeError:
        return words


def _tidy(field: str, words: str) -> str:
    """One line without control characters, no longer than the field; "" for what says nothing."""
    if field == "ai_use":
        return words
    plain = "".join(" " if sign.isspace() else sign for sign in words if _is_text(sign))
    line = " ".join(unicodedata.normalize("NFC", plain).split())
    if field in ("caption", "alt_text") and JUNK.fullmatch(line):
        return ""
    most = LENGTHS[field]
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _is_text(sign: str) -> bool:
    """No control characters, no marks that turn the direction of writing, no half characters."""
    return sign.isspace() or sign in "\u200c\u200d" or unicodedata.category(sign)[0] != "C"
