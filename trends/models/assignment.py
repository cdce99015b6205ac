"""Assignment: who owes a section of an article, and until when."""

from django.conf import settings
from django.db import models

from ..snapshot import CAN_BE_PENDING, LABELS


class Assignment(models.Model):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="assignments")
    section = models.CharField(
        max_length=12, choices=[(name, LABELS[name]) for name in CAN_BE_PENDING]
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            # A section has one owner.
            models.UniqueConstraint(
                fields=["article", "section"],
                name="assignment_section_once",
                violation_error_message="This section is assigned already. Change that line.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_section_display()}: {self.owner}"
