"""Pictures that stand inside texts: which piece, and which edition, shows which picture.

The text says where (richtext.PICTURE); these rows protect the picture and tell where it is used.
"""

from collections.abc import Collection
from typing import Any

from django.db import models

from .image import Image


class PictureManager(models.Manager[Any]):
    def hold(self, ids: Collection[int], **holder: models.Model) -> None:
        """A row for each of the pictures; none for an id that no picture has (any more).

        Two queries, none without ids.
        """
        found = Image.objects.filter(pk__in=ids).values_list("pk", flat=True)
        rows = [self.model(image_id=pk, **holder) for pk in found]
        self.bulk_create(rows, ignore_conflicts=True)


class TextPicture(models.Model):
    """A picture in the prose of a working copy."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="text_pictures")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="in_articles")

    objects = PictureManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="textpicture_once")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.article}"


class EditionPicture(models.Model):
    """A picture in the prose of an edition."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="text_pictures")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="in_editions")

    objects = PictureManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "image"], name="editionpicture_once")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.edition}"
