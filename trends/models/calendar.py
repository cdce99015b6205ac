"""The calendar: what happens to pieces on some days, by kind. One query a kind.

A new kind is one more function in SOURCES; whoever draws the calendar asks for nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from .article_queries import ArticleQuerySet
from .assignment import Assignment
from .edition import Edition

if TYPE_CHECKING:
    from .article import Article
    from .release import Release

MOST = 400  # rows of a kind


class Kind(models.TextChoices):
    """In the order in which entries of one moment stand."""

    DUE = "due"
    REVIEW = "review", "look again"
    EMBARGO = "embargo", "embargo ends"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    UPDATED = "updated"
    CORRECTED = "corrected"


KIND_OF_CHANGE = {
    Edition.Change.FIRST: Kind.PUBLISHED,
    Edition.Change.UPDATE: Kind.UPDATED,
    Edition.Change.CORRECTION: Kind.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class Span:
    """Days in the site's time zone, the last one included, as of `now`; of pieces by whom and
    about what. `pieces` are those that the asker sees."""

    first: date
    last: date
    now: datetime
    pieces: ArticleQuerySet
    owner: Any = None
    topic: Any = None

    @property
    def start(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return midnight(self.last + timedelta(days=1))

    def chosen(self) -> ArticleQuerySet:
        """Pieces on the desk about the topic."""
        rows = self.pieces.on_desk()
        return rows.about(self.topic) if self.topic else rows

    def owned(self) -> ArticleQuerySet:
        """Those that the owner looks after."""
        return self.chosen().looked_after_by(self.owner) if self.owner else self.chosen()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day. `at` is None for what has no hour; `note` says more in a few words."""

    kind: Kind
    day: date
    at: datetime | None
    article: "Article"
    title: str
    note: str = ""
    assignment: Assignment | None = None
    edition: Edition | None = None

    @property
    def release(self) -> "Release | None":
        return self.edition.release if self.edition else None

    @property
    def order(self) -> Any:
        """What has no hour first, then by time."""
        return (self.at is not None, self.at or self.day, list(Kind).index(self.kind), self.title)


@dataclass(frozen=True, slots=True)
class Found:
    """Entries in order; `capped` are the kinds of which there are more than MOST."""

    entries: list[Entry]
    capped: list[Kind]


def entries(span: Span) -> Found:
    found, capped = list[Entry](), list[Kind]()
    for kind, source in SOURCES.items():
        rows = list(islice(source(span), MOST + 1))
        found += rows[:MOST]
        capped += [kind] if len(rows) > MOST else []
    return Found(sorted(found, key=lambda entry: entry.order), capped)


def _due(span: Span) -> Iterator[Entry]:
    rows = Assignment.objects.open().filter(
        due_on__range=(span.first, span.last), article__in=span.chosen().values("pk")
    )
    rows = rows.of(span.owner) if span.owner else rows
    wanted = rows.select_related("article", "owner").only(
        "section", "due_on", "article__title", "article__stage", "owner"
    )
    for row in wanted[: MOST + 1]:
        assert row.due_on is not None  # range() asked for one
        yield Entry(Kind.DUE, row.due_on, None, row.article, row.article.title, assignment=row)


def _reviews(span: Span) -> Iterator[Entry]:
    """When somebody shall see whether it is still true."""
    rows = span.owned().filter(review_by__range=(span.first, span.last)).order_by("review_by")
    for article in rows.only("title", "review_by")[: MOST + 1]:
        assert article.review_by is not None
        yield Entry(Kind.REVIEW, article.review_by, None, article, article.title)


def _embargoes(span: Span) -> Iterator[Entry]:
    rows = span.owned().filter(embargoed_until__gte=span.start, embargoed_until__lt=span.end)
    for article in rows.only("title", "embargoed_until").order_by("embargoed_until")[: MOST + 1]:
        at = article.embargoed_until
        assert at is not None
        yield Entry(Kind.EMBARGO, timezone.localdate(at), at, article, article.title)


def _scheduled(span: Span) -> Iterator[Entry]:
    """What was published a moment ago and waits out its grace is no plan."""
    rows = Edition.objects.planned(span.now).filter(in_grace=False)
    for edition in _of_span(rows, span).select_related("article", "release"):
        note = "" if edition.change == Edition.Change.FIRST else "change of a live piece"
        yield _of_edition(Kind.SCHEDULED, edition, note)


def _published(span: Span) -> Iterator[Entry]:
    """First publications, updates and corrections; a minor change is no event."""
    rows = Edition.objects.begun(span.now).exclude(change=Edition.Change.MINOR)
    for edition in _of_span(rows, span).select_related("article"):
        change = Edition.Change(edition.change)
        yield _of_edition(KIND_OF_CHANGE[change], edition, edition.update_line)


def _of_span(rows: Any, span: Span) -> Any:
    rows = rows.filter(
        kind=Edition.Kind.CONTENT, live_from__gte=span.start, live_from__lt=span.end,
        article__in=span.owned().values("pk"),
    )  # fmt: skip
    needed = rows.only("title", "change", "update_line", "live_from", "release", "article__title")
    return needed.order_by("live_from")[: MOST + 1]


def _of_edition(kind: Kind, edition: Edition, note: str) -> Entry:
    at = edition.live_from
    return Entry(
        kind, timezone.localdate(at), at, edition.article, edition.title, note, edition=edition
    )


SOURCES: dict[Kind, Callable[[Span], Iterable[Entry]]] = {
    Kind.DUE: _due,
    Kind.REVIEW: _reviews,
    Kind.EMBARGO: _embargoes,
    Kind.SCHEDULED: _scheduled,
    Kind.PUBLISHED: _published,
}


def midnight(day: date) -> datetime:
    """The first moment of a day in the site's time zone."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
