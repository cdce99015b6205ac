"""Readership: what was read how often. Counted by trends/public/counting.py, without any reader."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from .article import Article
from .day_views import WEEK, Counts, DayViews

TOP = 10


class Read(NamedTuple):
    """A piece, and how often it was read lately."""

    article_id: int
    title: str
    views: int


def add_views(counts: Counts) -> None:
    """Write them down, all or none. What was deleted or erased meanwhile has no figures any more.

    Two queries for some hundred pieces. May raise DatabaseError, also where a piece is deleted at
    this very moment: then nothing is written, and trying again is right.
    """
    with transaction.atomic():
        kept = Article.objects.filter(pk__in={pk for pk, _ in counts}, erased_at=None)
        pks = set(kept.values_list("pk", flat=True))
        DayViews.objects.add({key: n for key, n in counts.items() if key[0] in pks})


def most_read(now: datetime) -> list[Read]:
    """What was read most in the last seven days; one query."""
    rows = DayViews.objects.of_last(WEEK, timezone.localdate(now))
    rows = rows.filter(article__discarded_at=None)
    totals: Any = rows.values("article", "article__title").annotate(total=Sum("views"))
    most = totals.order_by("-total", "-article")[:TOP]
    return [Read(row["article"], row["article__title"], row["total"]) for row in most]
