"""Searching: the newest pieces that answer a question, the best of them first, and the texts in
which a word may stand that was meant.

However many pieces there are, no more than the newest MOST that match are looked at.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connections

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
) -> Hits:
    """One query; two on PostgreSQL where there are many matches or few of them are live."""
    if not query:
        return Hits([], is_cut=False)
    wanted = Wanted(query, topic)
    rows = _within(live, wanted, since, before).newest_in_index().annotate(score=Score(wanted))
    # The date is in the position: on SQLite the column stands behind the texts of an edition.
    values = rows.values_list("pk", "topic", "search_row__position", "score")
    found = [Hit(pk, topic, moment_of(at), score) for pk, topic, at, score in values[: MOST + 1]]
    return Hits(found[:MOST], is_cut=len(found) > MOST)


def _within(
    live: EditionQuerySet, wanted: Wanted, since: datetime | None, before: datetime | None
) -> EditionQuerySet:
    """PostgreSQL first counts the matches, up to a limit: for few of them it sorts, for many it
    walks the rows from the newest on. Left alone it guesses, and may be wrong by seconds."""
    span = live.positioned(since, before)
    if connections[live.db].vendor != "postgresql":
        return span.matching(wanted)
    matching = SearchRow.objects.using(live.db).filter(words__match=wanted)
    few = list(matching.values_list("pk", flat=True)[: MOST + 1])
    return span.filter(pk__in=few) if len(few) <= MOST else span.walking(wanted)


def texts_like(live: EditionQuerySet, query: Query) -> list[str]:
    """Titles and texts of live pieces in which the words may stand that were meant."""
    alike = live.matching(Wanted(beginnings(query))).newest_in_index().values("pk")[:ALIKE]
    newest = live.newest_first().values("pk")[:NEWEST]
    both = live.model.objects.filter(pk__in=alike).values("pk").union(
        live.model.objects.filter(pk__in=newest).values("pk")
    )  # fmt: skip
    rows = live.model.objects.filter(pk__in=both).values_list("title", "standfirst", "text")
    return [text for row in rows for text in row]
