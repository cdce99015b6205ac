"""The health of the site: what readiness finds in many pieces, a hundred at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from .. import readiness as checks
from ..snapshot import Snapshot, upgrade
from .article import Article
from .article_queries import ArticleQuerySet
from .content import ROW_NAMES
from .edition import Edition
from .facts import gather_all

BATCH = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """A piece and what was found in it; `is_live`: in what readers get, not in a draft."""

    article: Article
    is_live: bool
    issues: list[checks.Issue]

    @property
    def blocks(self) -> bool:
        return bool(checks.blocking(self.issues))


def check_live(
    now: datetime, levels: Mapping[str, str], *, newest: int | None = None
) -> Iterator[Checked]:
    """Live pieces with what is wrong in the text that readers get, newest first; of the newest so
    many, where asked. At most ten queries for each hundred pieces."""
    rows = Edition.objects.live(now).newest_first().select_related("article")
    rows = rows.only("content", *(f"article__{name}" for name in SHOWN))[:newest]
    for batch in _batches(rows.iterator(chunk_size=BATCH)):
        pairs = [(edition.article, upgrade(edition.content)) for edition in batch]
        yield from _checked(pairs, now, levels, is_live=True)


def check_drafts(now: datetime, levels: Mapping[str, str]) -> Iterator[Checked]:
    """Working copies of the pieces on the desk that are not live."""
    return check_copies(Article.objects.on_desk().not_live(now).order_by("pk"), now, levels)


def check_copies(
    rows: ArticleQuerySet, now: datetime, levels: Mapping[str, str]
) -> Iterator[Checked]:
    """Working copies of these pieces. As many queries a hundred as check_live(), and one for each
    kind of rows."""
    rows = rows.prefetch_related(*ROW_NAMES.values())
    for batch in _batches(rows.iterator(chunk_size=BATCH)):
        pairs = [(article, article.snapshot()) for article in batch]
        yield from _checked(pairs, now, levels, is_live=False)


# What of an article is needed besides the text that readers get.
SHOWN = (
    "title", "slug", "embargoed_until", "held_at", "hold_reason", "legal_review_required",
    "legal_cleared_at",
)  # fmt: skip


def _checked(
    pairs: list[tuple[Article, Snapshot]],
    now: datetime,
    levels: Mapping[str, str],
    *,
    is_live: bool,
) -> Iterator[Checked]:
    facts = gather_all(pairs, now=now)
    for (article, content), known in zip(pairs, facts, strict=True):
        yield Checked(article, is_live, checks.readiness(content, known, levels))


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
