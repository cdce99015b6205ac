"""Every change of what public pages read is noted, in its own transaction."""

import re
import time
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.public.conftest import make_picture
from tests.public.test_wall import PUBLIC_TABLES
from tests.workflow.conftest import READY
from trends.checks import changes_are_noted
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
    by_trigger,
    invalidation,
)  # fmt: skip
from trends.models.invalidation import postgres, sqlite, tables
from trends.models.making import make_article, make_author
from trends.public.store.watch import Connection

IS_POSTGRES = connection.vendor == "postgresql"


@pytest.fixture
def article(pam: User) -> Article:
    topic = Topic.objects.create(name="Harbours", slug="harbours")
    content = {"author": [make_author("Nora Vale")], "hero": make_picture(), "topic": topic}
    return make_article("Pump house", by=pam, publish=True, **READY | content)


def newest() -> Any:
    connection.ensure_connection()
    return invalidation.newest(connection.connection, connection.vendor)


def newer(cursor: Any) -> invalidation.Change | None:
    return invalidation.newer(connection.connection, connection.vendor, cursor)


def is_newer(cursor: Any) -> bool:
    return newer(cursor) is not None


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def keys_since(cursor: Any) -> set[str] | None:
    """None: of anything."""
    change = newer(cursor)
    assert change
    return None if change.keys is None else set(change.keys)


def test_it_watches_what_public_pages_read() -> None:
    """The index of the search follows the editions."""
    assert set(invalidation.PUBLIC) == PUBLIC_TABLES - {"trends_search"}


@pytest.mark.django_db(transaction=True)
def test_each_change_of_each_table_is_noted(article: Article, pam: User) -> None:
    """Made, changed and deleted, in bulk; and not what was taken back."""
    other = make_article("Sea wall", by=pam, publish=True, **READY)
    edition, now = other.editions.get(), timezone.now()
    again = {"kind": "content", "first_published_at": now, "public_updated_at": now}
    rows: list[tuple[Any, str, Any]] = [
        (Topic(name="Walls", slug="walls"), "description", "So"),
        (Author(name="Tom Reed", slug="tom-reed"), "bio", "So"),
        (Image(file="a.jpg", width=9, height=9), "caption", "So"),
        (Address(path="/old/wall/", article=other), "path", "/old/walls/"),
        (Correction(article=other, edition=edition, text="So.", at=now), "text", "No."),
        (Pin(article=other, slot=0, starts_at=now, at=now), "slot", 1),
        (RelatedTrend(article=other, other=article), "place", 3),
        (EditionByline(edition=edition, author=Author.objects.get(), position=1), "position", 2),
        (Edition(article=other, live_from=now, pressed_at=now, **again), "title", "So"),
    ]
    seen = set()
    for row, field, value in rows:
        model = type(row)
        name = model._meta.model_name if model in (Topic, Author, Image) else "article"
        seen.add(model._meta.db_table)
        for act in (
            lambda: model._default_manager.bulk_create([row]),  # noqa: B023
            lambda: model._default_manager.filter(pk=row.pk).update(**{field: value}),  # noqa: B023
            lambda: model._default_manager.filter(pk=row.pk)._raw_delete("default"),  # noqa: B023
        ):
            before = newest()
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
            assert not is_newer(before), model
            act()
            key = f"{name}:{row.pk if name != 'article' else other.pk}"
            assert (model, keys_since(before)) == (model, {key})
            assert not is_newer(newest()), model
    assert seen == set(invalidation.PUBLIC)
    # Nor is what the desk does with a working copy.
    before = newest()
    article.analysis = "Sluices."
    article.save()
    article.record_revision(by=pam)
    article.submit(by=pam)
    assert not is_newer(before)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_moves_names_where_it_was_and_where_it_is(article: Article, pam: User) -> None:
    other = make_article("Sea wall", by=pam, publish=True, **READY)
    third = make_article("Sluice", by=pam, publish=True, **READY)
    edition, now = article.editions.get(), timezone.now()
    pieces = {f"article:{article.pk}", f"article:{other.pk}"}
    RelatedTrend.objects.create(article=article, other=third)
    Pin.objects.create(article=article, slot=0, starts_at=now, at=now)
    Correction.objects.create(article=article, edition=edition, text="So.", at=now)
    rows = {
        model: model._default_manager.filter(article=article)
        for model in (RelatedTrend, Pin, Correction, Address, Edition)
    }
    for model, found in rows.items():
        before = newest()
        assert found.update(article=other)
        assert (model, keys_since(before)) == (model, pieces)
    # The edition went along, so what hangs on it does.
    before = newest()
    EditionByline.objects.filter(edition=edition).update(edition=third.editions.get())
    assert keys_since(before) == {f"article:{other.pk}", f"article:{third.pk}"}


def test_no_trigger_of_sqlite_mentions_a_table_that_may_be_made_anew() -> None:
    """A migration could not give the new table its name."""
    for statement in sqlite.CREATE:
        if found := re.match(r"CREATE TRIGGER (\w+) AFTER \w+ ON (\w+)", statement):
            named = set(re.findall(r"trends_\w+", statement))
            assert named == {found[1], found[2], "trends_invalidation"}


@pytest.mark.django_db(transaction=True)
def test_an_edition_that_goes_with_its_people_names_its_piece(article: Article) -> None:
    edition, before = article.editions.get(), newest()
    with transaction.atomic():
        EditionByline.objects.filter(edition=edition).delete()
        Edition.objects.filter(pk=edition.pk)._raw_delete("default")
    assert keys_since(before) == {f"article:{article.pk}"}


@pytest.mark.django_db(transaction=True)
def test_what_says_that_anything_may_have_changed(article: Article) -> None:
    """Much at once, an address of which only a digest is left, a new index of the search."""
    many = [Topic(name=f"Topic {n}", slug=f"topic-{n}") for n in range(tables.MOST + 1)]
    for act in (
        lambda: Topic.objects.bulk_create(many),
        lambda: Address.objects.get().hide(),
        lambda: invalidation.note(connection),
        *([lambda: execute("TRUNCATE trends_pin")] if IS_POSTGRES else []),
    ):
        before = newest()
        act()
        assert keys_since(before) is None


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_there_already_is_noted_all_the_same(article: Article) -> None:
    """However conflicts are to be solved: SQLite hands that on to triggers, which have rules of
    their own."""
    topic = Topic.objects.get()
    again = Topic(pk=topic.pk, name="Ports", slug="ports")
    for n in range(2):
        before = newest()
        Topic.objects.bulk_create(
            [again], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
        )
        assert keys_since(before) == {f"topic:{topic.pk}"}
        before, new = newest(), Topic(name=f"Walls {n}", slug=f"walls-{n}")
        Topic.objects.bulk_create([new, again], ignore_conflicts=True)
        assert keys_since(before) == {f"topic:{Topic.objects.get(slug=new.slug).pk}"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has data_version for it")
def test_the_short_question_is_asked_and_never_taken_for_a_yes(db: None) -> None:
    """On a connection that has not heard it, in a transaction, and on one that is lost."""
    Topic.objects.create(name="Walls", slug="walls")
    asks = Connection()
    pgconn, cursor = asks.raw.pgconn, asks.newest()
    try:
        assert not postgres.is_unchanged(pgconn, cursor)
        assert asks.newer(cursor) is None
        assert postgres.is_unchanged(pgconn, cursor)
        asks.raw.execute("BEGIN")
        assert not postgres.is_unchanged(pgconn, cursor)
        asks.raw.execute("ROLLBACK")
        Topic.objects.update(description="so")
        assert not postgres.is_unchanged(pgconn, cursor)
        pid = asks.raw.info.backend_pid
        with connection.cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        with pytest.raises(psycopg.OperationalError):
            asks.newer(cursor)
    finally:
        asks.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite lets one transaction write at a time")
def test_a_transaction_that_began_earlier_and_commits_later_is_noted(db: None) -> None:
    """With numbers drawn in turn, whoever saw the later one would take the earlier one as seen.
    And none of the two waits for the other."""
    for name in ("slow", "quick"):
        Topic.objects.create(name=name, slug=name)
    slow, quick, asks = (Connection().django for _ in range(3))

    def run(on: Any, sql: str) -> None:
        with on.cursor() as cursor:
            cursor.execute(sql)

    try:
        run(slow, "BEGIN")
        run(slow, "UPDATE trends_topic SET description = 'so' WHERE slug = 'slow'")
        first = postgres.newest(asks.connection)
        run(quick, "UPDATE trends_topic SET description = 'so' WHERE slug = 'quick'")
        names = {name: f"topic:{pk}" for name, pk in Topic.objects.values_list("slug", "pk")}
        second = postgres.newer(asks.connection, first)
        assert second
        assert second.keys == {names["quick"]}
        assert postgres.newer(asks.connection, second.cursor) is None
        run(slow, "COMMIT")
        third = postgres.newer(asks.connection, second.cursor)
        assert third
        assert third.keys == {names["slow"]}
    finally:
        for each in (slow, quick, asks):
            each.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(IS_POSTGRES, reason="PostgreSQL keeps them for a day")
def test_a_cursor_older_than_the_keys_that_are_kept(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = newest()
    Topic.objects.create(name="One", slug="one")
    recent = newest()
    last = Topic.objects.create(name="Two", slug="two")
    monkeypatch.setattr(sqlite, "OLD", sqlite.OLD.replace(f"OFFSET {sqlite.KEPT}", "OFFSET 1"))
    assert invalidation.prune(connection) > 0
    assert (keys_since(old), keys_since(recent)) == (None, {f"topic:{last.pk}"})
    # And a file from before all of it, in the place of this one.
    later = newest()
    execute("DELETE FROM trends_invalidation WHERE key <> 'site'")
    assert keys_since(later) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite keeps so many of them")
def test_a_cursor_older_than_what_is_kept_counts_as_changed(db: None) -> None:
    old = newest()
    for name in ("one", "two", "three"):
        Topic.objects.create(name=name, slug=name)
    recent = newest()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trends_invalidation SET at = at - interval '2 days'")
    # A transaction that is open in any database of the server puts it off.
    for _ in range(100):
        invalidation.prune(connection)
        kept = by_trigger.column(connection, "SELECT key FROM trends_invalidation")
        if kept == ["site"]:
            break
        time.sleep(0.3)
    assert kept == ["site"]
    assert (keys_since(old), is_newer(recent)) == (None, False)
    with connection.cursor() as cursor:  # as a restore of another database leaves it
        cursor.execute("INSERT INTO trends_invalidation (xid, key) VALUES ('99999999999', 'site')")
    assert is_newer(recent)
    assert invalidation.prune(connection) == 1
    assert not is_newer(recent)


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_named_and_made_anew(article: Article) -> None:
    before, name = newest(), min(invalidation.of(connection).TRIGGERS)
    on = " ON trends_address" if IS_POSTGRES else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    try:
        (warning,) = changes_are_noted(databases=["default"])
        assert (warning.id, name in warning.msg) == ("trends.W013", True)
        Address.objects.all()._raw_delete("default")
        assert not is_newer(before)
    finally:
        call_command("migrate", verbosity=0)
    assert changes_are_noted(databases=["default"]) == []
    assert is_newer(before)


@pytest.mark.django_db
def test_the_next_moment(article: Article, pam: User) -> None:
    now = timezone.now()

    def expect(moment: datetime | None) -> None:
        assert invalidation.next_moment(connection, now) == moment

    expect(None)
    hours = [now + timedelta(hours=n) for n in range(9)]
    Edition.objects.create(article=article, kind="removal", live_from=hours[8], pressed_at=now)
    expect(hours[8])
    pin = Pin.objects.create(article=article, slot=0, starts_at=now, ends_at=hours[7], at=now)
    expect(hours[7])
    Pin.objects.create(article=article, slot=0, starts_at=hours[6], at=now)
    expect(hours[6])
    Edition.objects.filter(kind="content").update(first_published_at=hours[5])
    expect(hours[5])
    Edition.objects.filter(kind="content").update(live_from=hours[4])
    expect(hours[4])
    pin.delete()
    expect(hours[4])
