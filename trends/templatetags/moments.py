"""Moments and days as readers and machines get them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as worded
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString


def moment(at: datetime | None, css: str = "") -> SafeString:
    """A moment with its time and zone, as <time>: 21 November 2025, 09:30 UTC."""
    if at is None:
        return SafeString("")
    local = timezone.localtime(at)
    return _time(local, worded(local, "j F Y, H:i T"), css)


def day(at: date | None, css: str = "") -> SafeString:
    """The day of a date or a moment, as <time>: 21 November 2025."""
    if at is None:
        return SafeString("")
    local = timezone.localtime(at) if isinstance(at, datetime) else at
    # By hand: a page has dozens of them, and worded() takes its pattern apart for each.
    return _time(local, f"{local.day} {MONTHS[local.month]} {local.year:04}", css)


def clock(at: datetime | None) -> SafeString:
    """The time of a moment where the day is known, as <time>: 09:30."""
    if at is None:
        return SafeString("")
    local = timezone.localtime(at)
    return _time(local, f"{local:%H:%M}")


def day_key(at: datetime) -> date:
    """What to regroup by so that each day of the site's zone stands once."""
    return timezone.localtime(at).date()


def machine(at: date) -> str:
    """A date or a moment for machines: seconds are enough for them, and what RFC 3339 expects."""
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


def _time(at: date, words: str, css: str = "") -> SafeString:
    attribute = format_html(' class="{}"', css) if css else ""
    return format_html('<time{} datetime="{}">{}</time>', attribute, machine(at), words)
