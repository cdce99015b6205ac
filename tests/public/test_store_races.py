"""Readers and a publisher at once: no reader gets a page older than what was acknowledged before
the reader asked. RACES=2000 makes it long."""

import os
import re
from threading import Event, Thread

import pytest
from django.db import connection

from trends.models import Article, Edition
from trends.public.store import watch

from .storing import Reader, Still, ask, new_store

pytestmark = pytest.mark.django_db(transaction=True)
ACTS = int(os.environ.get("RACES", "40"))


class Race:
    """A publisher that numbers its titles, and readers that look for the number."""

    def __init__(self, readers: int) -> None:
        self.store = new_store()
        self.acknowledged, self.reads, self.stale = 0, 0, 0
        self.is_over = Event()
        self.threads = [Thread(target=self.read) for _ in range(readers)]

    def read(self) -> None:
        try:
            while not self.is_over.is_set():
                before = self.acknowledged
                found = re.search(r"Number (\d+) of", ask(self.store, "/llms.txt").text)
                assert found
                self.reads += 1
                self.stale += int(found[1]) < before
        finally:
            self.store.watch.close()
            connection.close()

    def run(self) -> None:
        for thread in self.threads:
            thread.start()
        for number in range(1, ACTS + 1):
            Edition.objects.update(title=f"Number {number} of many")  # commits
            self.acknowledged = number
            until = self.reads + 3
            while self.reads < until and any(t.is_alive() for t in self.threads):
                self.is_over.wait(0.001)
        self.is_over.set()
        for thread in self.threads:
            thread.join()


def test_nobody_gets_what_is_older_than_what_was_acknowledged(piece: Article) -> None:
    Edition.objects.update(title="Number 0 of many")
    race = Race(readers=2)
    race.run()
    print(f"\n{connection.vendor}: {race.reads} reads, {race.store.hits} hits, {race.stale} stale")
    assert race.stale == 0
    assert race.reads >= 3 * ACTS
    assert race.store.hits > 0


def test_control_a_publisher_that_dies_before_it_clears_is_noticed(
    piece: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where clearing is a second step after the commit."""
    monkeypatch.setattr(watch, "Connection", Still)
    Edition.objects.update(title="Number 0 of many")
    race = Race(readers=1)
    race.run()
    assert race.stale > 0


def test_two_stores_know_of_each_others_changes(piece: Article) -> None:
    """As in two processes: nothing passes between them but the database."""
    readers = [Reader(new_store()) for _ in range(2)]
    for number in range(3):
        Edition.objects.update(title=f"Number {number} of many")
        for reader in readers:
            assert f"Number {number} of many" in reader("/").text
            assert reader.hits("/")
    for reader in readers:
        reader.store.watch.close()
