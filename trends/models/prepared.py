"""Queries whose SQL is compiled once and run with other values each time.

To build a query and its SQL costs Django some milliseconds, to answer it costs the database some
microseconds. What every public page asks is therefore written down once, in the same words as
any other query, and kept by each thread, as its connection is:

    LATEST = Prepared(lambda now: Edition.objects.live(now).newest_first()[:20])
    LATEST(now=timezone.now())
"""

from collections.abc import Callable, Collection
from datetime import datetime
from threading import local
from typing import Any

from django.db import connections, models
from django.db.models import Expression


class Given(Expression):
    """A place in the SQL for the value of that name; `index`: for the one there in a list."""

    def __init__(self, name: str, index: int | None = None) -> None:
        super().__init__()
        self.name, self.index = name, index

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any]]:
        return "%s", (self,)


class Prepared:
    """`ask` makes a query of values, by name: moments, numbers, texts, or collections of them for
    `__in` (never negated). Which names are given may decide what query it is, values must not: None
    is no value."""

    def __init__(self, ask: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.ask = ask
        self.kept = local()

    def __call__(self, **values: Any) -> list[Any]:
        """The rows: one query, whatever the values."""
        values = {name: roomy(given) if is_list(given) else given for name, given in values.items()}
        shape = tuple((name, is_list(given) and len(given)) for name, given in values.items())
        ready: dict[Any, Ready] = self.kept.__dict__
        found = ready.get(shape)
        if found is None or found.is_of_another_connection:
            places = {name: places_of(name, given) for name, given in values.items()}
            found = ready[shape] = Ready(self.ask(**places))
        return found.rows(values)


class Ready:
    """A query whose compiler answers with what it has found out before: its SQL, and how values of
    the database become those of Python."""

    def __init__(self, query: Any) -> None:
        assert not query._prefetch_related_lookups, "A prepared query is one query."
        self.query = query
        self.compiler: Any = query.query.get_compiler(query.db)
        self.sql, self.places = self.compiler.as_sql()
        converters = self.compiler.get_converters([column[0] for column in self.compiler.select])
        self.compiler.as_sql = self._filled
        self.compiler.get_converters = lambda _columns: converters
        query.query.get_compiler = lambda *_, **__: self.compiler
        self.values: dict[str, Any] = {}

    @property
    def is_of_another_connection(self) -> bool:
        return self.compiler.connection is not connections[self.query.db]

    def rows(self, values: dict[str, Any]) -> list[Any]:
        self.values = values
        return list(self.query._iterable_class(self.query))

    def _filled(self) -> tuple[str, tuple[Any, ...]]:
        return self.sql, tuple(map(self._value, self.places))

    def _value(self, place: Any) -> Any:
        if not isinstance(place, Given):
            return place  # a constant of the query
        value = self.values[place.name]
        if place.index is not None:
            value = value[place.index]
        if isinstance(value, datetime):
            return self.compiler.connection.ops.adapt_datetimefield_value(value)
        return value


def places_of(name: str, value: Any) -> Any:
    if is_list(value):
        return [Given(name, index) for index in range(len(value))]
    return Given(name)


def is_list(value: Any) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str)


def roomy(values: Collection[Any]) -> list[Any]:
    """As many as the next power of two, so that few shapes are to be compiled: the first one
    again, or NULL, which is in no list, where there is none."""
    found = list(values)
    size = 1 << max(0, len(found) - 1).bit_length()
    return found + [found[0] if found else None] * (size - len(found))
