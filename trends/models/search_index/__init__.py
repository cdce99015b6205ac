"""The search index: one row for each text that readers have or will have.

Its rows are written by triggers on the table of editions, so in the transaction of whatever writes
those: no verb, bulk update, repress or import can forget it. What readers find is decided by
`Edition.objects.live(now)` alone; the index may hold more, but never less.

An edition has a row from the moment it is planned until a press finds it replaced by one that has
begun (by the time of that press, which stands on the edition). When the edition that replaced it
is deleted or moved, its row comes back.

`rowid` is the second of the first publication in the upper bits and the id of the edition in the
lower 30, so that the newest matches come first without sorting.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import by_trigger
from ..by_trigger import column, run
from . import postgres, sqlite

BATCH = 500
_ID_BITS = 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ANY_ID = (0, 2**62)


def position(moment: datetime, pk: int = 0) -> int:
    """The rowid of an edition with this id that was first published then."""
    return (int(moment.timestamp() // 1) << _ID_BITS) + pk


def moment_of(position: int) -> datetime:
    """The second of the first publication."""
    return _EPOCH + timedelta(seconds=position >> _ID_BITS)


def of(connection: Any) -> ModuleType:
    """Two spellings of the same: their names are described in sqlite.py."""
    return postgres if connection.vendor == "postgresql" else sqlite


def missing(connection: Any) -> frozenset[str]:
    """Names of what should be there and is not: the table, triggers."""
    return by_trigger.missing(connection, of(connection))


def install(connection: Any) -> bool:
    """Make the index and fill it, if anything of it is missing; whether that was so."""
    if not missing(connection):
        return False
    index, now = of(connection), _written(connection, timezone.now())
    with transaction.atomic(using=connection.alias):
        by_trigger.make_anew(connection, index)
        run(connection, index.FILL, (*_ANY_ID, now))
    return True


def drop(connection: Any) -> None:
    for statement in of(connection).DROP:
        run(connection, statement)


def renew(connection: Any, last: int, now: datetime) -> Iterator[int]:
    """Write all rows anew, those of BATCH ids in one transaction, up to an id. Readers and editors
    can go on meanwhile. Gives the id that it has come to."""
    index, moment = of(connection), _written(connection, now)
    for first in range(0, last + 1, BATCH):
        span = (first, first + BATCH - 1)
        with transaction.atomic(using=connection.alias):
            run(connection, index.CLEAR_REPLACED, (*span, moment))
            run(connection, index.FILL, (*span, moment))
        yield min(span[1], last)
    with transaction.atomic(using=connection.alias):
        run(connection, index.CLEAR_LOST, ())
        run(connection, index.TIDY)


def forget(connection: Any) -> None:
    """Leave no word of deleted rows in the tables that the index consists of. On SQLite all of it
    is written anew, which takes a while for a large one."""
    if statement := of(connection).FORGET:
        run(connection, statement)


def differences(connection: Any, now: datetime) -> tuple[list[int], list[int]]:
    """Ids of editions that the index lacks or has otherwise, and of those that it holds and that
    are no more or have another text."""
    index, moment = of(connection), _written(connection, now)
    wrong = column(connection, index.WRONG, (*_ANY_ID, moment))
    return sorted(wrong), sorted(column(connection, index.LOST, ()))


def _written(connection: Any, moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
