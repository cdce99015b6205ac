"""Whether what the store holds is still right: the database is asked with every request.

An *epoch* is a time in which nothing changed that public pages read. A page is made in the epoch
that was found before it was made, and given out in that one only; so it holds nothing older than
what was committed when its reader asked. Whatever changes while a page is made ends the epoch.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from threading import Lock, local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DjangoError
from django.utils import timezone

from ...models import invalidation

log = logging.getLogger("trends.store")
# Seconds for which readers get what was right when the database could last be asked: a restart.
LONGEST_OUTAGE = 300.0
# Seconds after which a cursor is no longer trusted: notes of changes are kept for a day.
LONGEST_PAUSE = 3600.0
ATTEMPTS = 20


class NotWatched(LookupError):
    """Changes are not noted: the triggers are not there."""


@dataclass(frozen=True, slots=True)
class Known:
    """An epoch: `cursor` (models/invalidation) from when on nothing has changed, and the moment at
    which something does by itself, in seconds. Its moments are known from `since` on: a clock that
    is set back ends it."""

    epoch: int
    cursor: Any
    since: float
    until: float

    def holds_at(self, moment: float) -> bool:
        return self.since <= moment < self.until


class Watch:
    """One a process. `on_change`: called when an epoch has ended."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self.on_change = on_change
        self.known: Known | None = None
        self.asked_at = 0.0  # when the database last answered
        self.is_away = False
        self.lock = Lock()
        self.threads = local()  # a connection each

    def epoch(self) -> int | None:
        """The epoch of this moment; None where nothing can be said, so that nothing that is kept
        may be used."""
        try:
            try:
                epoch = self._ask(self._connection())
            except Exception as error:
                if not is_of_database(error):
                    raise
                self.close()  # it may just be the connection that is gone
                epoch = self._ask(self._connection())
        except LookupError as error:
            log.error("The page store is off: %s Run `manage.py migrate`.", error)
            return None
        except Exception as error:
            if not is_of_database(error):
                raise
            return self._while_away(error)
        self.is_away = False
        return epoch

    def _ask(self, connection: "Connection") -> int | None:
        for _ in range(ATTEMPTS):
            known, now = self.known, time.time()
            if known and known.holds_at(now) and now - self.asked_at < LONGEST_PAUSE:
                newer = connection.newer(known.cursor)
                if newer is None:
                    self.asked_at = now
                    return known.epoch
            else:
                newer = connection.newest()
            self._begin(known, newer, now, connection.next_moment(now))
        return None  # it changes faster than one can look

    def _begin(self, known: Known | None, cursor: Any, since: float, until: float) -> None:
        """The next epoch, unless another thread has begun it: then that one is looked at, since
        something may have changed between its question and ours."""
        with self.lock:
            if self.known is not known:
                return
            self.asked_at = since
            self.known = Known((known.epoch if known else 0) + 1, cursor, since, until)
            self.on_change()

    def _while_away(self, error: Exception) -> int | None:
        self.close()
        if not self.is_away:
            log.warning("The database is away; the store answers what it holds: %s", error)
        self.is_away = True
        known, now = self.known, time.time()
        holds = known and known.holds_at(now) and now - self.asked_at < LONGEST_OUTAGE
        return known.epoch if known and holds else None

    def _connection(self) -> "Connection":
        found: Connection | None = getattr(self.threads, "connection", None)
        if found is None:
            found = self.threads.connection = Connection()
        return found

    def close(self) -> None:
        """The connection of this thread."""
        connection = getattr(self.threads, "connection", None)
        self.threads.connection = None
        if connection:
            connection.close()


def is_of_database(error: Exception) -> bool:
    """Django's own, or the driver's where it is asked directly."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    driver = connection.Database.Error
    return isinstance(error, DjangoError | driver)


class Connection:
    """One of our own, beside those that Django opens and closes with requests, and not out of its
    pool. Raises NotWatched where changes are not noted."""

    def __init__(self) -> None:
        theirs = connections[DEFAULT_DB_ALIAS]
        options = {n: v for n, v in theirs.settings_dict["OPTIONS"].items() if n != "pool"}
        self.django = type(theirs)(theirs.settings_dict | {"OPTIONS": options}, "page store")
        self.django.inc_thread_sharing()  # closed by whichever thread ends
        self.vendor = theirs.vendor
        self.version: int | None = None  # of SQLite's file, when `found` was read
        self.found: Any = None
        try:
            missing = invalidation.missing(self.django)
        except BaseException:
            self.close()
            raise
        if missing:
            self.close()
            raise NotWatched(f"{', '.join(sorted(missing))} missing.")
        self.raw: Any = self.django.connection

    def newest(self) -> Any:
        return invalidation.newest(self.raw, self.vendor)

    def newer(self, cursor: Any) -> Any:
        """A newer cursor, or None. SQLite says for less than a look into a table whether anything
        at all was written by others."""
        if self.vendor == "sqlite":
            version = self.raw.execute("PRAGMA data_version").fetchone()[0]
            if version == self.version:
                return None if self.found == cursor else self.found
            found = self.newest()
            self.version, self.found = version, found
            return None if found == cursor else found
        return invalidation.newer(self.raw, self.vendor, cursor)

    def next_moment(self, now: float) -> float:
        """When the epoch ends at the latest, in seconds."""
        moment = datetime.fromtimestamp(now, UTC)
        change = invalidation.next_moment(self.django, moment)
        ends = [midnight_after(moment, zone) for zone in (UTC, timezone.get_default_timezone())]
        return min(end.timestamp() for end in (*ends, change) if end)

    def close(self) -> None:
        try:
            self.django.close()
        except Exception as error:  # nobody is at the other end
            log.debug("Closing: %s", error)


def midnight_after(moment: datetime, zone: Any) -> datetime:
    """What hangs on the day changes then: rights of pictures, dates in small files."""
    day = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, clock.min, zone)
