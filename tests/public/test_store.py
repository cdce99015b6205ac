"""The page store: what it answers is what Django would answer, byte for byte, or nothing."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.test import Client

from trends.models import Article
from trends.public import counting, policy
from trends.public.delivery import OF_THE_BODY
from trends.public.store import changes, in_front_of, watch
from trends.public.store.pages import OVERHEAD, Page, Pages

from .conftest import MakePiece
from .hidden import STATES, Desk, word_of
from .storing import Answer, Reader, Still, ask, new_store
from .test_wall import SAMPLES

pytestmark = pytest.mark.django_db
FEWEST = 70  # answers that must have come out of the store
CODINGS = ("br", "gzip, *;q=0", "")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(watch, "Connection", Still)
    return Reader(new_store())


def test_every_public_address_is_answered_as_without_it(reader: Reader, pam: User) -> None:
    """All patterns, with pieces in every hidden state and what they look like once public."""
    desk = Desk(pam)
    reveals = [make(desk, word_of(name)) for name, make in STATES.items()]
    for reveal in reveals[::2]:
        reveal()
    django = WSGIHandler()
    hits = 0
    for path in dict.fromkeys(sampled()):
        plain = ask(django, path, accept_encoding="br")
        asked = [reader(path, accept_encoding="br") for _ in range(2)]
        hits += reader.was_hit
        assert (path, asked) == (path, [plain, plain])
        if plain["Cache-Control"] == policy.REVALIDATED:
            assert (path, reader.was_hit) == (path, plain.status in (200, 301, 410))
    assert hits >= FEWEST


def sampled() -> Iterator[str]:
    """Of each pattern: some of its addresses, the first and the last among them."""
    for name, make in SAMPLES.items():
        if name != "shared":
            paths = make()
            yield from paths[:: len(paths) // 6 + 1] + paths[-1:]


@pytest.mark.parametrize("coding", CODINGS)
def test_each_encoding_whole_known_and_by_head(reader: Reader, full: Article, coding: str) -> None:
    """What is kept is the whole page, though its first reader had it already."""
    django = WSGIHandler()
    path = f"/trends/{full.slug}/"
    plain = ask(django, path, accept_encoding=coding)
    known = {"accept_encoding": coding, "if_none_match": plain["ETag"]}
    first = reader(path, **known)
    assert (first.status, reader.was_hit) == (304, False)
    unchanged = [(name, value) for name, value in plain.headers if name not in OF_THE_BODY]
    for if_none_match in (plain["ETag"], f'"a", W/{plain["ETag"]}', "*"):
        again = reader(path, accept_encoding=coding, if_none_match=if_none_match)
        assert (again, reader.was_hit) == (Answer(304, unchanged, b""), True)
        theirs = ask(django, path, accept_encoding=coding, if_none_match=if_none_match)
        assert sorted(theirs.headers) == sorted(again.headers)
    for asked in ({}, {"if_none_match": '"another"'}):
        assert reader(path, accept_encoding=coding, **asked) == plain
        assert reader.was_hit
    by_head = reader(path, "HEAD", accept_encoding=coding)
    assert by_head == ask(django, path, "HEAD", accept_encoding=coding)
    assert (reader.was_hit, by_head.headers) == (True, plain.headers)


def test_what_it_has_no_part_in(reader: Reader, piece: Article, client: Client, pam: User) -> None:
    path = f"/trends/{piece.slug}/"
    reader(path)
    assert reader.hits(path)
    client.force_login(pam)
    session = f"a=b; sessionid={client.cookies['sessionid'].value}"
    for headers in (
        {"cookie": session}, {"authorization": "Bearer x"}, {"if_match": '"x"'},
        {"host": "127.0.0.1"}, {"x-forwarded-proto": "https", "accept_encoding": "br"},
    ):  # fmt: skip
        assert not reader.hits(path, **headers)
    endless = {"accept_encoding": "br, " + 300 * "x"}
    reader(path, **endless)
    assert not reader.hits(path, **endless)
    for unknown in (
        "/?utm_source=x",
        "/trends/?q=a&never=1",
        "/nowhere/",
        "/admin/",
        "/search/?q=" + 300 * "x",
    ):
        reader(unknown)
        assert not reader.hits(unknown)
    assert ask(reader.store, path, "POST").status == 405
    assert reader.hits("/?utm_source=x", cookie="theme=dark") is False
    assert reader.hits(path, cookie="theme=dark")


def test_a_secret_page_is_not_kept(reader: Reader, piece: Article, pam: User) -> None:
    (path, *_) = SAMPLES["shared"]()
    assert not any(reader.hits(path) for _ in range(2))
    assert reader.store.pages.size == 0


def test_a_cookie_is_nobody_elses(reader: Reader, piece: Article) -> None:
    """Something in front of the pages sets one: a page with it is given to who asked, once."""

    def with_cookie(environ: Any, start_response: Any) -> Any:
        def start(status: str, headers: Any, *error: Any) -> Any:
            return start_response(status, [*headers, ("Set-Cookie", "a=b")], *error)

        return WSGIHandler()(environ, start)

    reader.store.application = with_cookie
    assert [reader("/")["Set-Cookie"] for _ in range(2)] == ["a=b", "a=b"]
    assert (reader.was_hit, reader.store.pages.size) == (False, 0)


def test_https_is_another_page(reader: Reader, piece: Article, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    reader.store.application, by_proxy = WSGIHandler(), {"x_forwarded_proto": "https"}
    assert reader("/", **by_proxy).status == 200
    assert reader("/").status == 301
    assert reader.hits("/", **by_proxy)


def test_views_are_counted_once_each(reader: Reader, piece: Article) -> None:
    path = f"/trends/{piece.slug}/"
    before = counting.tally.total()
    etag = reader(path, user_agent=FIREFOX)["ETag"]
    for headers in ({}, {"if_none_match": etag}):
        assert reader.hits(path, user_agent=FIREFOX, **headers)
    reader(path, user_agent="curl/8")
    reader(path, "HEAD", user_agent=FIREFOX)
    reader("/", user_agent=FIREFOX)
    assert counting.tally.total() - before == 3


def test_memory_is_bounded_and_what_is_asked_stays(
    reader: Reader, live: MakePiece, piece: Article
) -> None:
    reader.store.pages.room = 120_000
    for number in range(20):
        reader(f"/search/?q=word{number}")
        reader("/")
    pages = reader.store.pages
    assert pages.size <= pages.room
    assert pages.size == sum(page.size for page in pages.kept.values())
    assert 2 < len(pages.kept) < 20
    assert reader.hits("/")
    assert reader.hits("/search/?q=word19")
    assert not reader.hits("/search/?q=word0")


def test_a_page_that_is_too_large_is_not_kept() -> None:
    pages = Pages(8 * OVERHEAD * 2)
    for body, kept in ((b"x" * OVERHEAD, 1), (b"x" * (OVERHEAD + 1), 1), (b"", 1)):
        pages.put("a" if kept else "b", Page("200 OK", [], body, 1, 0, None))
    assert list(pages.kept) == ["a"]
    assert pages.size == OVERHEAD


def test_what_is_forgotten_of_changes_counts_as_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST", 2)
    known = changes.Changes()
    for epoch, key in enumerate(("a", "b", "a", "c"), 2):
        known.note({key}, epoch)
    assert list(known.epochs.items()) == [("a", 4), ("c", 5)]
    assert [known.spare({"x"}, epoch) for epoch in (1, 2, 3)] == [False, False, True]
    assert [known.spare({"x", "a"}, epoch) for epoch in (3, 4, 5)] == [False, True, True]
    known.note(None, 6)
    assert [known.spare({"x"}, epoch) for epoch in (5, 6)] == [False, True]
    assert known.epochs == {}


def test_it_can_be_switched_off(settings: Any) -> None:
    application = WSGIHandler()
    settings.NEWSROOM_PAGE_STORE = False
    assert in_front_of(application) is application
    settings.NEWSROOM_PAGE_STORE, settings.NEWSROOM_PAGE_STORE_MB = True, 2
    assert in_front_of(application).pages.room == 2 * 1024 * 1024  # type: ignore[attr-defined]


def test_in_maintenance_nothing_comes_out_of_it(
    reader: Reader, piece: Article, settings: Any
) -> None:
    reader("/")
    settings.NEWSROOM_MAINTENANCE = True
    assert reader("/").status == 503


class TestWhenTheDatabaseIsAway:
    def test_readers_get_what_is_held(
        self, reader: Reader, piece: Article, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        page = reader("/")
        monkeypatch.setattr(Still, "error", OperationalError("nobody listens"))
        for _ in range(3):
            assert (reader("/"), reader.was_hit) == (page, True)
        assert caplog.text.count("The database is away") == 1
        monkeypatch.setattr(Still, "error", None)
        assert reader.hits("/")
        assert not reader.store.watch.is_away

    def test_but_not_for_long_nor_beyond_what_is_planned(
        self, reader: Reader, piece: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = time.time()
        for end, hits in ((now + 100, [0, 99]), (now + 9999, [0, 99, watch.LONGEST_OUTAGE - 1])):
            monkeypatch.setattr(Still, "error", None)
            monkeypatch.setattr(Still, "end", end)
            reader.store.watch.known = None
            with time_machine.travel(now, tick=False):
                reader("/")
            monkeypatch.setattr(Still, "error", OperationalError("nobody listens"))
            found = []
            for later in (0, 99, watch.LONGEST_OUTAGE - 1, watch.LONGEST_OUTAGE + 1):
                with time_machine.travel(now + later, tick=False):
                    found += [later] if reader.hits("/") else []
            assert found == hits

    def test_a_trend_page_need_not_mind_the_moments_of_others(
        self, reader: Reader, piece: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, now = f"/trends/{piece.slug}/", time.time()
        monkeypatch.setattr(Still, "end", now + 100)
        with time_machine.travel(now, tick=False):
            answers = [reader(path), reader("/")]
        monkeypatch.setattr(Still, "error", OperationalError("nobody listens"))
        with time_machine.travel(now + 101, tick=False):
            assert (reader(path), reader.was_hit) == (answers[0], True)
            assert not reader.hits("/")
