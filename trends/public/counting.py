"""Views of pieces: which requests are one, and their count, without cookies and personal data.

Address, browser and cookies of a request are looked at here, if at all, and never kept: what is
kept is a piece, a day and a number (models/day_views.py).
"""

import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from datetime import time as clock
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ..models.readership import add_views
from .lasting import ARTICLE, Environ
from .tally import Tally

# Every browser begins its name like this, for reasons of 1994; what fetches pages by itself mostly
# does not, or says what it is: with a word for it, or with an address for complaints ("+http").
BROWSERS = ("mozilla/", "opera/")
PROGRAMS = (
    "bot", "+http", "compatible;", "spider", "crawl", "slurp", "preview", "externalhit", "headless",
    "lighthouse", "monitor", "feed",
)  # fmt: skip
NOT_A_BOT = "cubot"  # a maker of phones
LONGEST = 500  # characters of a name that are looked at, and remembered


def note_view(environ: Environ, article_id: int) -> None:
    """A piece goes out with 200, or with 304, which shows what the browser has: count it, if a
    reader asked. Of WSGI, so that whoever answers in front of Django calls this as well; once an
    answer. It costs some microseconds. The environ then says which piece it was."""
    environ[ARTICLE] = article_id
    if settings.NEWSROOM_COUNT_VIEWS and is_view(environ):
        count(article_id)


def is_view(environ: Mapping[str, Any]) -> bool:
    """A reader wants to see it now: no HEAD, nothing fetched ahead, no program that says so, and
    no member of staff who is logged in (readers have no cookie)."""
    if environ.get("REQUEST_METHOD") != "GET" or _is_ahead(environ):
        return False
    if is_of_staff(environ):
        return False
    return is_browser(environ.get("HTTP_USER_AGENT", "")[:LONGEST])


def is_of_staff(environ: Mapping[str, Any]) -> bool:
    """Whoever has the cookie of a session; readers have none."""
    cookie = environ.get("HTTP_COOKIE")
    return bool(cookie) and f"; {settings.SESSION_COOKIE_NAME}=" in f"; {cookie}"


def _is_ahead(environ: Mapping[str, Any]) -> bool:
    """The browser fetches it before anybody wants it; Sec-Purpose also says so of prerendering."""
    said = environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE") or ""
    return "prefetch" in said or "preview" in said


@lru_cache(maxsize=1000)
def is_browser(user_agent: str) -> bool:
    name = user_agent.lower()
    if not name.startswith(BROWSERS):
        return False
    name = name.replace(NOT_A_BOT, "")
    return not any(map(name.__contains__, PROGRAMS))  # cheaper than a generator


def count(article_id: int) -> None:
    """One more view of the piece, today; about a microsecond, and no write. Any thread may."""
    tally.count((article_id, today.of(time.time())))


class Today:
    """The day in the site's time zone, reckoned once a day."""

    def __init__(self) -> None:
        # Replaced as a whole, since threads read it: the day, and from when until when it lasts.
        self.known = (date.min, 0.0, 0.0)

    def of(self, moment: float) -> date:
        """The day of a moment, in seconds as of time.time()."""
        day, begins, ends = self.known
        if begins <= moment < ends:
            return day
        known = self.known = _reckoned(moment)
        return known[0]


def _reckoned(moment: float) -> tuple[date, float, float]:
    zone = timezone.get_default_timezone()
    day = datetime.fromtimestamp(moment, zone).date()
    begins, ends = (
        datetime.combine(day + timedelta(days=n), clock.min, zone).timestamp() for n in (0, 1)
    )
    return day, begins, ends


def _close() -> None:
    """The connection of the thread that wrote: it would keep one open for ever."""
    connection.close()


today = Today()
tally = Tally(add_views, after=_close)
