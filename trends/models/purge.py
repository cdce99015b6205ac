"""Purge: what the CDN in front of the site was told last. One row, as soon as there is any.

The page store asks the database with each request; a CDN can't, so it is told. All of its pages go
at once: a newsroom publishes some dozen times a day, and what is forgotten would be a stale page.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from . import invalidation

# What was on its way to the CDN when it was told comes there later, so it is told once more.
ON_ITS_WAY = timedelta(seconds=15)


class PurgeQuerySet(models.QuerySet["Purge"]):
    def is_due(self, now: datetime) -> bool:
        """Something changed since, by a hand or by the clock, or it was never told."""
        last = self.first()
        if last is None or last.next_at <= now:
            return True
        connection.ensure_connection()
        return invalidation.newer(connection.connection, connection.vendor, last.cursor) is not None

    def look(self, now: datetime) -> "Purge":
        """What the CDN will have been told if it is told after this; to be saved then."""
        last = self.first()
        connection.ensure_connection()
        cursor = invalidation.newest(connection.connection, connection.vendor)
        is_same = last is not None and last.cursor == cursor
        is_again = last is not None and is_same and last.next_at <= now and last.is_told_again
        return Purge(pk=1, cursor=cursor, next_at=next_moment(now), is_told_again=not is_again)


class Purge(models.Model):
    cursor = models.JSONField()  # models/invalidation: what has changed since is not told
    next_at = models.DateTimeField()  # when it has to be told though nothing is written
    is_told_again = models.BooleanField(default=False)  # that moment is for what was on its way

    objects = PurgeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="purge_one_row")]

    def __str__(self) -> str:
        return f"Purge, next one at {self.next_at:%Y-%m-%d %H:%M:%S %Z}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_told_again:
            self.next_at = min(self.next_at, timezone.now() + ON_ITS_WAY)
        super().save(*args, **kwargs)


def next_moment(now: datetime) -> datetime:
    """When pages change by themselves. What hangs on the day changes at midnight, in the site's
    zone or by UTC."""
    moments = [midnight_after(now, zone) for zone in (UTC, timezone.get_default_timezone())]
    change = invalidation.next_moment(connection, now)
    return min([*moments, change] if change else moments)


def midnight_after(now: datetime, zone: Any) -> datetime:
    day = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time.min, zone)
