"""FileDeletion: a file that goes at a moment unless somebody takes that back.

Also the journal of uploads: names are noted here before a file is written, and struck off in the
transaction that writes the picture's row. What a killed process leaves behind is thus on the list.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Self

from django.core.files.storage import storages
from django.db import models
from django.db.models import Q

logger = logging.getLogger(__name__)
# Pages that somebody has open, feeds and shared cards still point at files of yesterday.
GRACE = timedelta(days=30)
# No upload takes longer than that.
UNFINISHED = timedelta(hours=1)

Place = tuple[str, str]  # alias of a storage, name in it


class FileDeletionQuerySet(models.QuerySet["FileDeletion"]):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now)

    def note(self, files: Iterable[Place], due_at: datetime, *, picture: int | None = None) -> None:
        """Put files on the list; one that is on it already keeps the earlier moment."""
        for some in _portions(files):
            self.filter(_are(some), due_at__gt=due_at).update(due_at=due_at)
            FileDeletion.objects.bulk_create(
                [
                    FileDeletion(storage=alias, name=name, due_at=due_at, picture=picture)
                    for alias, name in some
                ],
                ignore_conflicts=True,
            )

    def strike(self, files: Iterable[Place]) -> None:
        """Take files off the list: they stay."""
        for some in _portions(files):
            self.filter(_are(some)).delete()

    def sweep(self, now: datetime, *, at_most: int = 500) -> int:
        """Delete the files that are due; how many. One that can't be deleted stays on the list."""
        done = []
        for row in self.due(now).order_by("due_at")[:at_most]:
            try:
                storages[row.storage].delete(row.name)
            except Exception as error:  # each kind of storage has errors of its own
                logger.warning("The file %s can't be deleted: %s", row.name, error)
            else:
                done.append(row.pk)
        self.filter(pk__in=done).delete()
        return len(done)


def _portions(files: Iterable[Place], size: int = 500) -> Iterator[list[Place]]:
    """So many at a time as fit into one statement."""
    rest = list(files)
    while rest:
        yield rest[:size]
        rest = rest[size:]


def _are(files: list[Place]) -> Q:
    aliases = {alias for alias, _ in files}
    names = {alias: [name for other, name in files if other == alias] for alias in aliases}
    return Q(*(Q(storage=alias, name__in=some) for alias, some in names.items()), _connector=Q.OR)


class FileDeletion(models.Model):
    storage = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    due_at = models.DateTimeField(db_index=True)
    # Id of the picture that they showed before: what is erased takes them along.
    picture = models.BigIntegerField(null=True)

    objects = FileDeletionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["storage", "name"], name="filedeletion_once")
        ]

    def __str__(self) -> str:
        return f"{self.storage}: {self.name}"
