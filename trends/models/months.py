"""Months of first publication, counted where the rows are.

The beginning of a date as text, which both databases cut by themselves; for TruncMonth SQLite
calls back into Python with each row.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Substr
from django.utils import timezone

MONTH, MINUTE = 7, 16  # characters of "2025-03-31 22:15:00"
_FIRST_YEAR = 1970


def month_of_utc() -> Substr:
    """ "2025-03" """
    return Substr(_text(), 1, MONTH)


def counted_by_month(rows: QuerySet[Any]) -> Iterator[tuple[date, int]]:
    """(first day, how many) of each month of the site's zone, the newest first. One query.

    Grouped by month of UTC, and where that may be another month here, by the minute.
    """
    near = _near_the_turn(timezone.get_current_timezone(), timezone.now().year)
    keys = rows.order_by().alias(
        written=_text(), day=Substr(F("written"), 9, 2), hour=Substr(F("written"), 12, 2)
    )
    whole = Substr(F("written"), 1, MONTH)
    key = Case(When(near, then=Substr(F("written"), 1, MINUTE)), default=whole) if near else whole
    found = Counter[date]()
    for text, count in keys.annotate(key=key).values_list("key").annotate(Count("pk")):
        found[_first_day(text)] += count
    yield from sorted(found.items(), reverse=True)


def _text() -> Cast:
    return Cast("first_published_at", CharField())


def _first_day(key: str) -> date:
    if len(key) == MONTH:
        return date.fromisoformat(f"{key}-01")
    return timezone.localdate(datetime.fromisoformat(key).replace(tzinfo=UTC)).replace(day=1)


@cache
def _near_the_turn(zone: tzinfo, year: int) -> Q:
    """Hours of UTC in which it is another month in the zone, at any time of the year; empty for
    UTC itself. Zones are no further off than fourteen hours."""
    months = [datetime(y, m, 1) for y in range(_FIRST_YEAR, year + 2) for m in range(1, 13)]
    offsets = [zone.utcoffset(month) or timedelta() for month in months]
    ahead, behind = (-(-span // timedelta(hours=1)) for span in (max(offsets), -min(offsets)))
    near = Q()
    if ahead > 0:  # the last day of a month is the 28th or later
        near |= Q(day__gte=Value("28"), hour__gte=Value(f"{24 - ahead:02}"))
    if behind > 0:
        near |= Q(day=Value("01"), hour__lt=Value(f"{behind:02}"))
    return near
