"""Transition: one recorded step of a piece: which verb, by whom, when, why."""

from django.conf import settings
from django.db import models


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

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
