"""What requests and queries cost in one large database. Run in a process of its own:

`python -m trends.management.benchmarks.asking SECONDS` prints {"count": live pieces, "version": …,
"costs": {name: [milliseconds of its statements, milliseconds of CPU in all, queries]}}.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from trends.demo.archive_words import ABSENT, COMMON, RARE  # noqa: E402
from trends.models import Edition  # noqa: E402
from trends.models.search_row import Wanted  # noqa: E402
from trends.models.searching import narrowed  # noqa: E402
from trends.public.paging import PARAMETER, SIZE, write  # noqa: E402
from trends.search import parse  # noqa: E402

WORDS = {"common": COMMON, "rare": RARE, "absent": ABSENT}
LEAST, PATIENCE = 3, 5.0  # of each; seconds on the clock after which fewer are enough
Cost = tuple[float, float, int]


def main(seconds: float) -> None:
    live = Edition.objects.live(timezone.now())
    desk = _desk()
    application: Any = get_wsgi_application()
    costs = {}
    for name, path in paths():
        cookie = desk if path.startswith("/admin/") else ""
        costs[name] = cost(partial(_get, application, path, cookie), seconds)
    for name, ask in queries():
        costs[name] = cost(ask, seconds)
    told = {"count": live.count(), "version": _version(), "costs": costs}
    print(json.dumps(told))


def paths() -> Iterator[tuple[str, str]]:
    """(name, path) of what is asked for."""
    live = Edition.objects.live(timezone.now())
    newest = live.newest_first().whole().filter(topic__isnull=False).first()
    if newest is None or newest.topic is None:
        raise LookupError("There is nothing to ask for: run make_archive.")
    deep = f"?{PARAMETER}={write(_middle())}"
    trends, search, desk = reverse("trends"), reverse("search"), "/admin/trends/article/"
    people = live.authors().order_by("pk")
    often, guest = people.first(), people.last()
    yield "list, newest first", trends
    yield "a trend by its slug", newest.get_absolute_url()
    yield "topic", newest.topic.get_absolute_url()
    yield "list, deep page", trends + deep
    yield "topic, deep page", newest.topic.get_absolute_url() + deep
    if often and guest:
        yield "author of many", often.get_absolute_url()
        yield "author of ten", guest.get_absolute_url()
    yield "front page", reverse("home")
    for name, word in WORDS.items():
        yield f"search page, {name} word", f"{search}?q={word}&order=newest"
        yield f"list filtered by a {name} word", f"{trends}?q={word}"
    yield "archive", reverse("archive")
    yield "sitemap", reverse("sitemap")
    yield "topics", reverse("topics")
    yield "desk: list", desk
    for tab in ("mine", "evidence", "review", "changes", "stale"):
        yield f"desk: tab {tab}", f"{desk}?tab={tab}"
    yield "desk: search a title", f"{desk}?q=Ferry"
    yield "desk: queue", f"{desk}queue/"
    yield "desk: my desk", "/admin/"


def queries() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Searching alone, newest first, as the design's bar has it."""
    for name, word in WORDS.items():
        yield f"search query, {name} word", partial(_newest, word)


def _newest(word: str) -> Any:
    live = Edition.objects.live(timezone.now())
    rows = narrowed(live, Wanted(parse(f'"{word}"'))).newest_in_index()
    return list(rows.values_list("pk", "search_row__position")[: SIZE + 1])


def cost(ask: Callable[[], Any], seconds: float) -> Cost:
    """The middle of the CPU; and of its statements, sent once more, the best time, rows and all:
    SQLite finds a row only when it is fetched. That is the clock's on PostgreSQL. SQLite works in
    this process, so that its CPU can be told, which others at work on the machine change less."""
    ask()  # makes templates ready, and pages of the database
    statements = list[tuple[str, Any]]()

    def note(execute: Any, sql: str, params: Any, *args: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, *args)

    with connection.execute_wrapper(note):
        ask()
    spent = list(_repeated(ask, time.process_time, seconds))
    reads = [(s, p) for s, p in statements if s.lstrip("( ").upper().startswith(("SELECT", "WITH"))]
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    waited = list(_repeated(lambda: _send(reads), clock, seconds / 2))
    return min(waited) * 1000, sorted(spent)[len(spent) // 2] * 1000, len(statements)


def _repeated(
    step: Callable[[], Any], clock: Callable[[], float], seconds: float
) -> Iterator[float]:
    """What each took: LEAST of them, but for one that takes very long, then as many as fit into
    the seconds; one for 0 seconds."""
    begin, count, least = time.monotonic(), 0, LEAST if seconds else 1
    while count < least or time.monotonic() - begin < seconds:
        start = clock()
        step()
        yield clock() - start
        count += 1
        if time.monotonic() - begin > PATIENCE:
            return


def _send(statements: list[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()


def _get(application: Any, path: str, cookie: str) -> None:
    told: list[str] = []
    environ: dict[str, Any] = RequestFactory().get(path).environ
    environ |= {"SERVER_NAME": "127.0.0.1", "wsgi.input": BytesIO(), "HTTP_COOKIE": cookie}
    answer = application(environ, lambda status, *_: told.append(status))
    b"".join(answer)
    answer.close()
    if not told[0].startswith("200"):
        raise LookupError(f"{path} answers {told[0]}")


def _desk() -> str:
    """The cookie of somebody who may do everything."""
    user = User.objects.filter(username="bench").first()
    client = Client()
    client.force_login(user or User.objects.create_superuser("bench"))
    return f"sessionid={client.cookies['sessionid'].value}"


def _middle() -> tuple[datetime, int]:
    """The key of a piece in the middle of the archive, by date."""
    live: Any = Edition.objects.live(timezone.now())
    dates = live.values_list("first_published_at", flat=True)
    first, last = dates.oldest_first().first(), dates.newest_first().first()
    piece = live.published_before(last - (last - first) / 2).newest_first().first()
    return (piece.first_published_at, piece.pk) if piece else (last, 0)


def _version() -> str:
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if is_sqlite else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


if __name__ == "__main__":
    main(float(sys.argv[1]))
