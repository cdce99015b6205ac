"""The front page and the pages of topics: what is pinned in its slots, the newest in those that
are free, then all others."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from ..models import Edition, Pin, Topic
from ..models.edition_queries import EditionQuerySet
from ..models.prepared import Prepared

SLOTS = len(Pin.Slot)


@dataclass(frozen=True)
class Front:
    """The live pieces of a page in the order in which readers get them: of a topic's, or of the
    front page.

    Sliced as a queryset is, and like one it goes on with `older_than`: what is pinned now stands
    on the first page and on no other.
    """

    now: datetime
    topic: Topic | None = None

    def __getitem__(self, index: slice) -> list[Edition]:
        """The first ones: [:20]. One query."""
        about = {"topic": self.topic.pk} if self.topic else {}
        return arranged(_first(index.stop)(now=self.now, **about))[: index.stop]

    def older_than(self, moment: datetime, pk: int) -> EditionQuerySet:
        live = _live(self.now, self.topic)
        pins = Pin.objects.on(self.topic).in_force(live, self.now)
        return live.unpinned(pins).older_than(moment, pk).newest_first().for_cards()


@cache
def _first(count: int) -> Prepared:
    def ask(now: Any, topic: Any = None) -> EditionQuerySet:
        live = _live(now, topic)
        pins = Pin.objects.on(topic).in_force(live, now)
        return live.pinned_or_newest(pins, count).newest_first().for_cards()

    return Prepared(ask)


def _live(now: datetime, topic: Topic | None) -> EditionQuerySet:
    live = Edition.objects.live(now)
    return live.about(topic) if topic else live


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
