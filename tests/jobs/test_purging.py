"""A CDN in front is told what changed: soon, again while it fails, and no more than needed."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.public.conftest import READY
from trends.checks import cdn
from trends.jobs.purging import PURGE, look
from trends.jobs.worker import Worker
from trends.models import Article, Author, Edition, Job, Purge
from trends.models.job import FIRST_WAIT
from trends.models.making import make_article, make_author
from trends.models.purge import ON_ITS_WAY

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)


class FakeCdn(HTTPServer):
    """It answers with `status`, and keeps what it was sent."""

    status = 200
    asked: list[tuple[str, str | None, Any]]

    class Handler(BaseHTTPRequestHandler):
        server: "FakeCdn"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = self.headers["Authorization"], json.loads(body)
            self.server.asked.append((self.path, *said))
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass


@pytest.fixture
def fake(settings: Settings) -> Iterator[FakeCdn]:
    server = FakeCdn(("127.0.0.1", 0), FakeCdn.Handler)
    server.asked = []
    Thread(target=server.serve_forever, args=[0.05]).start()
    settings.NEWSROOM_CDN_PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge?all"
    settings.NEWSROOM_CDN_PURGE_TOKEN = "s3cret"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def clock() -> Iterator[Any]:
    """Somewhere in the day, and it stands still."""
    with time_machine.travel(timezone.now().replace(hour=9), tick=False) as clock:
        yield clock


@pytest.fixture
def piece(db: None, pam: User, clock: Any) -> Article:
    now = timezone.now() - timedelta(hours=1)
    return make_article("A pump house", by=pam, publish=True, now=now, **READY)


def work() -> None:
    """One round: what is due is done."""
    look(timezone.now())
    Job.objects.exclude(kind=PURGE).delete()
    Worker(once=True).run()


def settle(fake: FakeCdn, clock: Any) -> int:
    """The CDN knows all; how often it was told until then."""
    work()
    clock.shift(ON_ITS_WAY)
    work()
    return len(fake.asked)


def test_it_is_told_of_a_change_and_again_of_what_was_on_its_way(
    fake: FakeCdn, clock: Any, piece: Article
) -> None:
    before = settle(fake, clock)
    work()
    assert len(fake.asked) == before  # nothing changed
    make_author("Nora Vale")
    work()
    assert fake.asked[before:] == [("/purge?all", "Bearer s3cret", {"tags": ["newsroom"]})]
    clock.shift(ON_ITS_WAY)
    work()
    clock.shift(ON_ITS_WAY)
    work()
    assert len(fake.asked) == before + 2


def test_what_changes_while_it_is_told_is_told_next(
    fake: FakeCdn, clock: Any, piece: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settle(fake, clock)

    def tell() -> None:
        fake.asked.append(("", None, ""))
        if len(fake.asked) == before + 1:
            Edition.objects.update(title="Changed meanwhile")

    monkeypatch.setattr("trends.jobs.purging.tell", tell)
    Author.objects.create(name="Nora Vale", slug="nora")
    work()
    assert len(fake.asked) == before + 2
    work()
    assert len(fake.asked) == before + 2


def test_what_begins_by_the_clock_is_told_too(
    fake: FakeCdn, clock: Any, piece: Article, pam: User
) -> None:
    piece.title = "A larger pump house"
    piece.save()
    piece.record_revision(by=pam)
    piece.submit(by=pam)
    piece.approve(by=pam)
    piece.schedule(by=pam, live_from=timezone.now() + timedelta(hours=2))
    before = settle(fake, clock)
    clock.move_to(piece.planned()[0].live_from - SECOND)
    work()
    assert len(fake.asked) == before
    clock.shift(SECOND)
    work()
    assert len(fake.asked) == before + 1


def test_midnight_is_a_moment(fake: FakeCdn, clock: Any, piece: Article) -> None:
    before = settle(fake, clock)
    clock.shift(timedelta(hours=15))
    work()
    assert len(fake.asked) == before + 1


def test_one_that_fails_is_told_again(fake: FakeCdn, clock: Any, piece: Article) -> None:
    fake.status = 500
    work()
    assert Job.objects.get(kind=PURGE).error == "NotPurged: The CDN answered 500."
    for _ in range(3):
        work()  # it waits for its next attempt, whatever changes
        Author.objects.update(name="Another")
    assert len(fake.asked) == 1
    assert not Purge.objects.exists()
    fake.status = 204
    clock.shift(2 * FIRST_WAIT)
    work()
    assert Purge.objects.exists()
    assert not Job.objects.filter(kind=PURGE).exists()


def test_one_that_is_away_is_told_again_without_the_token_in_the_log(
    fake: FakeCdn, clock: Any, piece: Article, settings: Settings
) -> None:
    settings.NEWSROOM_CDN_PURGE_URL = "http://127.0.0.1:1/"
    work()
    job = Job.objects.get(kind=PURGE)
    assert job.error.startswith("ConnectionRefusedError")
    job.given_up_at = timezone.now()
    job.save()
    look(timezone.now())  # nor is it given up for good
    assert Job.objects.get(kind=PURGE).given_up_at is None


def test_a_worker_that_starts_tells_it(fake: FakeCdn, clock: Any, piece: Article) -> None:
    """There may be other templates now, or a backup that was restored."""
    before = settle(fake, clock)
    look(timezone.now(), anyway=True)
    Worker(once=True).run()
    assert len(fake.asked) == before + 1


def test_without_a_cdn_nothing_is_asked(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        look(timezone.now(), anyway=True)
    assert not Job.objects.filter(kind=PURGE).exists()


# --- what the CDN may keep ---

NAMES = ("CDN-Cache-Control", "Surrogate-Control", "Cache-Tag", "Surrogate-Key")


def test_pages_are_for_the_cdn_to_keep_and_not_for_browsers(
    fake: FakeCdn, client: Client, piece: Article
) -> None:
    for path in ("/", f"/trends/{piece.slug}/", "/feeds/trends.atom", "/api/v1/trends"):
        page = client.get(path)
        assert [page[n] for n in NAMES] == [
            "max-age=86400",
            "max-age=86400",
            "newsroom",
            "newsroom",
        ]
        assert page["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = client.get(path, headers={"If-None-Match": page["ETag"]})
        assert (again.status_code, again["Cache-Tag"]) == (304, "newsroom")
    desk = client.get("/admin/login/")
    assert not any(desk.has_header(name) for name in NAMES)


def test_a_page_that_changes_by_itself_soon_is_not_kept(
    fake: FakeCdn, client: Client, piece: Article
) -> None:
    """The sitemap of news drops what is two days old."""
    assert client.get("/sitemap-news.xml")["CDN-Cache-Control"] == "max-age=0"


def test_without_a_cdn_pages_say_nothing_of_it(client: Client, piece: Article) -> None:
    page = client.get("/")
    assert not any(page.has_header(name) for name in NAMES)


def test_half_of_the_settings_is_refused(settings: Settings) -> None:
    settings.NEWSROOM_CDN_PURGE_TOKEN = "s3cret"
    assert [found.id for found in cdn()] == ["trends.E007"]
    settings.NEWSROOM_CDN_PURGE_URL = "https://cdn.example.org/purge"
    assert cdn() == []
    settings.NEWSROOM_CDN_PURGE_TOKEN = ""
    assert [found.id for found in cdn()] == ["trends.W014"]
