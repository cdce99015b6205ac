"""Pictures as HTML: <picture> for each place, and what readers are told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import licences
from ..models import Image
from ..paths import url_of

Rendition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fit:
    """A preset that suits a place: `sizes` is how wide it gets there; files of more pixels than
    `widest` would be weight without use."""

    preset: str
    sizes: str
    widest: int = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands: what suits it, the best first; whether the first screen shows it."""

    fits: tuple[Fit, ...]
    is_first: bool = False
    tells: bool = True  # False: the title beside it says enough, so it has no alt text


# What static/css/public makes of --wide, --rail, --gap and --edge. On phones a little less: theirs
# are three pixels for one, and nobody sees more than two, but everybody waits for them.
_TEXT = "(width >= 50rem) 38rem, 52vw"
_SECOND = (Fit("hero", "(width >= 86rem) 26rem, (width >= 40rem) 40vw, 58vw"),)
PLACES = {
    "hero": Place(
        (Fit("hero", "(width >= 86rem) 66rem, (width >= 50rem) calc(92vw - 14rem), 82vw"),), True
    ),
    "lead": Place((Fit("hero", "(width >= 86rem) 52rem, (width >= 60rem) 60vw, 82vw"),), True),
    "second": Place(_SECOND, False, False),
    # Below a lead that has no picture they are what the first screen shows.
    "second at once": Place(_SECOND, True, False),
    "card": Place((Fit("hero", "(width >= 64rem) 22rem, 58vw"),), False, False),
    # Uncropped: in the text a picture is proof, not decoration.
    "text": Place((Fit("whole", _TEXT), Fit("hero", _TEXT))),
    # From the wide one the sheet cuts a square of its height.
    "portrait": Place((Fit("1x1", "5.5rem", widest=480), Fit("hero", "10rem")), False, False),
}
EAGER = SafeString('fetchpriority="high"')
LAZY = SafeString('loading="lazy" decoding="async"')
MIME = {"avif": "image/avif", "webp": "image/webp"}
AI_LABELS: dict[str, str] = {
    Image.AIUse.MADE: "Made by AI",
    Image.AIUse.EDITED: "Edited with AI",
}


def picture(image: Image | None, place: str) -> SafeString:
    """<picture> with every rendition that suits the place; "" where there is none."""
    where = PLACES[place]
    sizes, files = _suiting(image.public_renditions if image else {}, where)
    plain = [file for file in files if file["format"] not in MIME]
    if not image or not plain:
        return SafeString("")
    largest = max(plain, key=lambda file: file["width"])
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {}>'
        "</picture>",
        _sources(files, sizes),
        url_of(_middle(plain)["name"]),
        _srcset(plain),
        sizes,
        largest["width"],
        largest["height"],
        "" if image.decorative or not where.tells else image.alt_text,
        EAGER if where.is_first else LAZY,
    )


def figure(image: Image | None, *, is_preview: bool = False) -> str:
    """A picture of the text with its caption and attribution; "" where readers get none, in a
    preview a word in its place."""
    context = {"image": image, "is_preview": is_preview}
    return render_to_string("trends/_figure.html", context).strip()


def attribution(image: Image) -> list[str]:
    """Whom to name under a picture, on what terms it is here, and whether a machine made it."""
    parts: list[str] = [
        format_html("{}", image.credit),
        _creator(image),
        _licence(image.licence),
        _link("Source", image.source_url, "external") if image.source_url else "",
        _ai_label(image),
    ]
    return [part for part in parts if part]


def _creator(image: Image) -> str:
    """Nobody is named twice: mostly the credit holds the creator's name."""
    if not image.creator or image.creator.casefold() in image.credit.casefold():
        return ""
    return format_html("Made by {}", image.creator)


def _ai_label(image: Image) -> str:
    words = AI_LABELS.get(image.ai_use)
    return format_html("<b>{}</b>", words) if words else ""


def _licence(written: str) -> str:
    found = licences.read(written)
    return _link(found.words, found.url, "license") if found.url else format_html("{}", found.words)


def _link(words: str, url: str, kind: str) -> SafeString:
    rel = f"{kind} noopener noreferrer"
    return format_html('<a href="{}" rel="{}">{}</a>', url, rel, words)


def _suiting(table: dict[str, Any], where: Place) -> tuple[str, list[Rendition]]:
    """(sizes, files) of the first preset that has any."""
    for fit in where.fits:
        files = [file for file in table.get(fit.preset, []) if file["width"] <= fit.widest]
        if files:
            return fit.sizes, files
    return "", []


def _sources(files: list[Rendition], sizes: str) -> SafeString:
    """A <source> for each modern format that there are files of, the best one first."""
    kinds = [(mime, [f for f in files if f["format"] == name]) for name, mime in MIME.items()]
    return format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((mime, _srcset(some), sizes) for mime, some in kinds if some),
    )


def _srcset(files: Iterable[Rendition]) -> str:
    return ", ".join(f"{url_of(f['name'])} {f['width']}w" for f in files)


def _middle(files: list[Rendition]) -> Rendition:
    """For readers whose software knows no srcset: neither the poorest nor the heaviest."""
    return sorted(files, key=lambda file: file["width"])[len(files) // 2]
