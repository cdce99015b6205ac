"""Where a picture is used, told to somebody who may not see every piece."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from ..models import Article, Edition, Image

AS_HERO, IN_TEXT, NOW, THEN = "hero", "in the text", "readers see it", "in another edition"


@dataclass(frozen=True, slots=True)
class PieceUse:
    """`ways`: how the piece uses the picture, in words."""

    title: str
    url: str
    ways: list[str]


@dataclass(frozen=True, slots=True)
class Uses:
    """`hidden`: how many pieces besides that the user may not see. `authors`: name and address.
    `is_published`: an edition shows it, and editions keep what they show."""

    pieces: list[PieceUse]
    hidden: int
    authors: list[tuple[str, str]]
    is_published: bool

    def __bool__(self) -> bool:
        return bool(self.pieces or self.hidden or self.authors)


def uses(image: Image, user: Any, now: datetime) -> Uses:
    """At most seven queries, whatever the number of pieces."""
    ways = _ways(image, now)
    seen = Article.objects.seen_by(user).filter(pk__in=ways).order_by("title", "pk")
    titles = dict(seen.values_list("pk", "title"))
    return Uses(
        pieces=[PieceUse(title, _article_url(pk), ways[pk]) for pk, title in titles.items()],
        hidden=len(ways) - len(titles),
        authors=_portraits(image, user),
        is_published=any({NOW, THEN} & set(said) for said in ways.values()),
    )


def _ways(image: Image, now: datetime) -> dict[int, list[str]]:
    """Article id → how it uses the picture."""
    showing = Edition.objects.showing(image)
    live = _articles(showing.live(now))
    places = {
        AS_HERO: set(image.hero_of.values_list("pk", flat=True)),
        IN_TEXT: _articles(image.in_articles),
        NOW: live,
        THEN: _articles(showing) - live,
    }
    found: dict[int, list[str]] = {}
    for words, articles in places.items():
        for pk in articles:
            found.setdefault(pk, []).append(words)
    return found


def _articles(rows: Any) -> set[int]:
    return set(rows.order_by().values_list("article_id", flat=True))


def _portraits(image: Image, user: Any) -> list[tuple[str, str]]:
    may_open = user.has_perm("trends.view_author")
    return [
        (name, reverse("admin:trends_author_change", args=[pk]) if may_open else "")
        for pk, name in image.portrait_of.values_list("pk", "name")
    ]


def _article_url(pk: int) -> str:
    return reverse("admin:trends_article_change", args=[pk])
