"""Whatever is published while a page is made, the page is of one moment."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from trends.models import Article, Topic
from trends.public.one_moment import for_readers, one_moment

from .conftest import MakePiece

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(act: Callable[[], Any]) -> None:
    """In another connection, committed before the next line."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def rename() -> None:
    Topic.objects.update(name="Locks")


@for_readers
def twice(_request: HttpRequest) -> HttpResponse:
    before = Topic.objects.get().name
    elsewhere(rename)
    return HttpResponse(f"{before}, {Topic.objects.get().name}")


def test_two_questions_of_a_page_get_answers_of_one_moment(topic: Topic) -> None:
    response = twice(RequestFactory().get("/"))
    assert response.content == b"Harbours, Harbours"
    assert Topic.objects.get().name == "Locks"


def test_control_without_it_they_do_not(topic: Topic) -> None:
    response = twice.__wrapped__.__wrapped__(RequestFactory().get("/"))
    assert response.content == b"Harbours, Locks"


@pytest.mark.parametrize("path", ["/trends/", "/trends.md", "/api/v1/trends", "/search/?q=pump"])
def test_a_page_has_what_its_count_has(
    path: str, piece: Article, live: MakePiece, client: Client
) -> None:
    """After its first question another piece goes live: the page is byte by byte that of before."""
    before = client.get(path).content
    questions = 0

    def publish(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal questions
        found = execute(sql, params, many, context)
        if sql.startswith("SELECT"):
            questions += 1
            if questions == 1:
                elsewhere(lambda: live("A third pump house", minutes_ago=5))
        return found

    with connection.execute_wrapper(publish):
        during = client.get(path).content
    assert questions > 1
    assert during == before
    assert client.get(path).content != before


@for_readers
def fails(_request: HttpRequest) -> HttpResponse:
    Topic.objects.get()
    raise Http404


def test_nothing_of_it_is_left(topic: Topic) -> None:
    with pytest.raises(Http404):
        fails(RequestFactory().get("/"))
    with transaction.atomic():
        rename()
    with one_moment():
        assert Topic.objects.get().name == "Locks"
    assert connection.get_autocommit()


def test_a_connection_that_is_lost_takes_it_along(topic: Topic) -> None:
    with one_moment():
        Topic.objects.get()
        connection.close()
    rename()
    with one_moment():
        connection.connection.close()
    assert connection.connection is None
    assert Topic.objects.get().name == "Locks"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets it write")
def test_a_page_does_not_write(topic: Topic) -> None:
    with pytest.raises(DatabaseError), one_moment():
        rename()
    assert Topic.objects.get().name == "Harbours"


def test_within_a_transaction_it_changes_nothing(topic: Topic) -> None:
    with transaction.atomic():
        rename()
        with one_moment():
            assert Topic.objects.get().name == "Locks"
