"""The front page and the pages of topics: what is pinned in its slots, the newest in those that
are free, then all others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from ..models import Edition, Pin, Topic
from ..models.edition_queries import EditionQuerySet
from ..models.pin import PinQuerySet

SLOTS = len(Pin.Slot)


@dataclass(frozen=True)
class Front:
    """The live pieces of a page in the order in which readers get them.

    Sliced as a queryset is, and like one it goes on with `older_than`: what is pinned now stands
    on the first page and on no other.
    """

    live: EditionQuerySet
    pins: PinQuerySet

    @classmethod
    def of(cls, live: EditionQuerySet, now: datetime, topic: Topic | None = None) -> Self:
        """Of the front page, or of a topic's. `live`: the editions that it may show."""
        return cls(live, Pin.objects.on(topic).in_force(live, now))

    def __getitem__(self, index: slice) -> list[Edition]:
        """The first ones: [:20]. One query, and one for the bylines."""
        first = self.live.pinned_or_newest(self.pins, index.stop).newest_first().with_cards()
        return arranged(list(first))[: index.stop]

    def older_than(self, moment: datetime, pk: int) -> EditionQuerySet:
        rows = self.live.unpinned(self.pins).older_than(moment, pk)
        return rows.newest_first().with_cards()


def arranged(rows: list[Edition]) -> list[Edition]:
    """Editions with their `slot` (None for most), newest first: those that fill the slots, then
    the rest."""
    pinned: dict[int, Edition] = {}
    for row in rows:
        if row.slot is not None:
            pinned[row.slot] = row
    others = iter([row for row in rows if row.slot is None])
    filled = [pinned.get(slot) or next(others, None) for slot in Pin.Slot.values]
    return [row for row in filled if row] + list(others)
