"""Keyset pages: "older than this row", so that a deep page costs what the first one costs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

PARAMETER = "older_than"
SIZE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CURSOR = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")

Key = tuple[datetime, int]


class Sliced(Protocol):
    def __getitem__(self, index: slice, /) -> Any: ...


class Rows(Sliced, Protocol):
    """A queryset in its order, newest first, or what is sliced like one."""

    def older_than(self, moment: datetime, pk: int, /) -> Sliced: ...


@dataclass(frozen=True, slots=True)
class Page:
    """`older_url` is "" on the last page, `newest_url` on the first; `url` is its own."""

    rows: list[Any]
    url: str
    older_url: str
    newest_url: str


def write(key: Key) -> str:
    """A cursor: microseconds since 1970, and the row's id."""
    return f"{(key[0] - _EPOCH) // _MICROSECOND}-{key[1]}"


def read(cursor: str) -> Key | None:
    """The key that a cursor holds; None for what is no cursor."""
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        return None
    try:
        return _EPOCH + int(match[1]) * _MICROSECOND, int(match[2])
    except OverflowError:  # a year after 9999
        return None


def page_of(
    rows: Rows,
    *,
    path: str,
    asked: Mapping[str, str],
    by: str,
    keep: Mapping[str, str] | None = None,
) -> Page:
    """One page of the rows, which are sorted by the moment `by`.

    `asked` are the parameters of the request; a broken cursor gives the first page. `keep` are
    the parameters that the links to other pages carry on.
    """
    after = read(asked.get(PARAMETER, ""))
    found = list((rows.older_than(*after) if after else rows)[: SIZE + 1])
    shown, kept = found[:SIZE], dict(keep or {})

    def beyond(key: Key) -> str:
        return link(path, kept | {PARAMETER: write(key)})

    return Page(
        rows=shown,
        url=beyond(after) if after else link(path, kept),
        older_url=beyond((getattr(shown[-1], by), shown[-1].pk)) if len(found) > SIZE else "",
        newest_url=link(path, kept) if after else "",
    )


def link(path: str, parameters: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path
