"""Corrections as readers get them: only of pieces that are live, under the title in force."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Subquery

from ..models import Correction, Edition
from ..models.prepared import Prepared

ON_THE_FRONT_PAGE = 3


class PublicCorrections(models.QuerySet[Correction]):
    def of_live(self, now: datetime) -> Self:
        """Of live pieces, newest first, each with `slug` and `title` in force."""
        live = Edition.objects.live(now).filter(article_id=OuterRef("article_id"))
        begun = Edition.objects.begun(now).filter(pk=OuterRef("edition_id"))
        # None is dated later than its edition begins; that it is said leads to the index, and a
        # join would lead away from it.
        return (
            self.filter(Exists(begun), at__lte=now)
            .annotate(slug=Subquery(live.values("slug")), title=Subquery(live.values("title")))
            .filter(slug__isnull=False)
            .order_by("-at", "-pk")
        )

    def older_than(self, at: datetime, pk: int) -> Self:
        """The keyset page after the given row (see EditionQuerySet.older_than)."""
        return self.filter(at__lte=at).exclude(at=at, pk__gte=pk)


@dataclass(frozen=True, slots=True)
class PublicCorrection:
    """`edition` holds the address and the title in force, nothing else."""

    at: datetime
    kind: str
    text: str
    edition: Edition


def published(now: datetime) -> PublicCorrections:
    return PublicCorrections(Correction).of_live(now)


_LATEST = Prepared(lambda now: published(now)[:ON_THE_FRONT_PAGE])


def latest(now: datetime) -> list[PublicCorrection]:
    """Those that the front page shows."""
    return list(map(shown, _LATEST(now=now)))


def shown(row: Correction) -> PublicCorrection:
    edition = Edition(slug=row.slug, title=row.title)  # type: ignore[attr-defined]
    return PublicCorrection(row.at, row.kind, row.text, edition)
