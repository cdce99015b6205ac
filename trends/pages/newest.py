"""Live pieces, newest first."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from ..models import Author, Edition
from ..models.edition_queries import EditionQuerySet
from ..models.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Newest:
    """All of them, or those by one author. Sliced as a queryset is, and like one it goes on with
    `older_than`."""

    now: datetime
    author: Author | None = None

    def __getitem__(self, index: slice) -> list[Edition]:
        """The first ones: [:20]. One query."""
        by = {"author": self.author.pk} if self.author else {}
        return _first(index.stop)(now=self.now, **by)

    def older_than(self, moment: datetime, pk: int) -> EditionQuerySet:
        return _newest(self.now, self.author).older_than(moment, pk)


@cache
def _first(count: int) -> Prepared:
    return Prepared(lambda **which: _newest(**which)[:count])


def _newest(now: Any, author: Any = None) -> EditionQuerySet:
    live = Edition.objects.live(now)
    return (live.by(author) if author else live).newest_first().for_cards()
