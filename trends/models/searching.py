"""Searching: the newest pieces that answer a question, the best of them first, and the texts in
which a word may stand that was meant.

However many pieces there are, no more than the newest MOST that match are looked at.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import Value

from ..search import Query, beginnings
from .edition_queries import EditionQuerySet
from .search_index import moment_of
from .search_row import Score, SearchRow, Wanted

MOST = 1000
# Texts in which a word that was meant is looked for: those with a word that begins alike, and the
# newest ones, in case it is the beginning that is wrong.
ALIKE, NEWEST = 100, 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A live edition that matches, published in that second; the smaller its score, the better."""

    pk: int
    topic: int | None
    published: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """The newest that match, newest first. is_cut: there are more of them."""

    rows: list[Hit]
    is_cut: bool

    def best_first(self) -> list[Hit]:
        return sorted(self.rows, key=lambda hit: hit.score)  # of equals the newest first


def find(
    live: EditionQuerySet,
    query: Query,
    *,
    topic: int | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
    ranked: bool = True,
) -> Hits:
    """One query; two on PostgreSQL. Without `ranked` all scores are 0, which is much quicker for
    words that stand in many texts: bm25 of SQLite counts them all."""
    if not query:
        return Hits([], is_cut=False)
    wanted = Wanted(query, topic)
    rows = narrowed(live.positioned(since, before), wanted).newest_in_index()
    score: Any = Score(wanted) if ranked else Value(0.0)
    rows = rows.annotate(score=score)
    # The date is in the position: on SQLite the column stands behind the texts of an edition.
    values = rows.values_list("pk", "topic", "search_row__position", "score")
    found = [Hit(pk, topic, moment_of(at), score) for pk, topic, at, score in values[: MOST + 1]]
    return Hits(found[:MOST], is_cut=len(found) > MOST)


def narrowed(rows: EditionQuerySet, wanted: Wanted) -> EditionQuerySet:
    """Those in which the words stand, to be read in the order of a date. PostgreSQL first counts
    the matches, up to a limit: for few of them it sorts, for many it walks the rows from one end
    on. Left alone it guesses, and may be wrong by seconds."""
    if not wanted.query or connections[rows.db].vendor != "postgresql":
        return rows.matching(wanted)
    matching = SearchRow.objects.using(rows.db).filter(words__match=wanted)
    few = list(matching.values_list("pk", flat=True)[: MOST + 1])
    return rows.filter(pk__in=few) if len(few) <= MOST else rows.walking(wanted)


def texts_like(live: EditionQuerySet, query: Query) -> list[str]:
    """Titles and texts of live pieces in which the words may stand that were meant."""
    alike = live.matching(Wanted(beginnings(query))).newest_in_index().values("pk")[:ALIKE]
    newest = live.newest_first().values("pk")[:NEWEST]
    both = live.model.objects.filter(pk__in=alike).values("pk").union(
        live.model.objects.filter(pk__in=newest).values("pk")
    )  # fmt: skip
    rows = live.model.objects.filter(pk__in=both).values_list("title", "standfirst", "text")
    return [text for row in rows for text in row]
