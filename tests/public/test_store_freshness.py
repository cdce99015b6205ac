"""After each change the next reader gets what is true now: the store is asked, and compared with
Django, which is asked behind it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from trends.models import Article, Author, Edition, Image, Pin, Topic
from trends.models.erasing import erase
from trends.models.merging import merge_topic
from trends.models.relating import relate_all
from trends.public.store import watch

from .conftest import MakePiece, make_picture
from .storing import Answer, Reader, ask, new_store

pytestmark = pytest.mark.django_db(transaction=True)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def reader() -> Iterator[Reader]:
    store = new_store()
    yield Reader(store)
    store.watch.close()


def truth(path: str) -> Answer:
    return ask(WSGIHandler(), path)


def same(reader: Reader, paths: list[str]) -> list[Answer]:
    """What the store answers, twice; each of it must be what Django answers."""
    answers = []
    for path in paths:
        true = truth(path)
        assert [reader(path) for _ in range(2)] == [true, true], path
        answers.append(true)
    return answers


def edit(article: Article, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    article.record_revision(by=None)


def test_after_each_verb_the_next_reader_gets_what_is_true(
    reader: Reader, full: Article, author: Author, topic: Topic, pam: User
) -> None:
    path = f"/trends/{full.slug}/"
    paths = [path, "/", "/trends/?q=pump", "/feeds/trends.atom", "/corrections/"]
    other = Article.objects.exclude(pk=full.pk).get()
    now = timezone.now()

    def correct() -> None:
        edit(full, lede="<p>The town wants four.</p>")
        full.submit(by=pam)
        full.approve(by=pam)
        full.correct(by=pam, text="Four, not three.")

    def schedule() -> None:
        edit(full, analysis="Later.")
        full.submit(by=pam)
        full.approve(by=pam)
        full.schedule(by=pam, live_from=timezone.now() + HOUR)

    steps: list[Callable[[], Any]] = [
        correct,
        lambda: Author.objects.update(name="Nora Dale"),
        lambda: Image.objects.update(alt_text="Another pump house"),
        lambda: Topic.objects.update(name="Ports"),
        lambda: Edition.objects.filter(article=full).update(hero=make_picture(credit="Bo Lund")),
        lambda: Pin.objects.create(article=other, slot=0, starts_at=now, at=now),
        lambda: Pin.objects.all().delete(),
        lambda: edit(other, title="The very first pump house"),
        lambda: other.publish_now(by=pam),
        lambda: full.confirm(by=pam),
        lambda: merge_topic(
            topic, into=Topic.objects.create(name="Sea", slug="sea"), by=pam, now=now
        ),
        lambda: Edition.objects.filter(article=full).update(title="In bulk"),
        lambda: full.retract(by=pam, notice="It was not so."),
        lambda: full.reinstate(by=pam),
        lambda: other.remove(by=pam, note="Law."),
        schedule,
        lambda: full.hold(by=pam, note="So."),
        lambda: relate_all(timezone.now()),
        lambda: erase(full, by=pam, reason="Law"),
    ]
    silent = {steps[7], steps[15], steps[16], steps[17]}  # nothing that these pages show
    before = same(reader, paths)
    for number, step in enumerate(steps):
        step()
        full.refresh_from_db()
        after = same(reader, paths)
        assert (number, before != after) == (number, step not in silent)
        before = after
    assert reader(path).status == 410


def test_what_begins_and_ends_by_the_clock(
    reader: Reader, full: Article, live: MakePiece, topic: Topic, picture: Image, pam: User
) -> None:
    """Nothing is written; each moment is looked at just before and just after."""
    now = timezone.now().replace(microsecond=0)
    tomorrow = timezone.localdate(now) + DAY
    path = f"/trends/{full.slug}/"
    other = Article.objects.exclude(pk=full.pk).get()
    Pin.objects.create(article=other, slot=0, starts_at=now + HOUR, ends_at=now + 2 * HOUR, at=now)
    Image.objects.update(rights_expire_on=tomorrow)
    Topic.objects.update(ages_after=3)
    full.refresh_from_db()
    edit(full, analysis="Sluices.")
    full.submit(by=pam)
    full.approve(by=pam)
    full.schedule(by=pam, live_from=now + 3 * HOUR)
    first = full.editions.latest("live_from")
    start_of_day = datetime.combine(
        tomorrow + DAY, datetime.min.time(), timezone.get_default_timezone()
    )
    assert first.ages_at
    moments = [
        ("/", now + HOUR), ("/", now + 2 * HOUR),
        (path, now + 3 * HOUR), ("/feeds/trends.rss", now + 3 * HOUR),
        (path, start_of_day),
        ("/sitemap-news.xml", other.editions.get().first_published_at + timedelta(days=2)),
        (path, first.ages_at),
    ]  # fmt: skip
    last = timedelta(milliseconds=1)
    for place, moment in moments:
        with time_machine.travel(moment - last, tick=False):
            (before,) = same(reader, [place])
            assert reader.was_hit
        with time_machine.travel(moment + last, tick=False):
            (after,) = same(reader, [place])
        assert (place, moment, before.body == after.body) == (place, moment, False)


def test_what_changes_while_a_page_is_made_is_not_kept(reader: Reader, piece: Article) -> None:
    django = reader.store.application

    def interrupted(environ: Any, start_response: Any) -> Any:
        chunks = django(environ, start_response)
        Edition.objects.update(title="Changed meanwhile")
        reader.store.application = django
        return chunks

    reader("/")
    Edition.objects.update(title="Changed before")
    reader.store.application = interrupted
    assert "Changed before" in reader("/").text
    assert "Changed meanwhile" in reader("/").text
    assert reader.hits("/")


def test_a_connection_that_broke_is_replaced(
    reader: Reader, piece: Article, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    reader("/")
    reader.store.watch.threads.connection.raw.close()
    assert reader.hits("/")
    Edition.objects.update(title="Changed meanwhile")
    reader.store.watch.threads.connection.raw.close()
    assert "Changed meanwhile" in reader("/").text
    # A new one looks whether changes are noted.
    reader.store.watch.close()
    monkeypatch.setattr(watch.invalidation, "missing", lambda connection: {"a trigger"})
    assert not any(reader.hits("/") for _ in range(2))
    assert "a trigger missing" in caplog.text
