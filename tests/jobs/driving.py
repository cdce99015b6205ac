"""Real workers in processes of their own, on the database of the test.

For each job they write a line into the ledger (a file) at the beginning and at the end of the work,
and one row into the database: the effect.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, pairwise
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from trends.models import Job, Notice

# In one transaction with its end; and working before that.
KINDS = ("proof", "slow")
# argv: ledger, work at most (s), a flaw to show what the tests would find, whose the effects are
WORKER = """
import os, random, sys, time
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from trends.jobs import doing, registry
from trends.models import Job, Notice, job

ledger, at_most, flaw = sys.argv[1], float(sys.argv[2]), sys.argv[3]
log = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def note(word, key):
    os.write(log, f"{word} {key} {os.getpid()} {time.monotonic_ns()}\\n".encode())

def write(key):
    # No constraint of this table would hide a second one.
    Notice.objects.create(user_id=sys.argv[4], text=key, at=timezone.now())

def slowly(key, payload, now):
    note("begin", key)
    time.sleep(random.uniform(0, at_most))
    note("end", key)
    return lambda: write(key)

def quickly(key, payload, now):
    note("begin", key)
    write(key)
    time.sleep(random.uniform(0, at_most))
    note("end", key)

registry.handler("slow", "Proof", slow=True)(slowly)
registry.handler("proof", "Proof")(quickly)

if flaw == "ends after the commit":
    def do(job, handler):
        handler.work(job.key, job.payload, None)
        note("gap", job.key)
        time.sleep(600)
        job.finish()
    doing._do = do

if flaw == "no lease":
    job.JobQuerySet.claim = lambda self, now, lease: self.due(now).first()
    job.Job.finish = lambda self: Job.objects.filter(pk=self.pk).delete()

call_command("work", lease=1.0, skip_checks=True, verbosity=0)
"""


def database_url() -> str:
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    user = f"{config['USER']}:{config['PASSWORD']}"
    return f"postgres://{user}@{config['HOST']}:{config['PORT']}/{config['NAME']}"


@dataclass
class Proof:
    """Some workers and their ledger. `killed`: pid → when."""

    folder: Path
    user: User
    at_most: float = 0.02
    flaw: str = "none"
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    killed: dict[int, int] = field(default_factory=dict)

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger"

    def lines(self) -> list[list[str]]:
        return (
            [line.split() for line in self.ledger.read_text().splitlines()]
            if self.ledger.exists()
            else []
        )

    def start(self) -> None:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DATABASE_URL": database_url(),
            "NEWSROOM_DATA_DIR": str(self.folder),
            "DJANGO_ALLOWED_HOSTS": "localhost",
        }
        given = [str(self.ledger), str(self.at_most), self.flaw, str(self.user.pk)]
        command = [sys.executable, "-c", WORKER, *given]
        self.workers.append(subprocess.Popen(command, env=env, cwd=settings.BASE_DIR))

    def wait_for(self, word: str, pid: int) -> None:
        deadline = time.monotonic() + 120
        while not any(line[0] == word and line[2] == str(pid) for line in self.lines()):
            assert time.monotonic() < deadline, f"worker {pid} never came to {word!r}"
            time.sleep(0.02)

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        self.killed[worker.pid] = time.monotonic_ns()
        self.workers.remove(worker)

    def kill_one_in_the_midst(self) -> None:
        """One that works, at some moment; another one takes its place."""
        deadline = time.monotonic() + 120
        while not (busy := self._busy()):
            assert time.monotonic() < deadline, "no worker began to work"
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.3))
        self.kill(random.choice(busy))
        self.start()

    def _busy(self) -> list["subprocess.Popen[bytes]"]:
        begun = {line[2] for line in self.lines() if line[0] == "begin"}
        return [worker for worker in self.workers if str(worker.pid) in begun]

    def wait_until_all_is_done(self, seconds: int = 120) -> None:
        deadline = time.monotonic() + seconds
        while Job.objects.filter(kind__in=KINDS).exists():
            assert time.monotonic() < deadline, f"{Job.objects.count()} jobs are left"
            time.sleep(0.1)

    def end(self) -> list[int]:
        """SIGTERM; the exit codes."""
        for worker in self.workers:
            worker.terminate()
        return [worker.wait(60) for worker in self.workers]

    def cleared(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()

    # --- what came of it ---

    def begun(self) -> int:
        return sum(line[0] == "begin" for line in self.lines())

    def at_the_same_time(self) -> list[str]:
        """Keys that two workers had in hand at the same moment."""
        spans: dict[str, list[tuple[int, int]]] = {}
        open_: dict[tuple[str, str], int] = {}
        for word, key, pid, at in self.lines():  # in the order of time
            if word == "begin":
                open_[key, pid] = int(at)
            elif word == "end":
                spans.setdefault(key, []).append((open_.pop((key, pid)), int(at)))
        for (key, pid), at in open_.items():
            spans.setdefault(key, []).append((at, self.killed[int(pid)]))
        return [key for key, found in spans.items() if _overlap(found)]


def _overlap(spans: Iterable[tuple[int, int]]) -> bool:
    order = sorted(spans)
    return any(later[0] < before[1] for before, later in pairwise(order))


def effects() -> Counter[str]:
    return Counter(Notice.objects.values_list("text", flat=True))


def add_jobs(count: int, kinds: Sequence[str] = KINDS) -> list[str]:
    """The kinds take turns. Returns the keys, first one first."""
    keys = [str(n) for n in range(count)]
    for key, kind in zip(keys, cycle(kinds), strict=False):
        Job.objects.add(kind, key, run_at=timezone.now())
    return keys
