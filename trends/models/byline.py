"""Byline: one author of an article, in the order in which they are printed."""

from django.db import models

from .row import Row


class Byline(Row):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("Author", on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=60, blank=True, help_text="“Reporting”, “Data” … or empty.")

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            # Nobody is printed twice in one byline.
            models.UniqueConstraint(fields=["article", "author"], name="byline_author_once"),
        ]

    def __str__(self) -> str:
        return str(self.author)

    @property
    def is_whole(self) -> bool:
        return self.author_id is not None
