"""Correction: what was wrong and is right now, said in public."""

from django.db import models


class Correction(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction"
        CLARIFICATION = "clarification"
        EDITORS_NOTE = "note", "editors' note"

    class Severity(models.TextChoices):
        SERIOUS = "serious", "serious: stands above the text"
        OTHER = "other", "other: stands at the end"

    article = models.ForeignKey("Article", on_delete=models.PROTECT, related_name="corrections")
    # Public from the start of this edition.
    edition = models.ForeignKey("Edition", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.CORRECTION)
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.OTHER)
    text = models.TextField(help_text="What was wrong, what is right, and why.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # The list of all corrections.
            models.Index(fields=["-at", "-id"], name="correction_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
