"""Address: a path that a piece ever claimed publicly. Never given to another piece."""

from django.db import models, transaction


class Taken(ValueError):
    """The path belongs to another piece."""


def trend_path(slug: str) -> str:
    """The path of a trend page."""
    return f"/trends/{slug}/"


class AddressManager(models.Manager["Address"]):
    def claim(self, path: str, *, article_id: int) -> "Address":
        """Give the path to the article, for good. Raises Taken."""
        with transaction.atomic():
            address, _ = self.get_or_create(path=path, defaults={"article_id": article_id})
        if address.article_id != article_id:
            raise Taken(f"The address {path} belongs to another piece. Choose another slug.")
        return address


class Address(models.Model):
    # Path with a leading slash; a legacy address may carry its query ("/?p=123").
    path = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey("Article", on_delete=models.PROTECT, related_name="addresses")

    objects = AddressManager()

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.path
