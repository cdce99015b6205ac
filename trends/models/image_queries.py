"""Which pictures: the words in which the library asks for them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from .. import renditions
from .picture_files import let_go

if TYPE_CHECKING:
    from .image import Image

SOON = timedelta(days=30)
# Narrower than a hero on a wide screen: readiness asks for it too.
SMALL = 1200
# What may hold a picture: reverse names of its foreign keys.
HOLDERS = ("hero_of", "editions", "in_articles", "in_editions", "portrait_of")


class ImageQuerySet(models.QuerySet["Image"]):
    def twin_of(self, data: bytes) -> "Image | None":
        """The picture that was made of the very same upload."""
        return self.filter(digest=renditions.digest(data)).first()

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

    def public_on(self, day: date) -> Self:
        """Those that readers may see on a day."""
        return self.exclude(Q(rights_expire_on__lt=day) | Q(not_before__gt=day))

    def made_by_ai(self) -> Self:
        return self.exclude(ai_use="")

    def too_small(self) -> Self:
        return self.filter(width__lt=SMALL)


def _is_used(model: Any) -> Q:
    return Q(*(Q(Exists(rows)) for rows in _holders(model)), _connector=Q.OR)


def _holders(model: Any) -> Iterator[models.QuerySet[Any]]:
    for name in HOLDERS:
        relation = model._meta.get_field(name)
        rows: Any = relation.related_model._default_manager
        yield rows.filter(**{relation.field.name: OuterRef("pk")})
