"""Queries that are compiled once and run with other values each time."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from tests.public.conftest import READY
from trends.models import Article, Author, Edition
from trends.models.making import make_article, make_author
from trends.models.prepared import Prepared

NAMES = ("Ada", "Ben", "Cleo", "Dina", "Emil")


@pytest.fixture
def people(db: None) -> dict[str, int]:
    return {name: make_author(name).pk for name in NAMES}


def counted(ask: Callable[..., QuerySet[Any]]) -> tuple[Prepared, list[Any]]:
    """The query, and for each time that it was compiled what it was given."""
    asked: list[Any] = []

    def watched(**places: Any) -> QuerySet[Any]:
        asked.append(places)
        return ask(**places)

    return Prepared(watched), asked


def test_it_is_compiled_once_and_answers_each_time(people: dict[str, int]) -> None:
    named, asked = counted(lambda name: Author.objects.filter(name=name))
    found = [named(name=name) for name in ("Ada", "Cleo", "Nobody")]
    assert [[author.pk for author in rows] for rows in found] == [
        [people["Ada"]], [people["Cleo"]], [],
    ]  # fmt: skip
    assert len(asked) == 1


@pytest.mark.parametrize("names", [NAMES[:n] for n in range(6)])
def test_a_list_may_have_any_length(people: dict[str, int], names: tuple[str, ...]) -> None:
    numbered = Prepared(lambda ids: Author.objects.filter(pk__in=ids).order_by("pk"))
    ids = {people[name] for name in names}
    assert {author.pk for author in numbered(ids=ids)} == ids


def test_few_lengths_are_compiled(people: dict[str, int]) -> None:
    numbered, asked = counted(lambda ids: Author.objects.filter(pk__in=ids))
    for count in range(10):
        numbered(ids=list(range(count)))
    assert [len(places["ids"]) for places in asked] == [1, 2, 4, 8, 16]


def test_which_values_are_given_may_decide_what_is_asked(people: dict[str, int]) -> None:
    some = Prepared(lambda **which: Author.objects.filter(**which))
    assert [len(some()), len(some(name="Ada")), len(some())] == [5, 1, 5]


def test_values_are_no_part_of_the_sql(people: dict[str, int]) -> None:
    named = Prepared(lambda name: Author.objects.filter(name=name))
    assert named(name="Ada' OR 'a' = 'a") == []


def test_constants_of_the_query_stay(people: dict[str, int]) -> None:
    some = Prepared(lambda name: Author.objects.filter(name=name, job_title="").values_list("name"))
    assert some(name="Ben") == [("Ben",)]


def test_a_query_that_would_cost_another_is_refused(people: dict[str, int]) -> None:
    with_bylines = Prepared(lambda now: Edition.objects.live(now).with_bylines())
    with pytest.raises(AssertionError, match="one query"):
        with_bylines(now=timezone.now())


@pytest.fixture
def article(pam: User) -> Article:
    return make_article("A pump house", by=pam, publish=True, **READY)


def test_moments_count_to_the_microsecond(article: Article) -> None:
    live = Prepared(lambda now: Edition.objects.live(now).whole())
    (edition,) = live(now=timezone.now() + timedelta(hours=1))
    assert live(now=edition.live_from) == [edition]
    assert live(now=edition.live_from - timedelta(microseconds=1)) == []


def test_rows_are_those_of_the_same_query_unprepared(article: Article) -> None:
    now = timezone.now() + timedelta(hours=1)
    live = Prepared(lambda now: Edition.objects.live(now).for_cards())
    (found,), (wanted,) = live(now=now), Edition.objects.live(now).for_cards()
    assert found.get_deferred_fields() == wanted.get_deferred_fields() != set()
    assert found.__dict__.keys() == wanted.__dict__.keys()
    assert [found.title, found.live_from] == [wanted.title, wanted.live_from]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection() -> None:
    make_author("Ada")
    named, asked = counted(lambda name: Author.objects.filter(name=name))
    found = [named(name="Ada")]

    def ask() -> None:
        found.append(named(name="Ada"))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert [len(rows) for rows in found] == [1, 1]
    assert len(asked) == 2
