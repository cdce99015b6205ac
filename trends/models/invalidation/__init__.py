"""What has changed of all that public pages read, and when something will change by itself.

Triggers on the tables of PUBLIC write it down in the transaction of the change: no verb, bulk
update or import can forget it, and no process that is killed after its commit leaves a reader
with an old page. Whoever keeps something made of those tables (the page store, a job that clears
a CDN) remembers a *cursor* and asks `newer`, which names the things that changed by their keys
(tables.py). The functions take the driver's own connection (`raw`) where they are asked with every
request.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from .. import by_trigger
from . import postgres, sqlite
from .change import Change
from .tables import PUBLIC

__all__ = [
    "PUBLIC",
    "Change",
    "drop",
    "install",
    "missing",
    "newer",
    "newest",
    "next_moment",
    "note",
    "prune",
    "related_and_starts",
]
# After which migration it is there.
SINCE = "0020_page_store"
# When something changes and nobody does anything: editions and pins begin, pins end. Nothing live
# was first published later than now, unless somebody imports it.
# Each half of the editions has an index of its own.
_NEXT = """SELECT min(at) FROM (
    SELECT min(live_from) AS at FROM trends_edition WHERE kind = 'content' AND live_from > %s
    UNION ALL SELECT min(live_from) FROM trends_edition
        WHERE NOT (kind = 'content') AND live_from > %s
    UNION ALL SELECT min(first_published_at) FROM trends_edition
        WHERE kind = 'content' AND first_published_at > %s
    UNION ALL SELECT min(starts_at) FROM trends_pin WHERE starts_at > %s
    UNION ALL SELECT min(ends_at) FROM trends_pin WHERE ends_at > %s) moments"""
# Of single pieces: which are related to one, and when the next edition of each begins.
_STARTS = """SELECT id, (SELECT min(live_from) FROM trends_edition
        WHERE article_id = asked.id AND live_from > %s)
    FROM (SELECT other_id AS id FROM trends_relatedtrend WHERE article_id = %s
        UNION VALUES {places}) asked"""


def of(connection: Any) -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def missing(connection: Any) -> frozenset[str]:
    """Names of what should be there and is not: the table, triggers."""
    return by_trigger.missing(connection, of(connection))


def install(connection: Any) -> bool:
    """Make what is missing; whether anything was. What changed meanwhile was not seen, so that
    counts as a change."""
    if not missing(connection):
        return False
    with transaction.atomic(using=connection.alias):
        by_trigger.make_anew(connection, of(connection))
        note(connection)
    return True


def drop(connection: Any) -> None:
    for statement in of(connection).DROP:
        by_trigger.run(connection, statement)


def note(connection: Any) -> None:
    """Anything may have changed that no trigger sees: the search index was written anew."""
    by_trigger.run(connection, of(connection).NOTE)


def prune(connection: Any) -> int:
    """Drop what nobody needs to remember; how many rows."""
    return of(connection).prune(connection)  # type: ignore[no-any-return]


def newest(raw: Any, vendor: str) -> Any:
    """A cursor: all changes until now are behind it."""
    return _spelling(vendor).newest(raw)


def newer(raw: Any, vendor: str, cursor: Any) -> Change | None:
    """What was committed since the cursor, with a newer one; None where that is nothing."""
    return _spelling(vendor).newer(raw, cursor)  # type: ignore[no-any-return]


def next_moment(connection: Any, now: datetime) -> datetime | None:
    """The next moment at which readers get something else and no row changes; not of what hangs
    on the day (rights of pictures), nor of what one page alone knows (its age)."""
    moment = connection.ops.adapt_datetimefield_value(now)
    (said,) = by_trigger.column(connection, _NEXT, [moment] * _NEXT.count("%s"))
    return _moment(said)


def related_and_starts(
    connection: Any, article: int, articles: Collection[int], now: datetime
) -> dict[int, datetime | None]:
    """Of some articles and of all that are related to one, live or not: when the next edition of
    each begins."""
    moment = connection.ops.adapt_datetimefield_value(now)
    asked = {article, *articles}
    with connection.cursor() as cursor:
        places = ", ".join(["(%s)"] * len(asked))
        cursor.execute(_STARTS.format(places=places), [moment, article, *asked])
        return {pk: _moment(start) for pk, start in cursor.fetchall()}


def _moment(said: Any) -> datetime | None:
    """SQLite says it in words, in UTC."""
    found: datetime | None = parse_datetime(said) if isinstance(said, str) else said
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _spelling(vendor: str) -> ModuleType:
    return postgres if vendor == "postgresql" else sqlite
