"""The orders of the list of all trends, as keyset pages need them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..models.edition_queries import EditionQuerySet
from .paging import Sliced


@dataclass(frozen=True, slots=True)
class Ordered:
    """Rows in an order (paging.Rows): what comes after a row is not always what is older."""

    rows: EditionQuerySet
    beyond: Callable[..., EditionQuerySet]

    def __getitem__(self, index: slice) -> Any:
        return self.rows[index]

    def older_than(self, *key: Any) -> Sliced:
        return self.beyond(*key)


@dataclass(frozen=True, slots=True)
class Order:
    """`by`: the moment that sorts; `first` and `further` are the words of the links."""

    label: str
    by: str
    first: str
    further: str


ORDERS = {
    "": Order("Newest first", "first_published_at", "Newest trends", "Older trends"),
    "oldest": Order("Oldest first", "first_published_at", "Oldest trends", "Newer trends"),
    "updated": Order(
        "Last updated", "public_updated_at", "Last updated trends", "Updated before these"
    ),
}


def ordered(rows: EditionQuerySet, name: str, *, in_index: bool) -> Ordered:
    """in_index: they match words, so that the newest come in the order of the search index."""
    if name == "oldest":
        rows = rows.oldest_first()
        return Ordered(rows, rows.newer_than)
    if name == "updated":
        rows = rows.last_updated_first()
        return Ordered(rows, rows.updated_before)
    rows = rows.newest_in_index() if in_index else rows.newest_first()
    return Ordered(rows, rows.lower_in_index if in_index else rows.older_than)
