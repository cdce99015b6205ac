"""The page store: ready answers to readers, in front of Django's application (WSGI).

    application = in_front_of(get_wsgi_application())

It answers from memory what it has answered before, as long as nothing has changed that the answer
hangs on: the database is asked with every request (watch.py), so that no page is older than what
was committed when its reader asked. Pages of pieces name the rows on which they hang (lasting.py);
all others hang on everything. Answers are Django's own, byte for byte; each encoding is kept by
itself.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from .. import policy
from ..counting import note_view
from ..lasting import ARTICLE, ASKED, UNTIL, Asked
from .flights import Flight, Flights
from .keys import Key, key_of
from .pages import Headers, Page, Pages
from .watch import Known, Watch

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
# 404 is not kept: there is no end of addresses that nobody knows.
KEPT = {200, 301, 410}
NOT_MODIFIED = "304 Not Modified"
FOR_EVER = float("inf")
PATIENCE = 5.0  # seconds that a reader waits for another thread to make the page


def in_front_of(application: Application) -> Application:
    """The application behind a store, if the settings want one."""
    room = settings.NEWSROOM_PAGE_STORE_MB * 1024 * 1024
    return PageStore(application, room=room) if settings.NEWSROOM_PAGE_STORE else application


class PageStore:
    """One a process. `room`: bytes that it may keep; `hits` and `misses` are counted."""

    def __init__(self, application: Application, *, room: int) -> None:
        self.application = application
        self.pages = Pages(room)
        self.watch = Watch(on_loss=self.pages.clear)
        self.flights = Flights()
        self.hits = self.misses = 0

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        key = key_of(environ)
        known = self.watch.look() if key else None
        if key is None or known is None:
            return self.application(environ, start_response)
        page = self._held(key, known)
        if page:
            return self._hit(page, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":  # there is no body that could be kept
            self.misses += 1
            return self.application(environ, start_response)
        return self._missed(key, known, environ, start_response)

    def _held(self, key: Key, known: Known) -> Page | None:
        page = self.pages.get(key)
        return page if page and page.is_right(known, time.time(), self.watch.changes) else None

    def _hit(self, page: Page, environ: Environ, start_response: Start) -> Iterable[bytes]:
        self.hits += 1
        if page.article:
            note_view(environ, page.article)
        return send(page, environ, start_response)

    def _missed(
        self, key: Key, known: Known, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        """One thread makes the page. The others wait and then look again, with a question of their
        own to the database; who waited for long, or for what can't be kept, makes it as well."""
        until = time.monotonic() + PATIENCE
        while True:
            flight, is_mine = self.flights.join(key)
            if is_mine:
                return self._lead(flight, key, known, environ, start_response)
            is_over = flight.is_over.wait(max(until - time.monotonic(), 0))
            found = self.watch.look()
            if found is None:
                return self.application(environ, start_response)
            known = found
            page = self._held(key, known)
            if page:
                return self._hit(page, environ, start_response)
            if not is_over or not flight.is_kept:
                return self._render(Flight(), key, known, environ, start_response)

    def _lead(
        self, flight: Flight, key: Key, known: Known, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        try:
            page = self._held(key, known)  # the leader before may have ended just now
            if page:
                flight.is_kept = True
                return self._hit(page, environ, start_response)
            return self._render(flight, key, known, environ, start_response)
        finally:
            self.flights.end(key)

    def _render(
        self, flight: Flight, key: Key, known: Known, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        """Ask Django for the whole page, whatever part of it the reader needs."""
        self.misses += 1
        now = time.time()
        whole = {name: said for name, said in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        said = Said()
        chunks = self.application(whole, said)
        if not said.is_public:
            start_response(said.status, said.headers, *said.error)
            return chunks
        page = Page(
            said.status, said.headers, joined(chunks), known.epoch,
            whole.get(UNTIL, FOR_EVER), whole.get(ARTICLE),
        )  # fmt: skip
        if said.may_be_kept and self._hangs(page, whole.get(ASKED), now):
            flight.is_kept = self.pages.put(key, page)
        return send(page, environ, start_response)

    def _hangs(self, page: Page, asked: Asked | None, now: float) -> bool:
        """Write down what the page hangs on, if it says so; whether that is known."""
        if asked is None:
            return True
        found = self.watch.follow(asked, now)
        if found:
            page.keys, until = found
            page.until = min(page.until, until)
        return found is not None


@dataclass(slots=True)
class Said:
    """What Django said of its answer, as a `start_response`."""

    status: str = ""
    headers: Headers = ()  # type: ignore[assignment]
    error: tuple[Any, ...] = ()

    def __call__(self, status: str, headers: Headers, *error: Any) -> None:
        self.status, self.headers, self.error = status, headers, error

    def all(self, name: str) -> list[str]:
        return [value for n, value in self.headers if n == name]

    @property
    def is_public(self) -> bool:
        """The same for everybody who asks for this encoding: as delivery.py makes it."""
        return self.all("Cache-Control") == [policy.REVALIDATED] and self.all("Vary") == [
            "Accept-Encoding"
        ]

    @property
    def may_be_kept(self) -> bool:
        return int(self.status[:3]) in KEPT and not self.all("Set-Cookie")


def joined(chunks: Iterable[bytes]) -> bytes:
    """The body; the request is at its end."""
    try:
        return b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()


def send(page: Page, environ: Environ, start_response: Start) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and page.is_known_to(asked):
        start_response(NOT_MODIFIED, page.headers_of_304)
        return []
    start_response(page.status, list(page.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]
