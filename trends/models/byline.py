"""Byline: one author of an article, in the order in which they are printed."""

from typing import Any

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


def replace_author(bylines: Any, of: str, *, old: int, into: int) -> None:
    """Put one author (id) in the place of another in rows of Byline or EditionByline.

    `of` names what the rows belong to. Nobody is printed twice: where both are named, the first
    row stays.
    """
    named_both = bylines.filter(author=old, **{f"{of}__in": bylines.filter(author=into).values(of)})
    rows = bylines.filter(author__in=(old, into), **{f"{of}__in": named_both.values(of)})
    seen: dict[int, int] = {}
    for pk, owner in rows.order_by("position", "pk").values_list("pk", of):
        seen.setdefault(owner, pk)
    # Two rows each, so whichever does not stay is the second.
    rows.exclude(pk__in=list(seen.values())).delete()
    bylines.filter(author=old).update(author=into)
