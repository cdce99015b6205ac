"""On SQLite: each key with the number of its last change. One transaction writes at a time, so
the order of the numbers is the order of the commits. A cursor is the highest of them.

An INSERT OR REPLACE, which Django never sends, tells no trigger whose row it takes away.

Raise VERSION when any of this changes: the next `migrate` then makes it anew.
"""

from itertools import product
from typing import Any

from django.db import transaction

from .change import Change
from .tables import MOST, PUBLIC, READ, SITE, keys_of

VERSION = 2
KEPT = 10_000  # keys
EVENTS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def _triggers(version: int) -> dict[str, tuple[str, str]]:
    return {
        f"{table}_{event}_noted_{version}": (table, event)
        for table, event in product(PUBLIC, EVENTS)
    }


def _noting(keys: str) -> str:
    """`keys`: a SELECT of them."""
    # Only one row of a key, so the table stays as small as the site.
    return f"""INSERT INTO trends_invalidation (key, gen)
        SELECT key, (SELECT max(gen) + 1 FROM trends_invalidation) FROM ({keys}) WHERE true
        ON CONFLICT (key) DO UPDATE SET gen = excluded.gen"""


TRIGGERS = _triggers(VERSION)
OBJECTS = frozenset({"trends_invalidation", *TRIGGERS})
PRESENT = "SELECT name FROM sqlite_master WHERE name LIKE 'trends!_%' ESCAPE '!'"
NOTE = _noting(f"SELECT '{SITE}' AS key")
CREATE = (
    """CREATE TABLE trends_invalidation (
        key TEXT PRIMARY KEY, gen INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX trends_invalidation_gen ON trends_invalidation (gen)",
    # It starts with what no earlier table of that name has come to.
    f"INSERT INTO trends_invalidation VALUES ('{SITE}', strftime('%s', 'now') * 1000000)",
    *(
        f"CREATE TRIGGER {name} AFTER {event} ON {table}"
        f" BEGIN {_noting(keys_of(table, *EVENTS[event]))}; END"
        for name, (table, event) in TRIGGERS.items()
    ),
)
DROP = (
    *(
        f"DROP TRIGGER IF EXISTS {name}"
        for version in range(1, VERSION + 1)
        for name in _triggers(version)
    ),
    "DROP TABLE IF EXISTS trends_invalidation",
)
NEWER = f"SELECT {READ}, gen FROM trends_invalidation WHERE gen >= ? ORDER BY gen DESC LIMIT ?"
OLD = f"SELECT gen FROM trends_invalidation ORDER BY gen DESC LIMIT 1 OFFSET {KEPT}"


def newest(raw: Any) -> int:
    """Raises LookupError without a row: there is always that of the site."""
    (found,) = raw.execute("SELECT max(gen) FROM trends_invalidation").fetchone()
    if found is None:
        raise LookupError("trends_invalidation has lost its rows.")
    return int(found)


def newer(raw: Any, cursor: int) -> Change | None:
    rows = raw.execute(NEWER, (cursor, MOST + 1)).fetchall()
    if not rows:  # an older file was put in the place of this one
        return Change(newest(raw), None)
    found = rows[0][1]
    if found == cursor:
        return None
    return Change.of(found, [key for key, gen in rows if gen > cursor], is_whole=len(rows) <= MOST)


def prune(connection: Any) -> int:
    """What goes is from then on a change of the whole site, for whoever has not read it."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(OLD)
        row = cursor.fetchone()
        if row is None:
            return 0
        cursor.execute(
            "UPDATE trends_invalidation SET gen = max(gen, %s) WHERE key = %s", [row[0], SITE]
        )
        cursor.execute(
            "DELETE FROM trends_invalidation WHERE gen <= %s AND key <> %s", [*row, SITE]
        )
        return int(cursor.rowcount)
