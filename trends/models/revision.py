"""Revision: the snapshot of one save. Its content never changes; people may give it a name."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models


class RevisionQuerySet(models.QuerySet["Revision"]):
    def by_others(self, user: Any, *, since: datetime) -> Self:
        """What colleagues, and the software, saved since a moment."""
        return self.filter(created_at__gt=since).exclude(created_by=user)


class Revision(models.Model):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)
    # Names of the sections that this save changed; all of them for the first.
    sections = models.JSONField(default=list)
    name = models.CharField(max_length=80, blank=True, help_text="“As sent to the lawyers” …")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"

    def rename(self, name: str) -> None:
        """Give it a name, or none; nothing else of it ever changes."""
        self.name = name
        self.save(update_fields=["name"])
