"""What public pages cost when nothing is kept of them: whole requests through WSGI, in this
process, one after the other."""

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.client import RequestFactory
from django.urls import reverse
from django.utils import timezone

from trends.models import Edition
from trends.public.sitemaps import Part

NEWEST = 5  # of these pieces the one with the longest text


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one request: milliseconds of CPU, milliseconds on the clock for answers of the database,
    how many there were, and the bytes of the page."""

    cpu: float
    database: float
    queries: int
    size: int


def pages() -> Iterator[tuple[str, str]]:
    """(name, path) of a page of each kind; those that there are pieces for."""
    live = Edition.objects.live(timezone.now())
    yield "front page", reverse("home")
    yield "list of trends", reverse("trends")
    newest = max(live.newest_first().whole()[:NEWEST], key=lambda e: e.words, default=None)
    if newest:
        yield "trend", newest.get_absolute_url()
        if newest.topic:
            yield "topic", newest.topic.get_absolute_url()
        if authors := newest.authors:
            yield "author", authors[0].get_absolute_url()
        at = timezone.localtime(newest.first_published_at)
        yield "month", reverse("month", args=[at.year, at.month])
        yield "search", f"{reverse('search')}?q={newest.title.split()[0]}"
        of_utc = Part(f"{newest.first_published_at:%Y-%m}")
        yield "sitemap of a month", reverse("sitemap_month", args=[of_utc])
    yield "archive", reverse("archive")
    yield "corrections", reverse("corrections")
    yield "feed", reverse("feed", args=["atom"])
    yield "sitemap", reverse("sitemap")
    yield "sitemap of lists", reverse("sitemap_pages")


class Site:
    """The whole site, asked as a server asks it."""

    def __init__(self) -> None:
        self.application: Any = get_wsgi_application()
        self.queries, self.waited = 0, 0.0

    def get(self, path: str) -> tuple[str, bytes]:
        """(status line, body)."""
        told: list[str] = []
        environ: dict[str, Any] = RequestFactory().get(path).environ
        environ |= {"SERVER_NAME": "127.0.0.1", "wsgi.input": BytesIO(), "REMOTE_ADDR": "127.0.0.1"}
        answer = self.application(environ, lambda status, *_: told.append(status))
        body = b"".join(answer)
        answer.close()
        return told[0], body

    def cost(self, path: str, seconds: float) -> Cost:
        """The middle of the requests that fit into so much CPU, three at least; the first one,
        which makes templates ready, does not count."""
        status, body = self.get(path)
        if not status.startswith("200"):
            raise LookupError(f"{path} answers {status}")
        with connection.execute_wrapper(self._watch):
            self.queries, self.waited = 0, 0.0
            self.get(path)
            queries, waited = self.queries, self.waited
        spent = list[float]()
        gc.collect()
        while len(spent) < 3 or sum(spent) < seconds:
            start = time.process_time()
            self.get(path)
            spent.append(time.process_time() - start)
        middle = sorted(spent)[len(spent) // 2]
        return Cost(middle * 1000, waited * 1000, queries, len(body))

    def _watch(self, execute: Any, *args: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.queries += 1
            self.waited += time.perf_counter() - start
