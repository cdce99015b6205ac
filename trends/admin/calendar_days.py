"""The days of the calendar: which ones a view shows, what stands on each, where its links lead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from ..models import Release
from ..models.calendar import Entry, Kind

MONTH, WEEK, LIST = "month", "week", "list"
VIEWS = {MONTH: "Month", WEEK: "Week", LIST: "List"}
SHOWN = {MONTH: 4, WEEK: 14}  # items on a day before the count that leads to the list
LISTED = 28  # days of the list
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Together:
    """Entries of one release, as one item of a day."""

    release: Release
    entries: list[Entry]


Item = Entry | Together


@dataclass(frozen=True, slots=True)
class Day:
    """`items` are the first ones, `more` counts the others, all of which stand at `url`;
    `outside`: of another month."""

    date: date
    items: list[Item]
    more: int
    url: str
    is_today: bool = False
    is_past: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the calendar: a view from a day on. Weeks begin on Monday (ISO 8601)."""

    view: str
    chosen: date
    kept: dict[str, str] = field(default_factory=dict)  # filters, as they stand in the address

    @property
    def first(self) -> date:
        if self.view == LIST:
            return self.chosen
        return monday(self.chosen.replace(day=1) if self.view == MONTH else self.chosen)

    @property
    def last(self) -> date:
        if self.view == LIST:
            return self.chosen + timedelta(days=LISTED - 1)
        if self.view == WEEK:
            return self.first + timedelta(days=6)
        return monday(next_month(self.chosen) - timedelta(days=1)) + timedelta(days=6)

    @property
    def title(self) -> str:
        if self.view == MONTH:
            return f"{self.chosen:%B %Y}"
        first, last = self.first, self.last
        start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
        start += f" {first.year}" if first.year != last.year else ""
        return f"{start} – {last.day} {last:%B %Y}"

    @property
    def before(self) -> date:
        if self.view == MONTH:
            return (self.chosen.replace(day=1) - timedelta(days=1)).replace(day=1)
        return self.first - timedelta(days=7 if self.view == WEEK else LISTED)

    @property
    def after(self) -> date:
        return next_month(self.chosen) if self.view == MONTH else self.last + timedelta(days=1)

    def address(self, view: str = "", day: date | None = None) -> str:
        """Another view or day, with the same filters."""
        given = {"view": view or self.view, "from": f"{day or self.chosen:%Y-%m-%d}"} | self.kept
        return f"?{urlencode(given)}"

    def days(self, entries: Iterable[Entry], today: date) -> Iterator[Day]:
        """Every day of it, in order."""
        by_day = {day: list(rows) for day, rows in groupby(sorted(entries, key=_day), _day)}
        for n in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=n)
            items = grouped(by_day.get(day, []))
            limit = SHOWN.get(self.view, len(items))
            yield Day(
                day, items[:limit], len(items[limit:]), self.address(LIST, day),
                is_today=day == today, is_past=day < today,
                outside=self.view == MONTH and day.month != self.chosen.month,
            )  # fmt: skip


def _day(entry: Entry) -> date:
    return entry.day


def grouped(entries: Iterable[Entry]) -> list[Item]:
    """What is planned with one release stands together, where its first piece stood."""
    items: list[Item] = []
    together: dict[int, Together] = {}
    for entry in entries:
        release = entry.release if entry.kind == Kind.SCHEDULED else None
        if release is None:
            items.append(entry)
        elif release.pk in together:
            together[release.pk].entries.append(entry)
        else:
            together[release.pk] = Together(release, [entry])
            items.append(together[release.pk])
    return items


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
