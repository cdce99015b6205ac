"""Databases to measure in, of their own: a folder for SQLite, names that begin with newsroom_bench
for PostgreSQL. No other database is ever touched."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SERVER = "postgres://postgres@127.0.0.1:5432/newsroom"
_PREFIX = "newsroom_bench_"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server; what database the address names does not matter."""

    url: str

    @property
    def is_there(self) -> bool:
        try:
            self._run()
        except psycopg.OperationalError:
            return False
        return True

    def url_of(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def has(self, name: str) -> bool:
        with self._connected() as connection:
            asked = "SELECT 1 FROM pg_database WHERE datname = %s"
            return connection.execute(asked, [name]).fetchone() is not None

    def create(self, name: str, like: str = "") -> None:
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, like or "template1")

    def drop(self, name: str) -> None:
        if not name.startswith(_PREFIX):
            raise ValueError(f"{name} is no database of ours")
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)

    def _run(self, statement: sql.SQL | None = None, *names: str) -> None:
        with self._connected() as connection:
            if statement:
                connection.execute(statement.format(*map(sql.Identifier, names)))

    def _connected(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.url_of("postgres"), autocommit=True, connect_timeout=3)


@dataclass(frozen=True)
class Place:
    """One database, and the folder of a site that uses it."""

    vendor: str
    name: str
    root: Path
    server: Server

    @property
    def folder(self) -> Path:
        return self.root / f"{self.vendor}-{self.name}"

    @property
    def database(self) -> str:
        return f"{_PREFIX}{self.name}"

    @property
    def env(self) -> dict[str, str]:
        """Of processes of the site: nothing of ours but what a site needs here."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSROOM_", "DJANGO_"))}
        here = f"sqlite:///{self.folder}/newsroom.sqlite3"
        url = here if self.vendor == SQLITE else self.server.url_of(self.database)
        kept |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "EMAIL_URL": "off"}
        kept |= {"NEWSROOM_DATA_DIR": str(self.folder), "DATABASE_URL": url}
        return kept | {"STATIC_ROOT": str(self.static)}

    @property
    def static(self) -> Path:
        """One folder for all places."""
        return self.root / "static"

    @property
    def is_there(self) -> bool:
        if self.vendor == SQLITE:
            return (self.folder / "newsroom.sqlite3").exists()
        return self.server.has(self.database)

    def make(self, like: "Place | None" = None) -> None:
        """Empty, or a copy of another one that nobody uses at the moment."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if like and like.folder.is_dir():
            shutil.copytree(like.folder, self.folder, dirs_exist_ok=True)
        if self.vendor == POSTGRESQL:
            self.server.create(self.database, like.database if like else "")
        self.folder.mkdir(exist_ok=True)
        self.manage("migrate", "--verbosity", "0")
        if not self.static.exists():
            self.manage("collectstatic", "--no-input", "--verbosity", "0")

    def manage(self, *arguments: str) -> str:
        """What `manage.py` prints. Raises CalledProcessError, with what went wrong on stderr."""
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=self.env, check=True,
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        return done.stdout

    def drop(self) -> None:
        if self.vendor == POSTGRESQL:
            self.server.drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)


def vendors(asked: str, server: Server) -> list[str]:
    """Those asked for that there are ("sqlite,postgresql")."""
    wanted = [name.strip() for name in asked.split(",")]
    if unknown := set(wanted) - {SQLITE, POSTGRESQL}:
        raise ValueError(f"{', '.join(sorted(unknown))}: only sqlite and postgresql are known")
    return [name for name in wanted if name == SQLITE or server.is_there]
