"""Transition: one recorded step of a piece: which verb, by whom, when, why."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models

# What moves a piece from one stage to the next, or back.
OF_STAGES = ("submit", "return_to_writer", "approve")


class TransitionQuerySet(models.QuerySet["Transition"]):
    def of_stages(self) -> Self:
        return self.filter(verb__in=OF_STAGES)

    def by_others(self, user: Any, *, since: datetime) -> Self:
        """What colleagues, and the software, did since a moment."""
        return self.filter(at__gt=since).exclude(by=user)

    def last_of_stages(self, articles: Collection[int]) -> dict[int, "Transition"]:
        """The last step between stages of each of these pieces (ids), with who took it."""
        rows = self.of_stages().filter(article__in=articles).select_related("by")
        return {row.article_id: row for row in reversed(rows)}


class Transition(models.Model):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="transitions")
    verb = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)
    revision = models.ForeignKey(
        "Revision", on_delete=models.SET_NULL, null=True, related_name="transitions"
    )
    # What the verb decided besides: settled plans, chosen sections, overridden issues.
    details = models.JSONField(default=dict)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
