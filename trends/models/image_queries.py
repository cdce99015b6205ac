"""Which pictures: the words in which the library asks for them."""

import logging
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..readiness.hero import WIDTH_MIN
from ..renditions import BadPicture
from .edition import Edition
from .picture_files import Stale, let_go

logger = logging.getLogger(__name__)

if TYPE_CHECKING:
    from .image import Image  # noqa: F401 (named in a string below)

SOON = timedelta(days=30)
# What may hold a picture: reverse names of its foreign keys → the way from there to the article.
HOLDERS = {
    "hero_of": "pk",
    "editions": "article",
    "in_articles": "article",
    "in_editions": "edition__article",
    "portrait_of": "",
}


class ImageQuerySet(models.QuerySet["Image"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        """The rows, and after the commit their files."""
        with transaction.atomic():
            places = [place for image in self for place in image.places]
            gone = super().delete()
            let_go(places)
        return gone

    def with_use(self) -> Self:
        """Adds `is_used`: some piece, edition or author shows it, or did so in public."""
        return self.annotate(is_used=_is_used(self.model))

    def used(self) -> Self:
        return self.filter(_is_used(self.model))

    def unused(self) -> Self:
        return self.exclude(_is_used(self.model))

    def without_alt_text(self) -> Self:
        return self.filter(alt_text="", decorative=False)

    def without_credit(self) -> Self:
        return self.filter(credit="")

    def expired(self, day: date) -> Self:
        return self.filter(rights_expire_on__lt=day)

    def expiring(self, day: date) -> Self:
        """Rights end within thirty days."""
        return self.filter(rights_expire_on__range=(day, day + SOON))

    def not_yet(self, day: date) -> Self:
        return self.filter(not_before__gt=day)

    def only_in_removed(self, now: datetime) -> Self:
        """Pictures that nothing shows but pieces that are removed (security rule 2)."""
        removed = Edition.objects.in_force(now).filter(kind=Edition.Kind.REMOVAL)
        gone = removed.values("article")
        return self.filter(_is_used_by(self.model, gone) & ~_is_used_besides(self.model, gone))

    def withheld(self, now: datetime) -> Self:
        """Pictures that must have no public files: rights ended, or only in removed pieces."""
        return self.expired(timezone.localdate(now)) | self.only_in_removed(now)

    def withdraw(self, now: datetime) -> int:
        """Take the public files of pictures that must have none; of how many."""
        wrong = list(self.withheld(now).exclude(renditions={}))
        for image in wrong:
            image.withdraw()
        return len(wrong)

    def bring_back(self, now: datetime) -> None:
        """Make the public files of pictures that had lost theirs and may have them again. What
        can't be made is logged, and stays a finding of check_media."""
        withheld = self.withheld(now).values("pk")
        for image in self.filter(renditions={}).exclude(pk__in=withheld):
            try:
                image.remake()
            except (BadPicture, Stale, OSError) as error:
                logger.warning("Picture %s has no public files: %s", image.pk, error)

    def made_by_ai(self) -> Self:
        return self.exclude(ai_use="")

    def too_small(self) -> Self:
        return self.filter(width__lt=WIDTH_MIN)


def _is_used(model: Any) -> Q:
    return _any(rows for rows, _ in _holders(model))


def _is_used_by(model: Any, articles: models.QuerySet[Any, Any]) -> Q:
    held = [(rows, way) for rows, way in _holders(model) if way]
    return _any(rows.filter(**{f"{way}__in": articles}) for rows, way in held)


def _is_used_besides(model: Any, articles: models.QuerySet[Any, Any]) -> Q:
    return _any(
        rows.exclude(**{f"{way}__in": articles}) if way else rows for rows, way in _holders(model)
    )


def _any(holders: Iterable[models.QuerySet[Any]]) -> Q:
    return Q(*(Q(Exists(rows)) for rows in holders), _connector=Q.OR)


def _holders(model: Any) -> Iterator[tuple[models.QuerySet[Any], str]]:
    for name, way in HOLDERS.items():
        relation = model._meta.get_field(name)
        rows: Any = relation.related_model._default_manager
        yield rows.filter(**{relation.field.name: OuterRef("pk")}), way
