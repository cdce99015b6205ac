"""On SQLite: one number that each change raises. One transaction writes at a time, so its order is
the order of the commits.

Raise VERSION when any of this changes: the next `migrate` then makes it anew.
"""

from itertools import product
from typing import Any

from .tables import PUBLIC

VERSION = 1
EVENTS = ("insert", "update", "delete")
TRIGGERS = {
    f"{table}_{event}_noted_{VERSION}": (table, event) for table, event in product(PUBLIC, EVENTS)
}
OBJECTS = frozenset({"trends_invalidation", *TRIGGERS})
PRESENT = "SELECT name FROM sqlite_master WHERE name LIKE 'trends!_%' ESCAPE '!'"
NOTE = "UPDATE trends_invalidation SET gen = gen + 1"
CREATE = (
    # One row; it starts with what no earlier table of that name has come to.
    """CREATE TABLE trends_invalidation (
        id INTEGER PRIMARY KEY CHECK (id = 1), gen INTEGER NOT NULL)""",
    "INSERT INTO trends_invalidation VALUES (1, strftime('%s', 'now') * 1000000)",
    *(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {NOTE}; END"
        for name, (table, event) in TRIGGERS.items()
    ),
)
DROP = (
    *(f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS),
    "DROP TABLE IF EXISTS trends_invalidation",
)


def newest(raw: Any) -> int:
    """Raises LookupError without the row."""
    row = raw.execute("SELECT gen FROM trends_invalidation").fetchone()
    if row is None:
        raise LookupError("trends_invalidation has lost its row.")
    return int(row[0])


def newer(raw: Any, cursor: int) -> int | None:
    found = newest(raw)
    return None if found == cursor else found


def prune(connection: Any) -> int:
    return 0
