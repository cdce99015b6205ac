"""A PostgreSQL of the test's own, which it may stop and start, filled with what stands in the
database of the test."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pytest
from django.db import connection

from tests.conftest import IN_CI
from tests.test_commands import free_port

# Debian keeps the programs of servers off the PATH.
FOUND = [
    *Path("/usr/lib/postgresql").glob("*/bin/initdb"),
    *map(Path, filter(None, [which("initdb")])),
]
BIN = FOUND[0].resolve().parent if FOUND else Path()
needs_server = pytest.mark.skipif(not FOUND and not IN_CI, reason="no server of PostgreSQL here")
NAME = "newsroom"
# Numbers of transactions, which mean nothing in another server.
NUMBERS = "--exclude-table-data=trends_invalidation"


@dataclass
class Server:
    folder: Path
    port: int
    user: str | None  # it refuses to run as root

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{NAME}"

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [BIN / program, *arguments], user=self.user, cwd=self.folder, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            extra_groups=[] if self.user else None,
        )  # fmt: skip
        assert not done.returncode, f"{program}: {done.stdout}"

    def make(self) -> None:
        self.run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-N")
        self.start()
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", NAME)

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -F"
        self.run("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", options)

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "stop", "-w", "-D", "data", "-m", how)

    def ask(self, sql: str) -> str:
        return subprocess.check_output([BIN / "psql", "-qtA", "-c", sql, self.url], text=True)

    def copy(self) -> None:
        """All of the database of the test."""
        config = connection.settings_dict
        env = os.environ | {"PGPASSWORD": config["PASSWORD"]}
        host, port = config["HOST"], str(config["PORT"] or 5432)
        theirs = ["-h", host, "-p", port, "-U", config["USER"], config["NAME"]]
        dump = subprocess.run(
            [BIN / "pg_dump", "-O", NUMBERS, *theirs], env=env, stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
        subprocess.run(
            [BIN / "psql", "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", self.url],
            input=dump.stdout, check=True,
        )  # fmt: skip


@contextmanager
def own_postgres() -> Iterator[Server]:
    user = "postgres" if os.getuid() == 0 else None
    # Not pytest's folder: that one is closed to all other users.
    folder = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    if user:
        shutil.chown(folder, user, user)
    server = Server(folder, free_port(), user)
    try:
        server.make()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder)
