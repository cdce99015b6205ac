"""Address: a path that a piece ever claimed publicly. Never given to another piece."""

from collections.abc import Collection
from hashlib import sha256

from django.db import connection, models


class Taken(ValueError):
    """The path belongs to another piece."""


def trend_path(slug: str) -> str:
    """The path of a trend page."""
    return f"/trends/{slug}/"


def hidden(path: str) -> str:
    """What is kept of the path of a piece that was erased: enough to know it again."""
    return f"sha256:{sha256(path.encode()).hexdigest()}"


def known_as(paths: Collection[str]) -> list[str]:
    """What Address.path may hold for these paths."""
    return [*paths, *map(hidden, paths)]


class AddressManager(models.Manager["Address"]):
    def claim(self, path: str, *, article_id: int) -> None:
        """Give the path to the article, for good. Raises Taken. One query for a new path."""
        # One that is there stays as it is, also where somebody claims it at this moment; and so
        # does that of an erased piece, of which no more than the digest is left.
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (path, article_id) SELECT %s, %s"
                f" WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE path = %s)"
                " ON CONFLICT DO NOTHING",
                [path, article_id, hidden(path)],
            )
            is_new = cursor.rowcount == 1
        if not is_new and self.filter(path__in=known_as([path])).exclude(article=article_id):
            raise Taken(f"The address {path} belongs to another piece. Choose another slug.")


class Address(models.Model):
    # Path with a leading slash; a legacy address may carry its query ("/?p=123").
    path = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey("Article", on_delete=models.PROTECT, related_name="addresses")

    objects = AddressManager()

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.path

    def hide(self) -> None:
        """Keep no more than its digest."""
        self.path = hidden(self.path)
        self.save(update_fields=["path"])
