"""RelatedTrend: another piece that readers of one may want next, found by software (kinship.py).

A dozen is kept, in order; pages show the first that are live. Editors may pin one, which then
stands first, or drop one, which never comes back. An "Also Read" is something else: a link of the
piece itself, set by its writer.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from .job import Job

RELATE = "relate"  # the kind of job; its key is the article and the start of its edition
DOZEN = 12


class RelatedTrendQuerySet(models.QuerySet["RelatedTrend"]):
    def of(self, article: int | None) -> Self:
        return self.filter(article=article)

    def kept(self) -> Self:
        """What may be shown."""
        return self.exclude(wish=RelatedTrend.Wish.DROPPED)

    def suggested(self) -> Self:
        return self.filter(wish=RelatedTrend.Wish.NONE)

    def touching(self, article: int) -> Self:
        """Of a piece, and of others to it."""
        return self.filter(Q(article=article) | Q(other=article))


class RelatedTrend(models.Model):
    class Wish(models.TextChoices):
        """What an editor said of it."""

        NONE = "", "suggested"
        PINNED = "pinned"
        DROPPED = "dropped"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="related_trends")
    other = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="related_to")
    place = models.PositiveSmallIntegerField(default=0)
    wish = models.CharField(max_length=7, choices=Wish, default=Wish.NONE, blank=True)
    score = models.FloatField(default=0)

    objects = RelatedTrendQuerySet.as_manager()

    class Meta:
        ordering = ["article", "place", "pk"]
        default_permissions = ()
        constraints = [
            # Also the index of what a page asks for: the others of one article.
            models.UniqueConstraint(fields=["article", "other"], name="relatedtrend_once"),
            models.CheckConstraint(
                condition=~Q(article=F("other")), name="relatedtrend_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.other_id}"


def in_order(rows: Iterable[RelatedTrend]) -> list[RelatedTrend]:
    """What is kept, as readers get it: pinned ones as they were pinned, then the nearest. Puts
    the places into the rows; saves nothing."""
    kept = [row for row in rows if row.wish != RelatedTrend.Wish.DROPPED]
    kept.sort(key=lambda row: (not row.wish, row.place if row.wish else -row.score, -row.other_id))
    for place, row in enumerate(kept):
        row.place = place
    return kept


def plan_relating(article: int, at: datetime) -> None:
    """Have the related trends of a piece found as soon as readers have it. One query.

    A job for each start, not one a piece: a text planned for Friday is read anew on Friday.
    """
    key = f"{article}@{at:%Y%m%dT%H%M%S}"
    job = Job(kind=RELATE, key=key, run_at=at, payload={"article": article})
    Job.objects.bulk_create([job], ignore_conflicts=True)
