"""Pictures that stand inside texts: which piece, and which edition, shows which picture.

The text says where (richtext.PICTURE); these rows protect the picture and tell where it is used.
"""

from django.db import models


class TextPicture(models.Model):
    """A picture in the prose of a working copy."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="text_pictures")
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="in_articles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="textpicture_once")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.article}"


class EditionPicture(models.Model):
    """A picture in the prose of an edition."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="text_pictures")
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="in_editions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "image"], name="editionpicture_once")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.edition}"
