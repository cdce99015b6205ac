"""On PostgreSQL: a row for each transaction and key (tables.py) that it changed, with the
transaction's number.

A cursor is a snapshot of the database, as text: it says exactly which transactions had ended. What
has committed since is what is there now and was not in it, in whatever order numbers were drawn
and commits came. Nobody waits for anybody: a counter would let one transaction of the desk commit
at a time, or stop two that wait for each other.

A statement is looked at as a whole, by its transition tables: one that changes more than FEW
things counts as a change of the whole site.

Raise VERSION when any of this changes: the next `migrate` then makes it anew.
"""

from itertools import product
from typing import Any

from django.db import transaction

from .change import Change
from .tables import MOST, PUBLIC, READ, SITE, keys_of

VERSION = 2
KEPT = "1 day"
FEW = 100
# A trigger may have one event, and one name for the rows: so an update has two.
EVENTS = {
    "insert": "INSERT ON {table} REFERENCING NEW TABLE AS changed",
    "update_old": "UPDATE ON {table} REFERENCING OLD TABLE AS changed",
    "update_new": "UPDATE ON {table} REFERENCING NEW TABLE AS changed",
    "delete": "DELETE ON {table} REFERENCING OLD TABLE AS changed",
    "truncate": "TRUNCATE ON {table}",
}
TRIGGERS = {
    f"{table}_{event}_noted_{VERSION}": (table, event) for table, event in product(PUBLIC, EVENTS)
}
OBJECTS = frozenset({"trends_invalidation", *TRIGGERS})
PRESENT = """
    SELECT relname::text FROM pg_class WHERE oid = to_regclass('trends_invalidation')
    UNION SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"""
NOTE = f"""INSERT INTO trends_invalidation (xid, key) VALUES (pg_current_xact_id(), '{SITE}')
    ON CONFLICT DO NOTHING"""


def _function(name: str, body: str) -> str:
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {body}; RETURN NULL; END $$"""


def _noting(table: str) -> str:
    return f"""WITH named AS (
            SELECT DISTINCT key FROM ({keys_of(table, "r", source=" FROM changed r")}) k
            LIMIT {FEW + 1})
        INSERT INTO trends_invalidation (xid, key)
        SELECT pg_current_xact_id(), key FROM named WHERE (SELECT count(*) FROM named) <= {FEW}
        UNION ALL
        SELECT pg_current_xact_id(), '{SITE}' WHERE (SELECT count(*) FROM named) > {FEW}
        ON CONFLICT DO NOTHING"""


CREATE = (
    """CREATE TABLE trends_invalidation (
        xid xid8, key text, at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (xid, key))""",
    _function("trends_invalidate", NOTE),
    *(_function(f"{table}_note", _noting(table)) for table in PUBLIC),
    *(
        f"""CREATE TRIGGER {name} AFTER {EVENTS[event].format(table=table)} FOR EACH STATEMENT
            EXECUTE FUNCTION {"trends_invalidate" if event == "truncate" else f"{table}_note"}()"""
        for name, (table, event) in TRIGGERS.items()
    ),
)
DROP = (
    # CASCADE takes the triggers along, whatever table they stood on.
    *(f"DROP FUNCTION IF EXISTS {table}_note CASCADE" for table in PUBLIC),
    "DROP FUNCTION IF EXISTS trends_invalidate CASCADE",
    "DROP TABLE IF EXISTS trends_invalidation",
)
# Committed since the cursor. Whoever asks seldom begins anew instead (store/watch.py), since what
# is old is pruned.
NEWER = f"""SELECT pg_current_snapshot()::text, {READ}
    FROM trends_invalidation, (SELECT %(cursor)s::pg_snapshot AS seen) c
    WHERE xid >= pg_snapshot_xmin(seen) AND NOT pg_visible_in_snapshot(xid, seen)
    LIMIT {MOST + 1}"""
# Whether there is any; asked with every request, so it is the least to plan and to send, and sent
# by libpq itself: psycopg's way to it costs a hit more than all the rest of it.
ANY = b"""SELECT 1 FROM (SELECT $1::pg_snapshot AS seen) c
    WHERE EXISTS (SELECT 1 FROM trends_invalidation WHERE xid >= pg_snapshot_xmin(seen)
            AND NOT pg_visible_in_snapshot(xid, seen))"""
ANY_NAME = b"newsroom_any"
# Of libpq. The names are in psycopg, which a site on SQLite does not load.
IDLE, TUPLES_OK = 0, 2
# Numbers that are still to come are those of the database from which this one was restored.
FOREIGN = "DELETE FROM trends_invalidation WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())"
OLD = f"""SELECT t.xid::text FROM trends_invalidation t
    WHERE at < now() - interval '{KEPT}' AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY t.xid DESC LIMIT 1"""  # by the number, not by its text
# The last transaction of what is old stays, as a change of the whole site for cursors before it.
MARK = f"""INSERT INTO trends_invalidation (xid, key, at)
    VALUES (%(old)s::xid8, '{SITE}', now() - 2 * interval '{KEPT}') ON CONFLICT DO NOTHING"""
PRUNE = f"""DELETE FROM trends_invalidation
    WHERE xid < %(old)s::xid8 OR (xid = %(old)s::xid8 AND key <> '{SITE}')"""


def newest(raw: Any) -> str:
    # Fails without the table.
    found = raw.execute(
        "SELECT pg_current_snapshot()::text FROM (SELECT count(*) FROM trends_invalidation) t"
    )
    return found.fetchone()[0]  # type: ignore[no-any-return]


def newer(raw: Any, cursor: str) -> Change | None:
    if is_unchanged(raw.pgconn, cursor):
        return None
    rows = raw.execute(NEWER, {"cursor": cursor}).fetchall()
    if not rows:  # nothing; or numbers of another server, which were dropped just now
        return None
    return Change.of(rows[0][0], (key for _, key in rows), is_whole=len(rows) <= MOST)


def is_unchanged(pgconn: Any, cursor: str) -> bool:
    """False also where that can't be said: this connection has not heard the question before, or
    is in a transaction, which a refusal would end."""
    if pgconn.transaction_status != IDLE:
        return False
    answer = pgconn.exec_prepared(ANY_NAME, [cursor.encode()])
    if answer.status == TUPLES_OK:
        return answer.ntuples == 0  # type: ignore[no-any-return]
    pgconn.prepare(ANY_NAME, ANY)
    return False


def prune(connection: Any) -> int:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(FOREIGN)
        count = cursor.rowcount
        cursor.execute(OLD)
        for (old,) in cursor.fetchall():
            cursor.execute(MARK, {"old": old})
            cursor.execute(PRUNE, {"old": old})
            count += cursor.rowcount
    return int(count)
