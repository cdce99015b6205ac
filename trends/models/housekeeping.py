"""Housekeeping: what is done with goes after a while, as the settings say; 0 days mean never.

Deleted in portions, each a transaction of its own, so that nobody waits long.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from . import invalidation
from .access import Access
from .article import Article
from .autosave import Autosave
from .day_views import DayViews
from .edition import Edition
from .erasing import clear
from .job import Job
from .notice import Notice
from .related_link import RelatedLink

PORTION = 500
FEW = 20  # pieces with all that belongs to them


def housekeeping(key: str, payload: dict[str, Any], now: datetime) -> None:
    """A daily job."""
    tidy(now)


def tidy(now: datetime) -> dict[str, int]:
    """What is past its time goes; how many of each."""
    return {
        "autosaves": _drop(autosaves(now)),
        "failed jobs": _drop(failed_jobs(now)),
        "read notices": _drop(read_notices(now)),
        "entries of the access log": _drop(accesses(now)),
        "days of views": _drop(day_views(now)),
        "discarded pieces": _drop_pieces(now),
        "old notes of changes": invalidation.prune(connection),
    }


def autosaves(now: datetime) -> QuerySet[Any]:
    """What nobody came back for; and what came in at the very moment when its piece was erased."""
    days = settings.NEWSROOM_KEEP_AUTOSAVES_DAYS
    late = Autosave.objects.filter(article__erased_at__isnull=False)
    return _older(Autosave.objects.all(), "seen_at", days, now) | late


def failed_jobs(now: datetime) -> QuerySet[Any]:
    """What was given up."""
    return _older(Job.objects.all(), "given_up_at", settings.NEWSROOM_KEEP_FAILED_JOBS_DAYS, now)


def read_notices(now: datetime) -> QuerySet[Any]:
    return _older(Notice.objects.all(), "read_at", settings.NEWSROOM_KEEP_NOTICES_DAYS, now)


def accesses(now: datetime) -> QuerySet[Any]:
    """The throttle of logins needs those of one hour."""
    return _older(Access.objects.all(), "at", settings.NEWSROOM_KEEP_ACCESS_DAYS, now)


def day_views(now: datetime) -> QuerySet[Any]:
    """Of days in the site's time zone."""
    days, today = settings.NEWSROOM_KEEP_VIEWS_DAYS, timezone.localdate(now)
    rows = DayViews.objects.all()
    return rows.filter(day__lt=today - timedelta(days=days)) if days else rows.none()


def discarded_pieces(now: datetime) -> QuerySet[Any]:
    """Pieces in the bin that never were public, to which nothing leads and no import would bring
    back; what is erased is a fact to keep."""
    rows = Article.objects.filter(erased_at=None, legacy_documents=None)
    editions = Edition.objects.filter(article=OuterRef("pk"))
    links = RelatedLink.objects.filter(target=OuterRef("pk"))
    rows = rows.exclude(Exists(editions)).exclude(Exists(links))
    return _older(rows, "discarded_at", settings.NEWSROOM_KEEP_DISCARDED_DAYS, now)


def _older(rows: QuerySet[Any], field: str, days: int, now: datetime) -> QuerySet[Any]:
    return rows.filter(**{f"{field}__lt": now - timedelta(days=days)}) if days else rows.none()


def _drop(rows: QuerySet[Any]) -> int:
    count = 0
    while pks := list(rows.order_by("pk").values_list("pk", flat=True)[:PORTION]):
        rows.model._default_manager.filter(pk__in=pks).delete()
        count += len(pks)
    return count


def _drop_pieces(now: datetime) -> int:
    count = 0
    while pks := list(discarded_pieces(now).values_list("pk", flat=True)[:FEW]):
        for pk in pks:
            with transaction.atomic():
                article = Article.objects.select_for_update().get(pk=pk)
                if article.discarded_at is None:  # somebody took it out of the bin just now
                    continue
                clear(article, now)
                article.addresses.all().delete()
                article.delete()
                count += 1
    return count
