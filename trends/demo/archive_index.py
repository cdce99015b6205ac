"""The search index of copies, quicker than its triggers fill it one by one, in the transaction that
makes them: nobody ever finds a text without its row, nor the index without its triggers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..models.by_trigger import run
from ..models.search_index import postgres

# FTS5 keeps words in memory up to `hashsize` bytes and merges what it has written; both are as
# they are by default outside of the transaction.
_FTS5 = "INSERT INTO trends_search (trends_search, rank) VALUES (%s, %s)"
_IN_BULK = {"hashsize": 64 * 1024 * 1024, "automerge": 0}
_AS_USUAL = {"hashsize": 1024 * 1024, "automerge": 4}

# What PostgreSQL's index holds of a pattern besides title and standfirst, which copies have their
# own of: to fold a text takes more than all else of a copy.
_NAMELESS = """(SELECT id, kind, first_published_at, content, text, topic_id, '' AS title,
    '' AS standfirst FROM trends_edition) e"""
_TEXTS = f"""CREATE TEMPORARY TABLE archive_texts AS
    {postgres.ROW.replace("trends_edition e", _NAMELESS)} AND e.id = ANY(%s)"""
# As the index does it, for words of plain ASCII with full stops, of which ours consist.
_OWN = "setweight(to_tsvector('pg_catalog.simple', translate(e.{}, '.', ' ')), '{}')"
_FILL = f"""INSERT INTO trends_search (edition_id, rowid, trends_search)
    SELECT e.id, {postgres.position("e")},
        {_OWN.format("title", "A")} || {_OWN.format("standfirst", "B")} || texts.words
    FROM archive_copies c JOIN archive_texts texts ON texts.edition_id = c.pattern_edition
    JOIN trends_edition e ON e.id = c.made_edition"""
_TRIGGER = f"ALTER TABLE trends_edition {{}} TRIGGER {postgres.TRIGGERS['change']}"


def prepare(connection: Any, patterns: Sequence[int]) -> None:
    """Once, for patterns of these editions (ids)."""
    if connection.vendor == "postgresql":
        run(connection, "DROP TABLE IF EXISTS archive_texts")
        run(connection, _TEXTS, [list(patterns)])


@contextmanager
def in_bulk(connection: Any) -> Iterator[None]:
    """Editions that are made in here, as archive_copies has them, are in the index after it."""
    with _postgres(connection) if connection.vendor == "postgresql" else _sqlite(connection):
        yield


@contextmanager
def _sqlite(connection: Any) -> Iterator[None]:
    for setting in _IN_BULK.items():
        run(connection, _FTS5, setting)
    yield  # an error takes the settings back with all else
    for setting in _AS_USUAL.items():
        run(connection, _FTS5, setting)


@contextmanager
def _postgres(connection: Any) -> Iterator[None]:
    # What is checked at the end of the transaction stands in the way of changing a table.
    run(connection, "SET CONSTRAINTS ALL IMMEDIATE")
    run(connection, _TRIGGER.format("DISABLE"))
    run(connection, "SET LOCAL gin_pending_list_limit = '64MB'")
    yield
    run(connection, _FILL)
    run(connection, _TRIGGER.format("ENABLE"))
