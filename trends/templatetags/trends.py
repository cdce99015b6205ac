"""What public templates say about pictures and moments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.dateformat import format as worded
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import to_locale

from ..models import Image
from ..text import split_sentences

register = template.Library()
Rendition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands: how wide it gets there, and whether the first screen shows it."""

    sizes: str
    is_first: bool = False
    tells: bool = True  # False: the title beside it says enough, so it has no alt text


# What static/css/public makes of --wide, --rail, --gap and --edge. On phones a little less: theirs
# are three pixels for one, and nobody sees more than two, but everybody waits for them.
PLACES = {
    "hero": Place("(width >= 86rem) 66rem, (width >= 50rem) calc(92vw - 14rem), 82vw", True),
    "lead": Place("(width >= 86rem) 52rem, (width >= 60rem) 60vw, 82vw", True),
    "second": Place("(width >= 86rem) 26rem, (width >= 40rem) 40vw, 58vw", tells=False),
    "card": Place("(width >= 64rem) 22rem, 58vw", tells=False),
    "portrait": Place("10rem", tells=False),  # a square cut from it by the sheet
}
PRESET = "hero"
EAGER = SafeString('fetchpriority="high"')
LAZY = SafeString('loading="lazy" decoding="async"')
MIME = {"avif": "image/avif", "webp": "image/webp"}


@register.simple_tag
def picture(image: Image | None, place: str) -> SafeString:
    """<picture> with every rendition that suits the place; "" where there is none."""
    where = PLACES[place]
    files: list[Rendition] = image.renditions.get(PRESET, []) if image else []
    plain = [file for file in files if file["format"] not in MIME]
    if not image or not plain:
        return SafeString("")
    largest = max(plain, key=lambda file: file["width"])
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {}>'
        "</picture>",
        _sources(files, where),
        default_storage.url(_middle(plain)["name"]),
        _srcset(plain),
        where.sizes,
        largest["width"],
        largest["height"],
        "" if image.decorative or not where.tells else image.alt_text,
        EAGER if where.is_first else LAZY,
    )


def _sources(files: list[Rendition], where: Place) -> SafeString:
    """A <source> for each modern format that there are files of, the best one first."""
    kinds = [(mime, [f for f in files if f["format"] == name]) for name, mime in MIME.items()]
    return format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((mime, _srcset(some), where.sizes) for mime, some in kinds if some),
    )


def _srcset(files: Iterable[Rendition]) -> str:
    return ", ".join(f"{default_storage.url(f['name'])} {f['width']}w" for f in files)


def _middle(files: list[Rendition]) -> Rendition:
    """For readers whose software knows no srcset: neither the poorest nor the heaviest."""
    return sorted(files, key=lambda file: file["width"])[len(files) // 2]


@register.filter
def moment(at: datetime | None, css: str = "") -> SafeString:
    """A moment with its time and zone, as <time>: 21 November 2025, 09:30 UTC."""
    return _time(timezone.localtime(at), "j F Y, H:i T", css) if at else SafeString("")


@register.filter
def day(at: date | None, css: str = "") -> SafeString:
    """The day of a date or a moment, as <time>: 21 November 2025."""
    return _time(_local(at), "j F Y", css) if at else SafeString("")


@register.filter
def clock(at: datetime | None) -> SafeString:
    """The time of a moment where the day is known, as <time>: 09:30."""
    return _time(timezone.localtime(at), "H:i") if at else SafeString("")


@register.filter
def day_key(at: datetime) -> date:
    """What to regroup by so that each day of the site's zone stands once."""
    return timezone.localtime(at).date()


def _local(at: date) -> date:
    return timezone.localtime(at) if isinstance(at, datetime) else at


def _time(at: date, words: str, css: str = "") -> SafeString:
    # Seconds are enough for machines, and what RFC 3339 readers expect.
    machine = at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()
    attribute = format_html(' class="{}"', css) if css else ""
    return format_html('<time{} datetime="{}">{}</time>', attribute, machine, worded(at, words))


@register.filter
def first_sentence(text: str) -> str:
    return next(iter(split_sentences(text)), "")


@register.filter
def names(people: Iterable[Any]) -> str:
    """People in a sentence: "A, B and C"."""
    return get_text_list([str(person) for person in people], "and")


@register.filter
def host(url: str) -> str:
    """The site that an address leads to, as readers name it: example.org."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def checked(proofs: Iterable[Any]) -> int:
    """How many pieces of evidence somebody has checked."""
    return sum(proof.verdict == "checked" for proof in proofs)


@register.filter
def territory(language: str) -> str:
    """A language as Open Graph spells it: "en-gb" → "en_GB"."""
    return to_locale(language)
