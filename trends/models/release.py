"""Release: a named set of pieces that goes live at one shared start, all or none.

Nothing runs at that moment: the pieces' planned editions all have the same `live_from`. A release
that is not planned (any more) keeps its pieces, so that it can be planned again.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from .releasing import Releasing

if TYPE_CHECKING:
    from .article import Article


class ReleaseQuerySet(models.QuerySet["Release"]):
    def not_out(self, now: datetime) -> Self:
        """Planned, or still to be planned."""
        return self.exclude(planned_at__isnull=False, live_from__lte=now)

    def planned(self, now: datetime) -> Self:
        return self.filter(planned_at__isnull=False, live_from__gt=now)

    def of(self, article: "Article") -> Self:
        return self.filter(articles=article)

    def with_pieces(self) -> Self:
        """Adds `pieces`, their number."""
        return self.annotate(pieces=models.Count("articles"))


class Release(Releasing, models.Model):
    class State(models.TextChoices):
        OPEN = "open", "not planned"
        PLANNED = "planned"
        OUT = "out"

    name = models.CharField(max_length=120, help_text="What colleagues call it.")
    live_from = models.DateTimeField("live from")
    articles: "models.ManyToManyField[Article, Any]" = models.ManyToManyField(
        "trends.Article", related_name="releases", verbose_name="pieces"
    )
    planned_at = models.DateTimeField(null=True, editable=False)  # None: nothing of it is planned
    # Why it is not planned any more; "" where nothing stopped it.
    stopped = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-live_from", "-pk"]

    def __str__(self) -> str:
        return self.name

    def state(self, now: datetime | None = None) -> "Release.State":
        """Derived from the clock, as the public status of a piece is."""
        if self.planned_at is None:
            return self.State.OPEN
        out = self.live_from <= (now or timezone.now())
        return self.State.OUT if out else self.State.PLANNED
