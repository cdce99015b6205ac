"""What a trend page hangs on: each row that the public side may read is changed by itself, and what
the store then answers is what Django answers. A dependency that nobody noted shows as a page that
is still the old one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.utils import timezone

from trends.models import (
    Address,
    Article,
    Author,
    Correction,
    Edition,
    EditionByline,
    Image,
    Pin,
    RelatedTrend,
    Topic,
    invalidation,
)  # fmt: skip
from trends.models.making import make_author
from trends.pages import needs
from trends.public import trend
from trends.public.store import watch

from .conftest import MakePiece, make_picture
from .storing import Answer, Reader, ask, new_store

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Row = models.Model
DJANGO = WSGIHandler()
# Table → changes of it, each made by itself in each of its rows.
CHANGES: dict[type[Row], list[dict[str, Any]]] = {
    Edition: [
        {"title": "Another title", "update_line": "Another line."},
        {"slug": "another-name"},
        {"topic": None, "hero": None},
        {"kind": "removal"},
        {"live_from": timezone.now() + DAY},
        {"live_from": timezone.now() - DAY},
    ],
    EditionByline: [{"role": "Another role"}],
    Author: [{"name": "Another name", "bio": "Another life."}, {"portrait": None}],
    Topic: [{"name": "Another topic", "slug": "another-topic"}, {"ages_after": 3}],
    Image: [
        {"alt_text": "Another view", "caption": "Another view"},
        {"rights_expire_on": timezone.localdate() - DAY},
    ],
    Correction: [{"text": "Another mistake."}],
    RelatedTrend: [{"place": 9}, {"wish": "dropped"}, {"wish": "pinned"}],
    Address: [{"path": "/another/path/"}, {"path": "sha256:another"}],
    Pin: [{"slot": 3}],
}
# Of which tables no row shows in a trend page.
SILENT = {EditionByline, Pin}


@pytest.fixture
def reader() -> Iterator[Reader]:
    store = new_store()
    yield Reader(store)
    store.watch.close()


@pytest.fixture
def rich(full: Article, live: MakePiece, pam: User) -> Article:
    """A piece that leads to others, live ones and not, each with a picture and a topic; it was
    corrected, and shows a picture in its text."""
    now = timezone.now()
    in_text = make_picture(caption="The old pump")
    others = []
    for n in range(6):
        topic = Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}")
        others.append(
            live(f"Related {n}", minutes_ago=n + 9, topic=topic, hero=make_picture(credit=f"{n}"))
        )
    # One is live no more, one not yet; three are shown; one is one too many.
    for place, other in enumerate(others):
        RelatedTrend.objects.create(article=full, other=other, place=place)
    others[0].remove(by=pam, note="Law.")
    Edition.objects.filter(article=others[1]).update(live_from=now + DAY)
    Author.objects.filter(name="Nora Vale").update(portrait=make_picture(credit="Bo Lund"))
    full.context += f'<p>See.</p><figure data-picture="{in_text.pk}"></figure>'
    full.save()
    full.record_revision(by=pam)
    full.submit(by=pam)
    full.approve(by=pam)
    full.correct(by=pam, text="Four, not three.")
    Pin.objects.create(article=full, slot=0, starts_at=now, at=now)
    make_author("Kim Ash")  # in no byline
    return full


def answers(reader: Any, paths: list[str]) -> dict[str, Answer]:
    return {path: reader(path) for path in paths}


def truth(path: str) -> Answer:
    return ask(DJANGO, path)


@dataclass
class Compared:
    """Pages after changes of single rows: how many were asked for, how many of them the store
    had ready, and by table how many were other ones than before."""

    asked: int = 0
    ready: int = 0
    others: Counter[type[Row]] = field(default_factory=Counter)


def compare(reader: Reader, piece: Article, models: Iterable[type[Row]]) -> Compared:
    """Change each row of these tables and change it back. What the store had ready must be what
    Django says; all else Django has just made."""
    linked = Edition.objects.get(title="The first pump house").slug
    paths, seen = [f"/trends/{piece.slug}/", f"/trends/{linked}/"], Compared()
    before = answers(truth, paths)
    assert answers(reader, paths) == before
    assert all(reader.hits(path) for path in paths)
    for row, change in rows_and_changes(models):
        with changed(row, change):
            for path in paths:
                found, was_ready = reader(path), reader.was_hit
                if was_ready:  # of two pages pytest would show for long in what they differ
                    is_right = found == truth(path)
                    assert is_right, f"{path} is old after {type(row).__name__} {row.pk}: {change}"
                seen.asked, seen.ready = seen.asked + 1, seen.ready + was_ready
                seen.others[type(row)] += found != before[path]
        is_as_before = answers(reader, paths) == before
        assert is_as_before, f"Old after {type(row).__name__} {row.pk} was as before: {change}"
    return seen


def rows_and_changes(models: Iterable[type[Row]]) -> Iterator[tuple[Row, dict[str, Any]]]:
    for model in models:
        for change in CHANGES[model]:
            for row in model._default_manager.order_by("pk"):
                yield row, change


@contextmanager
def changed(row: Row, change: dict[str, Any]) -> Iterator[None]:
    this = type(row)._default_manager.filter(pk=row.pk)
    this.update(**change)
    try:
        yield
    finally:
        this.update(**{name: getattr(row, name) for name in change})


def test_no_change_of_a_row_leaves_a_page_as_it_was(reader: Reader, rich: Article) -> None:
    seen = compare(reader, rich, CHANGES)
    print(f"\n{seen.asked} pages after a change, {seen.ready} of them ready; {seen.others}")
    assert {model._meta.db_table for model in CHANGES} == set(invalidation.PUBLIC)
    assert {model for model, count in seen.others.items() if not count} == SILENT
    assert seen.ready > seen.asked / 4


def test_control_what_is_forgotten_is_noticed(
    reader: Reader, rich: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked_without(forgotten: str) -> Any:
        return lambda page: needs.asked_by(page) | {forgotten: set()}

    def only_named(connection: Any, article: int, articles: Any, now: Any) -> Any:
        return dict.fromkeys({article, *articles})

    for forgotten, model in (
        ("articles", Edition), ("authors", Author), ("topics", Topic), ("images", Image),
    ):  # fmt: skip
        reader.store.pages.clear()
        with monkeypatch.context() as patch:
            patch.setattr(trend, "asked_by", asked_without(forgotten))
            with pytest.raises(AssertionError, match=model.__name__):
                compare(reader, rich, [model])
    reader.store.pages.clear()
    monkeypatch.setattr(watch.invalidation, "related_and_starts", only_named)
    with pytest.raises(AssertionError, match="Edition"):
        compare(reader, rich, [Edition])


def test_a_page_stays_while_others_are_published(
    reader: Reader, rich: Article, live: MakePiece, pam: User
) -> None:
    """In each of its forms; and all of them go when a picture of it gets another caption."""
    forms = [f"/trends/{rich.slug}/", f"/trends/{rich.slug}.md", f"/api/v1/trends/{rich.slug}"]
    answers(reader, [*forms, "/"])
    for n in range(2):
        other = live(f"News {n}", topic=Topic.objects.first(), hero=make_picture())
        assert [reader.hits(path) for path in ("/", *forms)] == [False, True, True, True]
        other.retract(by=pam, notice="It was not so.")
        assert [reader.hits(path) for path in ("/", *forms)] == [False, True, True, True]
    Image.objects.filter(caption="The old pump").update(caption="The oldest pump")
    assert [reader.hits(path) for path in forms * 2] == [False] * 3 + [True] * 3
    # Even when so much changed that nobody knows any more what it was.
    Topic.objects.bulk_create(Topic(name=f"Many {n}", slug=f"many-{n}") for n in range(1001))
    assert [reader.hits(path) for path in forms * 2] == [False] * 3 + [True] * 3


def test_what_is_changed_while_a_page_is_made_and_seen_by_another_reader(
    reader: Reader, rich: Article
) -> None:
    """The page is put into the store after the change was read by somebody else."""
    path, django = f"/trends/{rich.slug}/", reader.store.application

    def interrupted(environ: Any, start_response: Any) -> Any:
        reader.store.application = django
        chunks = django(environ, start_response)
        Edition.objects.filter(article=rich).update(title="Changed meanwhile")
        for _ in range(2):
            assert "Changed meanwhile" in reader("/llms.txt").text
        return chunks

    for address in (path, path.rstrip("/") + ".md"):
        Edition.objects.filter(article=rich).update(title="Changed before")
        reader.store.application = interrupted
        assert "Changed before" in reader(address).text
        assert "Changed meanwhile" in reader(address).text
        assert reader.hits(address)


def test_moments_of_others_leave_it_alone_and_its_own_do_not(
    reader: Reader, rich: Article, live: MakePiece
) -> None:
    """What begins by the clock: a piece that has nothing to do with it; then one of which it knows
    but that was not live yet, and showed nowhere."""
    path, now = f"/trends/{rich.slug}/", timezone.now()
    live("Quite another thing")
    begin = {"Quite another thing": now + 10 * MINUTE, "Related 1": now + 20 * MINUTE}
    for title, moment in begin.items():
        Edition.objects.filter(title=title).update(live_from=moment)

    def seen(minutes: int) -> tuple[bool, bool, bool]:
        with time_machine.travel(now + minutes * MINUTE, tick=False):
            return reader.hits("/"), reader.hits(path), "Related 1" in reader(path).text

    assert seen(1) == (False, False, False)
    assert seen(9) == (True, True, False)
    assert seen(11) == (False, True, False)
    assert seen(21) == (False, False, True)
    assert seen(22) == (True, True, True)
    # A clock that is set back: what it showed is not true any more.
    assert seen(12) == (False, False, False)
