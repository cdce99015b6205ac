"""The site in processes of its own, as `manage.py serve` runs it, on the database of the test."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.jobs.driving import database_url
from tests.test_commands import CLEAN, ROOT, free_port, until

PATIENCE = 60  # seconds
LISTENS = "0A"  # as Linux writes it


@dataclass
class Site:
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Over a connection of its own."""
        connection = self.connect()
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        finally:
            connection.close()

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def workers(self) -> list[int]:
        """The processes that answer."""
        found = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for path in found for pid in path.read_text().split()]

    def listeners(self) -> int:
        """Workers that take connections."""
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
        return sum(row[1].endswith(f":{self.port:04X}") and row[3] == LISTENS for row in rows)


def environ(folder: Path, **more: str) -> dict[str, str]:
    return CLEAN | {
        "DJANGO_SETTINGS_MODULE": "tests.served",
        "DATABASE_URL": database_url(),
        "NEWSROOM_DATA_DIR": str(folder),
        "NEWSROOM_PUBLISH_GRACE": "0",
    } | more  # fmt: skip


@contextmanager
def serving(
    folder: Path, name: str = "site", *, command: Sequence[str] = (), workers: int = 1, **more: str
) -> Iterator[Site]:
    """`command`: another one than `manage.py serve`; the port is added. `more`: variables."""
    port = free_port()
    command = command or ["manage.py", "serve", f"--workers={workers}", "--port"]
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command, str(port)], cwd=ROOT, env=environ(folder, **more),
            stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    site = Site(port, process, log)
    try:
        until(site.is_ready, f"{name} did not start")
        yield site
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """As a supervisor does."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
