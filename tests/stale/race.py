"""Readers and a publisher at once: who gets what is older than what was acknowledged before?"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event, Thread

from tests.serving import Site, environ
from tests.test_commands import ROOT

from .acts import ACTS, possible
from .pages import PAGES, Doomed, Page
from .publisher import AFTER, ANY, BEFORE, START
from .world import State, state

Window = dict[str, int]
READERS = 2
PAUSE = 0.003  # seconds after a read: servers and publisher have no more than the same cores
# Readers ask for few pages, so that the stores hold them, and sometimes for others.
FEW, TURNS = 5, 0.3


class History:
    """What each fact has been, first one first, and which of it was acknowledged last. What an act
    will make of a fact stands there before it is acknowledged: readers may see it already."""

    def __init__(self, now: State) -> None:
        self.values = {fact: [number] for fact, number in now.items()}
        self.acknowledged = dict.fromkeys(now, 0)

    def begin(self, changes: State) -> None:
        for fact, number in changes.items():
            self.values[fact].append(number)

    def end(self, changes: State, *, happened: bool) -> None:
        for fact in changes:
            if happened:
                self.acknowledged[fact] = len(self.values[fact]) - 1
            else:
                self.values[fact].pop()

    def now(self) -> State:
        return {fact: self.values[fact][last] for fact, last in self.acknowledged.items()}

    def since(self, window: Window, fact: str) -> list[int]:
        """What readers may be told who asked when `window` was acknowledged."""
        return self.values[fact][window[fact] :]


@dataclass
class Race:
    """`flaws`: what readers were told and was not so any more, or never was."""

    sites: Sequence[Site]
    deaths: Sequence[str] = (BEFORE, AFTER, ANY)
    killed_of: float = 0.4  # part of the acts
    acts: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    reads: int = 0
    flaws: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.history = History(state())
        self.over = Event()
        self.number = 1
        self.pages = PAGES[:FEW]
        self.doomed: list[int] = []
        self.failure: BaseException | None = None

    # --- readers ---

    def read_on(self) -> None:
        connections = [site.connect() for site in self.sites]
        kept: dict[tuple[int, str], tuple[str, int, str]] = {}
        try:
            while not self.over.wait(PAUSE):
                at = random.randrange(len(connections))
                page = self._page()
                since = dict(self.history.acknowledged)
                tag, status, text = kept.get((at, page.path), ("", 0, ""))
                asked = {"If-None-Match": tag} if tag and random.random() < 0.3 else {}
                connections[at].request("GET", page.path, headers=asked)
                response = connections[at].getresponse()
                body = response.read().decode()
                if response.status != 304:
                    status, text = response.status, body
                    kept[at, page.path] = response.getheader("ETag") or "", status, text
                flaw = page.flaw(status, text, partial(self.history.since, since))
                if flaw:
                    self.flaws.append(flaw)
                self.reads += 1
        except BaseException as error:
            self.failure = error
            self.over.set()
        finally:
            for connection in connections:
                connection.close()

    def _page(self) -> Page | Doomed:
        if self.doomed and random.random() < 0.1:
            return Doomed(random.choice(self.doomed[-5:]))
        return random.choice(self.pages)

    # --- the publisher ---

    def run(self, acts: int, reads: int, *, until_flawed: bool = False) -> None:
        """Try so many acts, among at least so many reads. `until_flawed`: end with the first
        flaw."""
        threads = [Thread(target=self.read_on) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            with publisher(self.sites[0].log.parent) as process:
                for _ in range(acts):
                    # None, or many: acts follow each other closely as well.
                    self._let_read(self.reads + reads // acts * random.choice([0, 1, 2]))
                    if self.over.is_set() or (until_flawed and self.flaws):
                        return
                    self._act(process)
                self._let_read(reads)
        finally:
            self.over.set()
            for thread in threads:
                thread.join()
            if self.failure:
                raise self.failure

    def _let_read(self, until: int) -> None:
        while self.reads < until and not self.over.is_set():
            self.over.wait(0.002)

    def _act(self, process: "subprocess.Popen[str]") -> None:
        self.number += 1
        if random.random() < TURNS:
            self.pages = tuple(random.sample(PAGES, FEW))
        name = random.choice(possible(self.history.now()))
        death = random.choice(self.deaths) if random.random() < self.killed_of else ""
        changes = ACTS[name].facts(self.number, self.history.now())
        assert changes is not None
        if changes.get("doomed"):
            self.doomed.append(self.number)
        self.history.begin(changes)
        order = {"act": name, "number": self.number, "death": death}
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        said = process.stdout.readline()
        if is_done := said == "done\n":
            self.history.end(changes, happened=True)
            said = process.stdout.readline()
        assert said in ("ended 0\n", "ended -9\n"), f"{name}: {said!r}"
        if said == "ended -9\n":
            self.kills[death] += 1
        if is_done or self._find_out(name, changes):
            self.acts[name] += 1

    def _find_out(self, name: str, changes: State) -> bool:
        """Whether the act of a publisher that was killed came to its commit: the database tells
        whoever asks, and from then on readers must be told so, too."""
        time.sleep(ACTS[name].wait)
        found = state()
        happened = all(found[fact] == number for fact, number in changes.items())
        self.history.end(changes, happened=happened)
        assert found == self.history.now()
        return happened

    def told(self) -> str:
        return (
            f"{self.reads} reads, {sum(self.acts.values())} acts, {sum(self.kills.values())} kills"
            f" ({dict(self.kills)}), {len(self.flaws)} stale; "
            f"acts: {dict(self.acts)}"
        )


@contextmanager
def publisher(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", START, str(folder / "cleared")]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ(folder), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process
