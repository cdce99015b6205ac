"""What stops which piece of a release, before anybody tries."""

from dataclasses import dataclass
from datetime import datetime

from ..readiness import Facts
from .article import Article
from .content import ROW_NAMES
from .edition import Edition
from .facts import Pair, gather_all
from .release import Release
from .standing import Standing
from .stepping import Refused
from .verbs import VERBS


@dataclass(frozen=True, slots=True)
class Member:
    """A piece of a release: its edition where that is planned or out, else why it can't be
    planned, in a sentence ("": it can)."""

    article: Article
    edition: Edition | None = None
    why: str = ""


def members_of(release: Release, now: datetime) -> list[Member]:
    """By title; as many queries for two pieces as for fifty."""
    rows = Article.objects.filter(releases=release).order_by("title", "pk")
    if release.planned_at:
        texts = ("content", "html", "backlinks", "text")
        editions = {e.article_id: e for e in release.editions.defer(*texts)}
        return [Member(piece, editions.get(piece.pk)) for piece in rows]
    pieces = list(rows.prefetch_related(*ROW_NAMES.values()))
    found = Standing.of_all(pieces, now)
    return [
        Member(known.article, why=_why_not(release, known, facts))
        for known, facts in zip(found, _facts(found, release, now), strict=True)
    ]


def _facts(found: list[Standing], release: Release, now: datetime) -> list[list[Facts]]:
    """About the text on the desk and the one in force of each piece, gathered at once."""
    pairs: list[list[Pair]] = []
    for known in found:
        contents = [known.snapshot, *([known.live.content] if known.live else [])]
        pairs.append([(known.article, content) for content in contents])
    flat = iter(gather_all([p for own in pairs for p in own], now=now, starts=release.live_from))
    return [[next(flat) for _ in own] for own in pairs]


def _why_not(release: Release, known: Standing, facts: list[Facts]) -> str:
    piece, now = known.article, known.now
    with piece.asked_once(now, known):
        try:
            piece.check_verb(VERBS["schedule"], now=now)
            piece.refuse_earlier_plans(release, release.live_from, now)
            piece.checked(starts=release.live_from, now=now, facts=facts)
        except Refused as refused:
            return str(refused)
    return ""
