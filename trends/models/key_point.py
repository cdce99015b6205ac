"""KeyPoint: one takeaway sentence."""

from django.db import models

from .row import Row


class KeyPoint(Row):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="key_points")
    text = models.CharField(max_length=300, help_text="One sentence, 40–200 characters.")

    def __str__(self) -> str:
        return self.text
