"""Views of pieces: who counts as a reader, that a view costs no write, and that none is lost."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Article, DayViews
from trends.models import day_views as rows
from trends.models.erasing import erase
from trends.models.making import make_article
from trends.models.readership import add_views
from trends.public import counting
from trends.public.counting import Today, is_browser, note_view
from trends.public.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
READER = {"User-Agent": FIREFOX}


@pytest.fixture(autouse=True)
def tally(monkeypatch: pytest.MonkeyPatch) -> Tally:
    """Of this test alone; nobody writes but who says write_down()."""
    own = Tally(add_views, every=None)
    monkeypatch.setattr(counting, "tally", own)
    return own


def path_of(article: Article) -> str:
    return f"/trends/{article.slug}/"


def kept(article: Article) -> list[tuple[date, int]]:
    return list(article.day_views.order_by("day").values_list("day", "views"))


def test_it_works(client: Client, piece: Article, tally: Tally) -> None:
    """Also for a page that the browser has already, and is told so with 304."""
    page = client.get(path_of(piece), headers=READER)
    again = client.get(path_of(piece), headers=READER | {"If-None-Match": page["ETag"]})
    assert (page.status_code, again.status_code) == (200, 304)
    tally.write_down()
    assert kept(piece) == [(timezone.localdate(), 2)]
    client.get(path_of(piece), headers=READER)
    tally.write_down()
    assert kept(piece) == [(timezone.localdate(), 3)]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"User-Agent": "curl/8.5.0"},
        READER | {"Sec-Purpose": "prefetch;prerender"},
        READER | {"Purpose": "prefetch"},
    ],
)
def test_what_is_no_reader(
    client: Client, piece: Article, tally: Tally, headers: dict[str, str]
) -> None:
    assert client.get(path_of(piece), headers=headers).status_code == 200
    assert not tally.waiting


def test_neither_are_a_head_nor_whoever_is_logged_in(
    client: Client, piece: Article, pam: User, tally: Tally
) -> None:
    client.head(path_of(piece), headers=READER)
    client.force_login(pam)
    for path in (path_of(piece), f"/admin/trends/article/{piece.pk}/preview/"):
        assert client.get(path, headers=READER).status_code == 200
    assert not tally.waiting


def test_only_the_piece_itself_is_counted(
    client: Client, piece: Article, pam: User, tally: Tally, settings: Any
) -> None:
    path = path_of(piece)
    for other in ("/", "/trends/", "/about/", "/nowhere/", path.rstrip("/"), "/trends/unknown/"):
        client.get(other, headers=READER)
    settings.NEWSROOM_COUNT_VIEWS = False
    client.get(path, headers=READER)
    settings.NEWSROOM_COUNT_VIEWS = True
    piece.retract(by=pam, notice="It was not so.")
    assert client.get(path, headers=READER).status_code == 200  # the notice is not the piece
    assert not tally.waiting


def test_the_page_about_the_site_says_so(client: Client, settings: Any) -> None:
    assert "How we count" in client.get("/about/").text
    settings.NEWSROOM_COUNT_VIEWS = False
    assert "How we count" not in client.get("/about/").text


@pytest.mark.parametrize(
    ("user_agent", "is_one"),
    [
        (FIREFOX, True),
        ("Mozilla/5.0 (Linux; Android 14; CUBOT X70) AppleWebKit/537.36 Chrome/140.0", True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", True),
        ("Mozilla/5.0 (compatible; Examplebot/2.1; +http://www.example.com/bot.html)", False),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ExampleOther)", False),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36", False),
        ("python-requests/2.32", False),
        ("", False),
    ],
)
def test_browsers_and_programs(user_agent: str, is_one: bool) -> None:
    assert is_browser(user_agent) is is_one


def test_a_view_costs_no_query(client: Client, piece: Article, tally: Tally) -> None:
    found = []
    for headers in ({}, READER):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path_of(piece), headers=headers)
        found.append([query["sql"].split()[0] for query in queries])
        assert not response.cookies
    assert found[0] == found[1] == ["SELECT"] * 4
    assert tally.total() == 1


def test_nothing_of_a_reader_is_kept(client: Client, piece: Article, tally: Tally) -> None:
    """What waits and what is written is a piece, a day and a number."""
    client.get(path_of(piece), headers=READER, REMOTE_ADDR="203.0.113.7")
    assert tally.waiting == {(piece.pk, timezone.localdate()): 1}
    assert {field.name for field in DayViews._meta.fields} == {"id", "article", "day", "views"}


def test_a_day_ends_where_the_site_is(piece: Article, tally: Tally, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    today = Today()
    for moment, day in (
        ("2026-06-10T21:59:59+00:00", date(2026, 6, 10)),
        ("2026-06-10T22:00:00+00:00", date(2026, 6, 11)),
        ("2026-06-10T21:59:59+00:00", date(2026, 6, 10)),  # clocks are put back
        ("2026-10-25T22:59:59+00:00", date(2026, 10, 25)),  # 25 hours long
        ("2026-10-25T23:00:00+00:00", date(2026, 10, 26)),
    ):
        assert today.of(datetime.fromisoformat(moment).timestamp()) == day
    with time_machine.travel(datetime.fromisoformat("2026-06-10T22:00:00+00:00"), tick=False):
        note_view({"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": FIREFOX}, piece.pk)
    assert [day for _, day in tally.waiting] == [date(2026, 6, 11)]


def test_one_statement_for_many_pieces(pam: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [make_article(f"Piece {n}", by=pam) for n in range(4)]
    today = timezone.localdate()
    with CaptureQueriesContext(connection) as queries:
        add_views({(piece.pk, today): 2 for piece in pieces})
    written = [query["sql"] for query in queries if query["sql"].startswith("INSERT")]
    assert len(written) == 1
    monkeypatch.setattr(rows, "ROWS", 3)
    add_views({(piece.pk, today): 5 for piece in pieces})
    assert [kept(piece) for piece in pieces] == [[(today, 7)]] * 4


def test_a_piece_that_is_gone_takes_nothing_along(piece: Article, pam: User, tally: Tally) -> None:
    erased, deleted = (make_article(title, by=pam) for title in ("Erased", "Deleted"))
    gone = deleted.pk
    for pk in (piece.pk, erased.pk, gone):
        counting.count(pk)
    erase(erased, by=pam, reason="Privacy.")
    deleted.delete()
    tally.write_down()
    assert list(DayViews.objects.values_list("article", "views")) == [(piece.pk, 1)]


def test_what_could_not_be_written_waits() -> None:
    written: Counter[str] = Counter()
    faults = [DatabaseError("away"), DatabaseError("still away"), None]

    def write(counts: Any) -> None:
        if fault := faults.pop(0):
            tally.count("b")  # a reader comes meanwhile, and waits for nothing
            raise fault
        written.update(counts)

    tally = Tally(write, every=None)
    for _ in range(3):
        tally.count("a")
    for _ in range(2):
        with pytest.raises(DatabaseError):
            tally.write_down()
    assert not written
    tally.write_down()
    tally.write_down()  # nothing is left, so nobody is asked
    assert (written, faults) == ({"a": 3, "b": 2}, [])


def test_a_thread_writes_now_and_then_whatever_fails(caplog: pytest.LogCaptureFixture) -> None:
    turns, done = [DatabaseError("away"), None], Event()
    written: Counter[str] = Counter()

    def write(counts: Any) -> None:
        if fault := turns.pop(0):
            raise fault
        written.update(counts)
        done.set()

    tally = Tally(write, every=0.01)
    tally.count("a")
    assert done.wait(20)
    tally.every = None  # its thread ends
    assert written == {"a": 1}
    assert "1 views wait to be written down: away" in caplog.text


IN_A_PROCESS = """
import multiprocessing, os, sys, time
from trends.public.tally import Tally

def write(counts):
    print(name, dict(counts), flush=True)

name, tally = "parent", Tally(write, every=600)

def work():
    global name
    name = "child"
    tally.count("b")

tally.count("a")
child = multiprocessing.get_context("fork").Process(target=work)
child.start()
child.join()
tally.count("a")
"""


def test_each_process_writes_its_own_when_it_ends() -> None:
    """A fork takes along neither numbers nor a lock that somebody holds."""
    quiet = ["-W", "ignore::DeprecationWarning"]  # of a fork beside a thread, since Python 3.12
    command = [sys.executable, *quiet, "-c", IN_A_PROCESS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout == "child {'b': 1}\nparent {'a': 2}\n"


@pytest.mark.django_db(transaction=True)
def test_no_view_is_lost_and_none_is_counted_twice() -> None:
    """Two processes, as two tallies, of which each has two readers at a time and is written down
    again and again, on the same rows."""
    pieces = [make_article(f"Piece {n}") for n in range(3)]
    keys = [(piece.pk, timezone.localdate()) for piece in pieces]
    tallies = [Tally(add_views, every=None) for _ in range(2)]
    written = []

    def read(number: int) -> None:
        try:
            for n in range(500):
                tallies[number % 2].count(keys[n % 3])
                if n % 100 == number:
                    tallies[number % 2].write_down()
                    written.append(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read, range(4)))
    for tally in tallies:
        tally.write_down()
    assert len(written) == 20
    assert [kept(piece)[0][1] for piece in pieces] == [4 * 167, 4 * 167, 4 * 166]
