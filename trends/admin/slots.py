"""What stands in each slot of a page now and later, as the desk shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ..models import Article, Edition, Pin, Topic
from ..pages.front import Front
from .times import moment_in_words


@dataclass(frozen=True, slots=True)
class PinLine:
    """A pin as the screen shows it. `why`: why readers don't see it there now, "" if they do; of
    what is planned, why they won't."""

    pin: Pin
    times: str
    is_planned: bool
    why: str

    @property
    def is_shown(self) -> bool:
        return not (self.is_planned or self.why)


@dataclass(frozen=True, slots=True)
class SlotView:
    """`shown` is what readers see there now; `line` its pin, None where it is the newest."""

    slot: Pin.Slot
    shown: Edition | None
    line: PinLine | None
    others: list[PinLine]


def times_of(pin: Pin, now: datetime) -> str:
    """Such as "since 2 May, 14:00, until it is unpinned"."""
    begun = timezone.localtime(pin.starts_at)
    since = f"since {begun.day} {begun:%B}, {begun:%H:%M}"
    start = since if pin.starts_at <= now else f"from {moment_in_words(pin.starts_at, now)}"
    end = f"until {moment_in_words(pin.ends_at, now)}" if pin.ends_at else "until it is unpinned"
    return f"{start}, {end}"


def slot_views(topic: Topic | None, now: datetime) -> Iterator[SlotView]:
    """Every slot of a page. Four queries, whatever the number of pins."""
    rows = Front(now, topic)[: len(Pin.Slot)]
    in_slot = {row.slot: row for row in rows if row.slot is not None}
    pins = list(Pin.objects.on(topic).not_over(now).select_related("article", "by"))
    lines = _lines(pins, in_slot, topic, now)
    for slot in Pin.Slot:
        theirs = [line for line in lines if line.pin.slot == slot]
        shown = rows[slot] if slot < len(rows) else None
        standing = next((line for line in theirs if line.is_shown), None)
        yield SlotView(slot, shown, standing, [line for line in theirs if line is not standing])


def _lines(
    pins: list[Pin], in_slot: dict[int, Edition], topic: Topic | None, now: datetime
) -> list[PinLine]:
    """What runs first, newest start first; then what is planned, in its order."""
    ids = {pin.article_id for pin in pins}
    status = {
        row.pk: row.status(now) for row in Article.objects.filter(pk__in=ids).with_status(now)
    }
    live = dict(Edition.objects.live(now).of(ids).values_list("article_id", "topic_id"))

    def gone(pin: Pin) -> str:
        return "its piece is in the bin" if pin.article.discarded_at else ""

    def why(pin: Pin) -> str:
        shown = in_slot.get(pin.slot)
        if in_bin := gone(pin):
            return in_bin
        if pin.article_id not in live:
            return f"readers can’t get it now: {status[pin.article_id].value}"
        if topic and live[pin.article_id] != topic.pk:
            return "readers have it under another topic"
        if shown and shown.article_id == pin.article_id:
            return ""
        elsewhere = pin.article_id in {row.article_id for row in in_slot.values()}
        return "it stands in another slot" if elsewhere else "another pin of it began later"

    running = [pin for pin in pins if pin.starts_at <= now]
    planned = sorted((pin for pin in pins if pin not in running), key=lambda pin: pin.starts_at)
    return [
        *(PinLine(pin, times_of(pin, now), False, why(pin)) for pin in running),
        *(PinLine(pin, times_of(pin, now), True, gone(pin)) for pin in planned),
    ]
