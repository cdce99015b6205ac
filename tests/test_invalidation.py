"""Every change of what public pages read is noted, in its own transaction."""

from datetime import datetime, timedelta
from typing import Any

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
    invalidation,
)  # fmt: skip
from trends.models.invalidation import postgres
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


def is_newer(cursor: Any) -> bool:
    raw = connection.connection
    return invalidation.newer(raw, connection.vendor, cursor) is not None


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
            assert is_newer(before), model
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
        second = postgres.newer(asks.connection, first)
        assert second
        assert postgres.newer(asks.connection, second) is None
        run(slow, "COMMIT")
        assert postgres.newer(asks.connection, second)
    finally:
        for each in (slow, quick, asks):
            each.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has one row")
def test_a_cursor_older_than_what_is_kept_counts_as_changed(db: None) -> None:
    old = newest()
    for name in ("one", "two", "three"):
        Topic.objects.create(name=name, slug=name)
    recent = newest()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trends_invalidation SET at = at - interval '2 days'")
    assert invalidation.prune(connection) >= 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trends_invalidation")
        assert cursor.fetchone() == (1,)
    assert (is_newer(old), is_newer(recent)) == (True, False)
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
