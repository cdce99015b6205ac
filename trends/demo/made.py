"""What the demo made, row by row: kept in the admin's own log as additions by the demo.

Trends carry `demo:key` as their legacy id besides, so that the story's keys find them again.
"""

from collections.abc import Iterable

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from ..models import Article

PREFIX = "demo:"
MARK = "Demo newsroom"


def articles() -> QuerySet[Article]:
    return Article.objects.filter(legacy_id__startswith=PREFIX)


def by_key() -> dict[str, Article]:
    """The demo's trends that are still there, by the story's key."""
    return {(article.legacy_id or "").removeprefix(PREFIX): article for article in articles()}


def log() -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(action_flag=ADDITION, change_message=MARK)


def note(rows: Iterable[models.Model], *, by: User) -> None:
    """Remember rows as the demo's."""
    types = ContentType.objects
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=by.pk,
            content_type=types.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row)[:200],
            action_flag=ADDITION,
            change_message=MARK,
        )
        for row in rows
    )


def rows(model: type[models.Model]) -> QuerySet[models.Model]:
    """Rows of a model that the demo made and that are still there."""
    ids = log().filter(content_type=ContentType.objects.get_for_model(model))
    wanted = [int(pk) for pk in ids.values_list("object_id", flat=True) if pk]
    return model._default_manager.filter(pk__in=wanted)
