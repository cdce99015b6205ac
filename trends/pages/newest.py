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
        return _first(index.stop)(now=self.now, **self._by)

    def older_than(self, moment: datetime, pk: int) -> EditionQuerySet:
        return _newest(self.now, **self._by).older_than(moment, pk)

    @property
    def _by(self) -> dict[str, int]:
        """Another query for somebody with few editions: EditionQuerySet.by()."""
        if self.author is None:
            return {}
        has_few = getattr(self.author, "has_many", True) is None
        return {"few" if has_few else "many": self.author.pk}


@cache
def _first(count: int) -> Prepared:
    return Prepared(lambda **which: _newest(**which)[:count])


def _newest(now: Any, few: Any = None, many: Any = None) -> EditionQuerySet:
    live = Edition.objects.live(now)
    if few is not None:
        live = live.by_few(few)
    elif many is not None:
        live = live.by_many(many)
    return live.newest_first().for_cards()
