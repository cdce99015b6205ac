"""Servers in processes of their own, and what these have spent: /proc of Linux."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PATIENCE = 60  # seconds until a server has to answer
_TICK = os.sysconf("SC_CLK_TCK")
_MEGABYTE = 1024  # /proc counts in kB


@dataclass(frozen=True)
class Running:
    """A server, by its main process; `port` of 127.0.0.1."""

    pid: int
    port: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def cpu(self) -> float:
        """Seconds that it and its workers have spent."""
        return sum(_spent(pid) for pid in family(self.pid))

    @property
    def memory(self) -> tuple[float, float]:
        """(RSS, PSS) in MB of its largest worker."""
        return max(map(_memory, family(self.pid)[1:] or [self.pid]))


def family(pid: int) -> list[int]:
    """A process, its children and theirs."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def _spent(pid: int) -> float:
    # What stands in parentheses is a name, which may hold blanks.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK  # utime, stime


def _memory(pid: int) -> tuple[float, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(rest.split()[0]) for name, _, rest in (s.partition(":") for s in lines)}
    return sizes["Rss"] / _MEGABYTE, sizes["Pss"] / _MEGABYTE


@contextmanager
def running(
    command: Sequence[str], port: int, env: Mapping[str, str], log: Path
) -> Iterator[Running]:
    """A server that answers, until the end of the block. Raises LookupError with its log."""
    with log.open("ab") as file:
        child = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=dict(env), stdin=subprocess.DEVNULL,
            stdout=file, stderr=file,
        )  # fmt: skip
    try:
        _wait(child, port, log)
        yield Running(child.pid, port)
    finally:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait(child: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            error.close()
            return  # nginx has no such file, but is there
        except OSError:
            time.sleep(0.1)
    raise LookupError(f"A server did not start: {log.read_text()[-2000:]}")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
