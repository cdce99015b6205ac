"""The typeface of social cards, ours or the site's own, and what it can draw. A card with empty
boxes in its title would be worse than none."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# Noto Serif, with Latin, Greek and Cyrillic letters: type/OFL.txt.
OURS = Path(__file__).parent / "type" / "NotoSerif-Bold.ttf"
# What ours is known to have (a test looks). For most titles a page need not ask it, and a worker
# that draws no card does without the typesetting of Pillow: 4 MB.
KNOWN = frozenset(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180)]))
KNOWN |= frozenset("–—‘’‚“”„…€")
# What most typefaces have, for signs that some of them lack.
STAND_INS = {"–": "-", "—": "-", "‑": "-", "\u2009": " ", "\u202f": " "}
NOWHERE = "\U0010fffd"  # private use: what a typeface draws for what it lacks
TRIAL = 24  # pixels


def face(size: int) -> "FreeTypeFont":
    """At a size in pixels."""
    return _face(path(), size)


def path() -> str:
    return settings.NEWSROOM_CARD_FONT or str(OURS)


def name() -> str:
    """What tells this typeface from another; the same on every machine."""
    return settings.NEWSROOM_CARD_FONT or OURS.name


def drawable(text: str) -> str | None:
    """The text in one line as the typeface can draw it; None where it can't."""
    font = path()
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = "".join(c if _has(font, c) else STAND_INS.get(c, c) for c in text)
    return text if all(_has(font, c) for c in text) else None


@cache
def _face(path: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(path, size)


@lru_cache(maxsize=4096)
def _has(path: str, character: str) -> bool:
    if character == " " or (character in KNOWN and path == str(OURS)):
        return True
    return _is_drawn(path, character)


def _is_drawn(path: str, character: str) -> bool:
    from PIL import features  # noqa: PLC0415

    if _needs_shaping(character) and not features.check("raqm"):
        return False
    font = _face(path, TRIAL)
    return bytes(font.getmask(character)) != bytes(font.getmask(NOWHERE))


def _needs_shaping(character: str) -> bool:
    """It runs from right to left, or joins the letter before it."""
    joins = unicodedata.category(character) in ("Mn", "Mc", "Me")
    return joins or unicodedata.bidirectional(character) in ("R", "AL")
