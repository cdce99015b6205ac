"""A page store in a test, asked as a server would ask it. Where it looks at the database, through
a connection of its own, tests commit (`transaction=True`)."""

from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from trends.public.lasting import Asked
from trends.public.store import PageStore

ROOM = 4 * 1024 * 1024


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def __getitem__(self, name: str) -> str:
        return dict(self.headers)[name]


def ask(application: Any, path: str, method: str = "GET", **headers: str) -> Answer:
    """ask(store, "/", if_none_match="…")"""
    said: list[Any] = []
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory().generic(method, path, headers=named)
    # As Django's test client: the transaction of the test needs its connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        chunks = application(request.environ, lambda *args: said.extend(args))
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    return Answer(int(said[0][:3]), said[1], b"" if method == "HEAD" else body)


def new_store(room: int = ROOM) -> PageStore:
    return PageStore(WSGIHandler(), room=room)


class Still:
    """A connection to a database in which nothing ever changes (store/watch.py)."""

    end = float("inf")
    error: Exception | None = None

    def newest(self) -> int:
        self.newer(1)
        return 1

    def newer(self, cursor: int) -> None:
        if self.error:
            raise self.error

    def next_moment(self, now: float) -> float:
        return self.end

    def follow(self, asked: Asked, now: float) -> tuple[frozenset[str], float]:
        return frozenset({f"article:{asked.article}"}), float("inf")

    def close(self) -> None:
        pass


class Reader:
    """Asks the store, and knows whether the last answer came out of it."""

    def __init__(self, store: PageStore) -> None:
        self.store = store
        self.was_hit = False

    def __call__(self, path: str, method: str = "GET", **headers: str) -> Answer:
        before = self.store.hits
        answer = ask(self.store, path, method, **headers)
        self.was_hit = self.store.hits > before
        return answer

    def hits(self, path: str, **headers: str) -> bool:
        self(path, **headers)
        return self.was_hit
