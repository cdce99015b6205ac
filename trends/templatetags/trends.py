"""What public templates say about pictures and moments."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.dateformat import format as worded
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import to_locale

from ..text import split_sentences
from .pictures import attribution, picture

register = template.Library()
register.simple_tag(picture)
register.filter(attribution)


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
    attribute = format_html(' class="{}"', css) if css else ""
    return format_html('<time{} datetime="{}">{}</time>', attribute, machine(at), worded(at, words))


@register.filter
def machine(at: date) -> str:
    """A date or a moment for machines: seconds are enough for them, and what RFC 3339 expects."""
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


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
