"""`DATABASE_URL` → one entry of Django's `DATABASES`."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from newsroom.env import wrong

Database = dict[str, Any]

# Readers never wait for a writer (WAL). A transaction takes its write lock at the start: one that
# reads first and then finds the database written by another could only fail. What is committed
# stays though the power fails (FULL): a piece that was removed does not come back.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
}
# The pool's pauses between attempts double until it gives up, and then the next request begins
# anew: its default, five minutes, lets a database that was away for one be missed for another.
POOL = {"min_size": 1, "max_size": 8, "timeout": 10, "reconnect_timeout": 5}
# PostgreSQL reckons a list of a large archive by all its rows, takes it for dear and compiles it,
# though a page is made of the first fifty: a second for what takes 5 ms.
JIT_OFF = "-c jit=off"


def database(url: str, *, root: Path) -> Database:
    """A relative SQLite path counts from `root`. The address is never repeated in an error:
    it holds a password."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "sqlite":
            return sqlite(parts, root=root)
        if parts.scheme in ("postgres", "postgresql"):
            return postgres(parts)
    except ValueError:
        pass  # a bracket without its partner, a port that is no number
    raise refused("is not the address of a database")


def sqlite(parts: SplitResult, *, root: Path) -> Database:
    name = unquote(parts.path).removeprefix("/")
    if parts.netloc or not name or name == ":memory:":
        raise refused("names no file for SQLite")
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # To open the file for each request would cost a tenth of a page; not for ever, so that
        # another file in its place is found within a minute.
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def postgres(parts: SplitResult) -> Database:
    name = unquote(parts.path).removeprefix("/")
    if not name or "/" in name:
        raise refused("names no database")
    options = postgres_options(dict(parse_qsl(parts.query)))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Without our pool there may be PgBouncer, which gives each transaction another connection.
        "DISABLE_SERVER_SIDE_CURSORS": "pool" not in options,
        "OPTIONS": options,
    }


def postgres_options(query: dict[str, str]) -> dict[str, Any]:
    """What stands behind `?` goes to libpq as it is, apart from `pool`: off, or its largest size
    (in each worker process), and `statement_timeout`: seconds after which a query is given up."""
    pool = query.pop("pool", str(POOL["max_size"]))
    seconds = query.pop("statement_timeout", "0")
    if not is_count(seconds, least=0):
        raise refused("holds a statement_timeout that is no number of seconds")
    said = [
        "" if pool == "off" else JIT_OFF,  # PgBouncer refuses options; there the role has them
        query.get("options", ""),
        f"-c statement_timeout={int(seconds)}s" if int(seconds) else "",
    ]
    if any(said):
        query |= {"options": " ".join(filter(None, said))}
    options: dict[str, Any] = {"connect_timeout": 10, **query}
    if pool == "off":
        return options
    if not is_count(pool, least=1):
        raise refused("holds a pool that is neither off nor a number from 1")
    return options | {"pool": POOL | {"max_size": int(pool)}}


def is_count(written: str, *, least: int) -> bool:
    return written.isascii() and written.isdecimal() and least <= int(written) <= 9999


def refused(problem: str) -> ImproperlyConfigured:
    remedy = "write sqlite:///folder/file.sqlite3 or postgres://user:password@host:5432/name"
    return wrong("DATABASE_URL", problem, remedy)
