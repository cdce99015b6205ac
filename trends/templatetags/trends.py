"""What public templates can say and ask."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import get_language, to_locale

from ..text import split_sentences
from . import evidence, moments
from .pictures import attribution, picture

Values = tuple[tuple[str, str | bool], ...]
register = template.Library()
register.simple_tag(picture)
for made in (
    attribution, evidence.proofs,
    moments.moment, moments.day, moments.clock, moments.day_key, moments.machine,
):  # fmt: skip
    register.filter(made)


@register.simple_tag
def kept(name: str, **values: str | bool) -> SafeString:
    """An include of what these values alone decide, and the language: made once for each."""
    asked = (name, get_language(), tuple(values.items()))
    # Whoever works on templates wants to see each change.
    return _made(*asked) if settings.DEBUG else _made_once(*asked)


def _made(
    name: str, language: str | None, values: tuple[tuple[str, str | bool], ...]
) -> SafeString:
    return render_to_string(f"trends/{name}", dict(values))


_made_once = lru_cache(maxsize=100)(_made)


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
