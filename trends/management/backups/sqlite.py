"""SQLite copies itself, page by page, while the site runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from .facts import Ask, Facts, counts, gather

DUMP = "database.sqlite3"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
PATIENCE = 20  # seconds for which another process may hold the write lock


def dump(connection: Any, path: Path) -> Facts:
    """One moment of the database, as a file of its own."""
    with _open(connection.settings_dict["NAME"]) as site, _open(path, mode="rwc") as copy:
        site.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # all in one file
        return gather(_asking(copy), _tables(copy))


def load(connection: Any, path: Path) -> dict[str, int]:
    """Everything that was there is replaced, in one transaction of SQLite's: a killed load has
    changed nothing. The numbers of rows by table."""
    connection.close()
    name = connection.settings_dict["NAME"]
    with _open(path) as copy, _open(name, mode="rwc") as site:
        copy.backup(site)
        return counts(_asking(site), _tables(site))


@contextmanager
def _open(path: Path | str, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    uri = f"{Path(path).absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as opened:
        yield opened


def _asking(opened: sqlite3.Connection) -> Ask:
    return lambda sql: opened.execute(sql).fetchall()


def _tables(opened: sqlite3.Connection) -> list[str]:
    return [name for (name,) in opened.execute(TABLES + " ESCAPE '\\'")]
