"""Readers that never stop, each over a connection that it keeps, and what they were answered."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread

from tests.serving import Site
from tests.test_commands import until

READERS = 3
# At once on a new connection; that one may still lead to a worker that is just dying.
ATTEMPTS, PAUSE = 3, 0.5
BROKEN = (ConnectionError, HTTPException)


@dataclass
class Load:
    """`answers`: how often each status came. `cut_off`: connections that broke before an answer
    was there, by attempt; `lost`: requests that got none."""

    site: Site
    paths: Sequence[str]
    answers: Counter[int] = field(default_factory=Counter)
    cut_off: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    over: Event = field(default_factory=Event)

    @property
    def reads(self) -> int:
        return sum(self.answers.values())

    def read_on(self) -> None:
        connection = self.site.connect()
        while not self.over.is_set():
            path = random.choice(self.paths)
            for attempt in range(ATTEMPTS):
                try:
                    self.answers[get(connection, path)] += 1
                    break
                except BROKEN:
                    self.cut_off[attempt] += 1
                    connection.close()
                    time.sleep(PAUSE * attempt)
                    connection = self.site.connect()
            else:
                self.lost += 1
        connection.close()

    def go_on(self, reads: int) -> None:
        """Until so many more are answered."""
        goal = self.reads + reads
        until(lambda: self.reads >= goal, f"no more answers: {self}")


def get(connection: HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    return response.status


@contextmanager
def load(site: Site, paths: Sequence[str]) -> Iterator[Load]:
    found = Load(site, paths)
    threads = [Thread(target=found.read_on) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.over.set()
        for thread in threads:
            thread.join()
