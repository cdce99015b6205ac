"""Agenda: what a member of staff has to do, and what stands in the way. My desk shows it.

Every list is capped; `MOST` and one more are asked for, so that a page can say that there is more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from .. import readiness
from .article import Article
from .article_queries import ArticleQuerySet
from .assignment import Assignment, AssignmentQuerySet
from .edition import Edition
from .health import check_copies
from .names import name_of
from .note import Note
from .revision import Revision
from .transition import Transition

MOST = 20
# Prose that no list shows.
TEXTS = ("lede", "context", "analysis", "backstory", "disclosure")


@dataclass(frozen=True, slots=True)
class Submitted:
    """A piece that waits for a review; `step` says who asked for it and when."""

    article: Article
    step: Transition | None

    @property
    def since(self) -> datetime:
        return self.step.at if self.step else self.article.updated_at


@dataclass(frozen=True, slots=True)
class Blocked:
    """A piece that can't go on. `said`: the reason, in the words of whoever or whatever stops it;
    `kind`: "held", "returned" or "not ready"."""

    article: Article
    kind: str
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class News:
    """A piece with what others did to it, newest first: steps and saves."""

    article: Article
    rows: list[Transition | Revision]


def owed(user: Any, now: datetime) -> list[Assignment]:
    """Open assignments of a user, what is due first first; without a due date last. Two
    queries."""
    return _first_due(Assignment.objects.open().of(user), Article.objects.alive(now))


def late(user: Any, now: datetime) -> list[Assignment]:
    """What colleagues, or nobody, should have done by yesterday; what waits longest first."""
    rows = Assignment.objects.late(timezone.localdate(now)).exclude(owner=user)
    return _first_due(rows, Article.objects.seen_by(user).alive(now))


def _first_due(rows: AssignmentQuerySet, pieces: ArticleQuerySet) -> list[Assignment]:
    """Those of the pieces, with the piece as with_pending() gives it."""
    rows = rows.filter(Exists(pieces.filter(pk=OuterRef("article_id")))).select_related("owner")
    found = list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[: MOST + 1])
    known = Article.objects.with_pending().defer(*TEXTS).in_bulk({row.article_id for row in found})
    for row in found:
        row.article = known[row.article_id]
    return found


def to_review(user: Any) -> list[Submitted]:
    """Pieces in review that the user sees, those that wait longest first. Two queries."""
    rows = Article.objects.seen_by(user).on_desk().in_review().defer(*TEXTS)
    pieces = list(rows.order_by("updated_at", "pk")[: MOST + 1])
    steps = Transition.objects.last_of_stages([piece.pk for piece in pieces])
    found = [Submitted(piece, steps.get(piece.pk)) for piece in pieces]
    return sorted(found, key=lambda one: one.since)


def blocked(user: Any, now: datetime, *, may_publish: bool) -> Iterator[Blocked]:
    """Pieces of the user that are on hold, came back, or that readiness would stop; for whoever
    publishes, those of everybody that are on their way. A constant number of queries."""
    own = Article.objects.own(user).on_desk().defer(*TEXTS)
    for piece in own.held().select_related("held_by")[:MOST]:
        yield Blocked(piece, "held", name_of(piece.held_by), piece.hold_reason)
    back = list(own.returned()[:MOST])
    steps = Transition.objects.last_of_stages([piece.pk for piece in back])
    for piece in back:
        by = steps[piece.pk].by
        if by != user:
            yield Blocked(piece, "returned", name_of(by) if by else "", steps[piece.pk].note)
    rows = Article.objects.on_desk() if may_publish else Article.objects.own(user).on_desk()
    yield from _not_ready(rows.on_the_way().filter(held_at=None), now)


def _not_ready(rows: ArticleQuerySet, now: datetime) -> Iterator[Blocked]:
    newest = Article.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:MOST]))
    for one in check_copies(newest, now, settings.NEWSROOM_READINESS_LEVELS):
        # An embargo stops nothing: no plan can begin before it ends.
        if stops := [issue for issue in readiness.blocking(one.issues) if issue.code != "embargo"]:
            more = f" And {len(stops) - 1} more." if len(stops) > 1 else ""
            yield Blocked(one.article, "not ready", "", f"{stops[0].message}{more}")


def open_notes(user: Any, *, may_handle: bool) -> list[Note]:
    """Open threads that are the user's business, and for whoever may handle them all complaints
    and legal notes; what has the nearest deadline first, then the newest."""
    concern = Q(pk__in=Note.objects.for_desk_of(user).values("pk"))
    if may_handle:
        concern |= Q(pk__in=Note.objects.formal().on_desk().seen_by(user).values("pk"))
    rows = Note.objects.open().filter(concern).with_piece()
    return list(rows.most_urgent_first()[: MOST + 1])


def look_again(user: Any, now: datetime, *, may_publish: bool) -> list[Article]:
    """Live pieces whose day to look whether they are still true has come: the user's own, for
    whoever publishes all. What waits longest first."""
    rows = Article.objects.to_review(now)
    rows = rows if may_publish else rows.own(user)
    found = rows.select_related("owner").defer(*TEXTS).order_by("review_by", "pk")
    return list(found[: MOST + 1])


def begins_today(user: Any, now: datetime) -> list[Edition]:
    """Editions of pieces that the user sees which begin later today, in the site's zone."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    # Asked of each, as above: SQLite would gather the ids of all pieces for an IN.
    seen = Article.objects.seen_by(user).on_desk().filter(pk=OuterRef("article_id"))
    rows = Edition.objects.planned(now).filter(
        Exists(seen), kind=Edition.Kind.CONTENT, live_from__lt=midnight + timedelta(days=1)
    )
    return list(rows.select_related("article").only("live_from", "article__title")[: MOST + 1])


def news(user: Any, since: datetime) -> list[News]:
    """What others did to the user's pieces since a moment, the piece with the newest first. Of
    each kind, steps and saves, the newest; three queries."""
    own = Article.objects.own(user).on_desk()
    steps = Transition.objects.by_others(user, since=since).filter(article__in=own.values("pk"))
    saves = Revision.objects.by_others(user, since=since).filter(article__in=own.values("pk"))
    rows: list[Any] = [
        *steps.select_related("by")[:MOST],
        *saves.select_related("created_by").defer("content").order_by("-created_at", "-pk")[:MOST],
    ]
    rows.sort(key=_moment, reverse=True)
    by_piece: dict[int, list[Any]] = {}
    for row in rows:
        by_piece.setdefault(row.article_id, []).append(row)
    titles = own.only("title").in_bulk(by_piece)
    return [News(titles[pk], theirs) for pk, theirs in by_piece.items() if pk in titles]


def _moment(row: Transition | Revision) -> datetime:
    return row.at if isinstance(row, Transition) else row.created_at
