"""On PostgreSQL: a row for each transaction that changed something, with the transaction's number.

A cursor is a snapshot of the database, as text: it says exactly which transactions had ended. What
has committed since is what is there now and was not in it, in whatever order numbers were drawn
and commits came. Nobody waits for anybody: a counter would let one transaction of the desk commit
at a time, or stop two that wait for each other.

Raise VERSION when any of this changes: the next `migrate` then makes it anew.
"""

from typing import Any

from django.db import transaction

from .tables import PUBLIC

VERSION = 1
KEPT = "1 day"
TRIGGERS = {f"{table}_noted_{VERSION}": table for table in PUBLIC}
OBJECTS = frozenset({"trends_invalidation", *TRIGGERS})
PRESENT = """
    SELECT relname::text FROM pg_class WHERE oid = to_regclass('trends_invalidation')
    UNION SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"""
NOTE = """INSERT INTO trends_invalidation (xid) VALUES (pg_current_xact_id())
    ON CONFLICT DO NOTHING"""
CREATE = (
    """CREATE TABLE trends_invalidation (
        xid xid8 PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())""",
    f"""CREATE FUNCTION trends_invalidate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {NOTE}; RETURN NULL; END $$""",
    *(
        f"""CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION trends_invalidate()"""
        for name, table in TRIGGERS.items()
    ),
)
DROP = (
    # CASCADE takes the triggers along, whatever table they stood on.
    "DROP FUNCTION IF EXISTS trends_invalidate CASCADE",
    "DROP TABLE IF EXISTS trends_invalidation",
)
# Committed since the cursor. Whoever asks seldom begins anew instead (store/watch.py), since what
# is old is pruned.
NEWER = """SELECT pg_current_snapshot()::text
    FROM (SELECT %(cursor)s::pg_snapshot AS seen) c
    WHERE EXISTS (SELECT 1 FROM trends_invalidation WHERE xid >= pg_snapshot_xmin(seen)
            AND NOT pg_visible_in_snapshot(xid, seen))"""
# The last row of what is old stays, so that an old cursor finds something newer. Numbers that are
# still to come are those of the database from which this one was restored.
OLD = f"""SELECT xid FROM trends_invalidation
    WHERE at < now() - interval '{KEPT}' AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid DESC LIMIT 1"""
PRUNE = (
    "DELETE FROM trends_invalidation WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())",
    f"DELETE FROM trends_invalidation WHERE xid < ({OLD})",
)


def newest(raw: Any) -> str:
    # Fails without the table.
    found = raw.execute(
        "SELECT pg_current_snapshot()::text FROM (SELECT count(*) FROM trends_invalidation) t"
    )
    return found.fetchone()[0]  # type: ignore[no-any-return]


def newer(raw: Any, cursor: str) -> str | None:
    found = raw.execute(NEWER, {"cursor": cursor}).fetchone()
    return found[0] if found else None


def prune(connection: Any) -> int:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        count = 0
        for statement in PRUNE:
            cursor.execute(statement)
            count += cursor.rowcount
    return count
