"""What has changed since a page was made: the database is asked with every request.

An *epoch* is a time in which nothing changed that public pages read; each begins with what is known
to have changed since the one before (changes.py). A page is marked with the epoch that was found
before it was made. Whatever is committed while it is made begins a later one, so no thread has to
be quick: when a page is looked up, every change since its mark is compared with what it hangs on,
and if one touches it, it is not given out, whoever put it there and whenever. Before that the
reader's own question to the database has brought in all that was committed when the reader asked.

Time is a change without keys: where editions or pins begin or end anywhere, an epoch ends, and
with it all pages that hang on everything. Those that hang on single rows know their own moments.
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
from ...models.invalidation import Change
from ..lasting import Asked
from .changes import Changes

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
    which something does by itself, in seconds. Its moments are known from `since` on: where a
    clock is set back, nothing is known any more."""

    epoch: int
    cursor: Any
    since: float
    until: float


class Watch:
    """One a process. `on_loss`: called when no page can be right any more."""

    def __init__(self, on_loss: Callable[[], None]) -> None:
        self.on_loss = on_loss
        self.changes = Changes()
        self.known: Known | None = None
        self.asked_at = 0.0  # when the database last answered
        self.is_away = False
        self.lock = Lock()
        self.threads = local()  # a connection each

    def look(self) -> Known | None:
        """The epoch of this moment; None where nothing can be said, so that nothing that is kept
        may be used."""
        try:
            try:
                known = self._ask(self._connection())
            except Exception as error:
                if not is_of_database(error):
                    raise
                self.close()  # it may just be the connection that is gone
                known = self._ask(self._connection())
        except LookupError as error:
            log.error("The page store is off: %s Run `manage.py migrate`.", error)
            return None
        except Exception as error:
            if not is_of_database(error):
                raise
            return self._while_away(error)
        self.is_away = False
        return known

    def _ask(self, connection: "Connection") -> Known | None:
        for _ in range(ATTEMPTS):
            known, now = self.known, time.time()
            if known and known.since <= now and now - self.asked_at < LONGEST_PAUSE:
                change = connection.newer(known.cursor)
                if change is None:
                    if now < known.until:
                        self.asked_at = now
                        return known
                    change = Change(known.cursor, frozenset())
            else:
                change = Change(connection.newest(), None)
            self._begin(known, change, now, connection.next_moment(now))
        return None  # it changes faster than one can look

    def _begin(self, known: Known | None, change: Change, since: float, until: float) -> None:
        """The next epoch, unless another thread has begun it: then that one is looked at, since
        something may have changed between its question and ours."""
        with self.lock:
            if self.known is not known:
                return
            epoch = (known.epoch if known else 0) + 1
            # First, so that whoever finds the epoch finds its changes.
            self.changes.note(change.keys, epoch)
            self.asked_at = since
            self.known = Known(epoch, change.cursor, since, until)
            if change.keys is None:
                self.on_loss()

    def follow(self, asked: Asked, now: float) -> tuple[frozenset[str], float] | None:
        """What a page hangs on that was made after `now`, and until when it holds at most, in
        seconds. None where the database does not say.

        Asked after the page was made: what this reads is found through rows that the page names,
        so if it has changed meanwhile, so has one of those.
        """
        try:
            return self._connection().follow(asked, now)
        except NotWatched:
            return None
        except Exception as error:
            if not is_of_database(error):
                raise
            self.close()
            return None

    def _while_away(self, error: Exception) -> Known | None:
        self.close()
        if not self.is_away:
            log.warning("The database is away; the store answers what it holds: %s", error)
        self.is_away = True
        known, now = self.known, time.time()
        holds = known and known.since <= now and now - self.asked_at < LONGEST_OUTAGE
        return known if holds else None

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

    def newer(self, cursor: Any) -> Change | None:
        """SQLite says for less than a look into a table whether anything at all was written by
        others."""
        if self.vendor != "sqlite":
            return invalidation.newer(self.raw, self.vendor, cursor)
        version = self.raw.execute("PRAGMA data_version").fetchone()[0]
        if version == self.version and cursor == self.found:
            return None
        change = invalidation.newer(self.raw, self.vendor, cursor)
        self.version, self.found = version, change.cursor if change else cursor
        return change

    def next_moment(self, now: float) -> float:
        """When the epoch ends at the latest, in seconds."""
        moment = datetime.fromtimestamp(now, UTC)
        change = invalidation.next_moment(self.django, moment)
        return min([next_day(moment), *([change.timestamp()] if change else [])])

    def follow(self, asked: Asked, now: float) -> tuple[frozenset[str], float]:
        moment = datetime.fromtimestamp(now, UTC)
        starts = invalidation.related_and_starts(self.django, asked.article, asked.articles, moment)
        ids = {
            "article": starts, "author": asked.authors, "topic": asked.topics,
            "image": asked.images,
        }  # fmt: skip
        keys = frozenset(f"{name}:{pk}" for name, found in ids.items() for pk in found)
        moments = [start.timestamp() for start in starts.values() if start]
        return keys, min([next_day(moment), *moments])

    def close(self) -> None:
        try:
            self.django.close()
        except Exception as error:  # nobody is at the other end
            log.debug("Closing: %s", error)


def next_day(moment: datetime) -> float:
    """What hangs on the day changes then, in seconds: rights of pictures, dates in small files."""
    zones = (UTC, timezone.get_default_timezone())
    return min(midnight_after(moment, zone).timestamp() for zone in zones)


def midnight_after(moment: datetime, zone: Any) -> datetime:
    day = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, clock.min, zone)
