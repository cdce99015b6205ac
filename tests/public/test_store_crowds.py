"""Many ask at once for a page that is not ready: one thread makes it."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from threading import Event, Lock, Semaphore, Thread
from typing import Any

import pytest

from trends.public import policy, store
from trends.public.store import PageStore, watch
from trends.public.store.flights import Flight

from .storing import ROOM, Still, ask

WAITERS = 4
KEPT = [("Cache-Control", policy.REVALIDATED), ("Vary", "Accept-Encoding")]


class Slow:
    """An application whose first answer takes until it is let go; all are numbered."""

    status = "200 OK"
    error: Exception | None = None

    def __init__(self) -> None:
        self.calls, self.lock = 0, Lock()
        self.has_begun, self.may_end = Event(), Event()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        with self.lock:
            self.calls += 1
            number = self.calls
        if number == 1:
            self.has_begun.set()
            assert self.may_end.wait(20)
            if self.error:
                raise self.error
        start_response(self.status, list(KEPT))
        return [b"%d" % number]


class Crowd:
    """A leader, and others who come while it makes the page."""

    def __init__(self) -> None:
        self.application = Slow()
        self.store = PageStore(self.application, room=ROOM)
        self.waiting = Semaphore(0)
        self.texts: list[str] = []
        self.errors: list[Exception] = []
        self.join, self.store.flights.join = self.store.flights.join, self.see  # type: ignore[method-assign]

    def see(self, key: Hashable) -> tuple[Flight, bool]:
        flight, is_mine = self.join(key)
        if not is_mine:
            self.waiting.release()
        return flight, is_mine

    def one(self) -> None:
        try:
            self.texts.append(ask(self.store, "/").text)
        except ZeroDivisionError as error:
            self.errors.append(error)

    def come(self) -> tuple[Thread, list[Thread]]:
        threads = [Thread(target=self.one) for _ in range(1 + WAITERS)]
        threads[0].start()
        assert self.application.has_begun.wait(20)
        for thread in threads[1:]:
            thread.start()
        for _ in range(WAITERS):
            assert self.waiting.acquire(timeout=20)
        return threads[0], threads[1:]

    def go(self, meanwhile: Callable[[], Any] = lambda: None) -> None:
        leader, waiters = self.come()
        meanwhile()
        self.application.may_end.set()
        ended(leader, *waiters)


def ended(*threads: Thread) -> None:
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Crowd:
    monkeypatch.setattr(watch, "Connection", Still)
    return Crowd()


def test_one_makes_it_for_all(crowd: Crowd) -> None:
    crowd.go()
    assert (crowd.texts, crowd.errors) == (["1"] * (1 + WAITERS), [])
    assert (crowd.application.calls, crowd.store.hits) == (1, WAITERS)
    assert crowd.store.flights.by_key == {}


def test_what_became_old_meanwhile_is_made_once_more(crowd: Crowd) -> None:
    """Who waited asked before the change, or after it: nobody gets what the leader made."""

    def change() -> None:
        known = crowd.store.watch.known
        assert known
        crowd.store.watch.known = replace(known, epoch=known.epoch + 1)

    crowd.go(change)
    assert sorted(crowd.texts) == ["1"] + ["2"] * WAITERS
    assert crowd.application.calls == 2


def test_an_error_is_the_leaders_alone(crowd: Crowd) -> None:
    crowd.application.error = ZeroDivisionError()
    crowd.go()
    assert (len(crowd.errors), len(crowd.texts)) == (1, WAITERS)
    assert "1" not in crowd.texts
    assert crowd.store.flights.by_key == {}


def test_what_cant_be_kept_everybody_makes(crowd: Crowd) -> None:
    crowd.application.status = "404 Not Found"
    crowd.go()
    assert sorted(crowd.texts) == [str(n + 1) for n in range(1 + WAITERS)]


def test_nobody_waits_for_ever(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.01)
    crowd.application.status = "404 Not Found"  # the first to give up makes none ready for others
    leader, waiters = crowd.come()
    ended(*waiters)
    assert (len(crowd.texts), leader.is_alive()) == (WAITERS, True)
    assert "1" not in crowd.texts
    crowd.application.may_end.set()
    ended(leader)
