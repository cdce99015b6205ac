"""The form of the demo's words: pieces, and what happened to them on which day.

Days count from the day of loading, so the newsroom is always fresh. In a text `{-12}` stands
for the date twelve days ago ("11 November"). An empty line parts paragraphs; a paragraph that
begins with a tag is HTML, where `trend:heat-reuse` leads to the piece with that key.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

_DAY = re.compile(r"\{([+-]\d{1,3})\}")


@dataclass(frozen=True, slots=True)
class When:
    """A moment: days from the day of loading, and the time on the newsroom's own clock."""

    days: int
    clock: str = "09:00"

    def at(self, now: datetime) -> datetime:
        day = timezone.localdate(now) + timedelta(days=self.days)
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(self.clock)))


@dataclass(frozen=True, slots=True)
class Step:
    """A verb of the desk. `options` are its own arguments; a When in them is a moment."""

    verb: str
    when: When
    by: str
    note: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Save:
    """A later edit. `text`: new head fields and prose; `add`: rows by section; `change`: fields
    of the row with that place in its section."""

    when: When
    by: str
    note: str = ""
    text: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    change: Mapping[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of a colleague; `@wes` names whoever has that key. `facts` are those of a complaint,
    days as numbers."""

    when: When
    by: str
    text: str
    section: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: bool = False  # the remark before it


@dataclass(frozen=True, slots=True)
class Pinned:
    """On the front page, for so many days."""

    when: When
    by: str
    slot: int
    days: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a motif of pictures.py, the same for the same seed."""

    motif: str
    seed: int
    alt_text: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Owes:
    """Somebody has a section to fill, in so many days."""

    section: str
    owner: str
    days: int


@dataclass(frozen=True, slots=True)
class Piece:
    """`content` holds snapshot sections and head fields by name, with keys where a snapshot has
    ids: authors, topics, targets, accounts. `fields` are other fields of Article."""

    key: str
    topic: str
    started: When
    by: str
    title: str
    content: Mapping[str, Any]
    hero: Picture | None = None
    story: Sequence[Step | Save | Remark | Pinned] = ()
    owes: Sequence[Owes] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


def dated(text: str, now: datetime) -> str:
    """The text with its days as dates, the year where it is another one."""

    def day(match: re.Match[str]) -> str:
        then = timezone.localdate(now) + timedelta(days=int(match[1]))
        year = f" {then.year}" if then.year != timezone.localdate(now).year else ""
        return f"{then.day} {then:%B}{year}"

    return _DAY.sub(day, text)


def checked(by: str, days: int) -> dict[str, Any]:
    """The fields of evidence that somebody has checked on that day."""
    return {"verdict": "checked", "checked_by": by, "checked_at": When(days, "15:20")}


def published(
    days: int, clock: str, *, by: str = "wes", approved_by: str = "ada", **options: Any
) -> tuple[Step, ...]:
    """Submitted by its writer, approved by an editor, published by Pam, all on one day."""
    hour = int(clock[:2])
    return (
        Step("submit", When(days, f"{hour - 2:02}:10"), by),
        Step("approve", When(days, f"{hour - 1:02}:40"), approved_by),
        Step("publish", When(days, clock), "pam", options=options),
    )
