"""What readers ask for only reads, and all that one page reads is of one moment.

Between two questions of a page somebody may publish: its list would lack the piece that its count
has. So the questions share a read transaction. On SQLite that is not Django's, which takes the
write lock; on PostgreSQL it says that it only reads, so a view that writes fails.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]
BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


def for_readers(view: View) -> View:
    """A page: GET and HEAD only, made of one moment."""
    return require_safe(of_one_moment(view))


def of_one_moment(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with one_moment():
            return view(request, *args, **kwargs)

    return answer


@contextmanager
def one_moment() -> Iterator[None]:
    """It begins with the first question, so that a page that asks none needs no database. Not
    inside another one. Within a transaction of Django's it changes nothing."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        yield
        return
    has_begun = False

    def begin(execute: Callable[..., Any], *asked: Any) -> Any:
        nonlocal has_begun
        if not has_begun:
            has_begun = True
            with connection.wrap_database_errors:
                connection.connection.execute(BEGIN[connection.vendor])
        return execute(*asked)

    try:
        with connection.execute_wrapper(begin):
            yield
    finally:
        end(connection)


def end(connection: Any) -> None:
    if connection.connection is None:  # lost, and the transaction with it
        return
    try:
        with connection.wrap_database_errors:
            connection.connection.rollback()
    except Error:
        connection.close()
