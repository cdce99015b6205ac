"""From a path to the edition in force of the piece that it names."""

import re
from datetime import datetime
from typing import Any

from django.http import Http404

from ..models import Author, Edition, Topic
from ..models.address import known_as, trend_path
from ..models.edition_queries import EditionQuerySet
from ..models.prepared import Prepared
from ..pages import asked

# The former site showed the same page with and without its language.
LANGUAGE = "en/"
_TREND = re.compile(r"trends/([-a-zA-Z0-9_]+)")
_AT = Prepared(lambda paths, now: in_force(now).at_known(paths).whole())


def named(public: Any, slug: str) -> Any:
    """The public author or topic with that slug, else the one that took over its page.

    One query more where there is none. Raises Http404.
    """
    return public.filter(slug=slug).first() or took_over(public, slug)


def live_topic(slug: str, now: datetime) -> Topic:
    """The same of topics of live pieces."""
    found: list[Topic] = asked.NAMED_TOPIC(now=now, slug=slug)
    found = found or [took_over(Edition.objects.live(now).topics(), slug)]
    return found[0]


def live_author(slug: str, now: datetime) -> Author:
    """The same of their authors, with the portrait."""
    found: list[Author] = asked.NAMED_AUTHOR(now=now, slug=slug)
    found = found or [took_over(Edition.objects.live(now).authors(), slug)]
    return found[0]


def took_over(public: Any, slug: str) -> Any:
    found = public.formerly(slug).first()
    if found is None:
        raise Http404("Nobody and nothing public has that name.")
    return found


def by_slug(slug: str, now: datetime) -> Edition | None:
    """The piece at /trends/<slug>/, now or formerly.

    A slug that only a planned edition carries is unknown to readers: its address is claimed, but
    nobody may learn to whom it will lead.
    """
    edition = next(iter(_AT(paths=known_as([trend_path(slug)]), now=now)), None)
    if edition is None or edition.slug in (slug, ""):  # without a slug: erased, and so are others
        return edition
    begun = Edition.objects.begun(now).of([edition.article_id]).called(slug)
    return edition if begun.exists() else None


def by_former_path(path: str, query: str, now: datetime) -> Edition | None:
    """The piece that had another address on this site or on the former one ("/?p=123")."""
    stem = stem_of(path)
    trend = _TREND.fullmatch(stem)
    if trend:
        return by_slug(trend[1], now)
    return in_force(now).at(spellings(stem, query)).first()


def stem_of(path: str) -> str:
    """The path without the language and without slashes at its ends."""
    return f"{path.strip('/')}/".removeprefix(LANGUAGE).strip("/")


def spellings(stem: str, query: str) -> list[str]:
    """Every way in which an address may have been written down: with the language and without,
    with a final slash and without, with its parameters and without."""
    ends = ("/", "") if stem else ("",)
    paths = [f"/{language}{stem}{end}" for language in ("", LANGUAGE) for end in ends]
    return ([] if not stem else paths) + [f"{path}?{query}" for path in paths if query]


def in_force(now: datetime) -> EditionQuerySet:
    return Edition.objects.in_force(now)
