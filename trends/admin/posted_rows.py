"""Posted rows, put in order before Django's formsets read them.

A row is known by its key: not by its index, which changes when rows move in the browser, nor by
its id, which is gone when a colleague deleted the row meanwhile.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict

Posted = dict[str, list[Any]]


def settle(data: QueryDict, prefix: str, known: Mapping[str, int], *, by: str = "key") -> None:
    """Number the rows anew: those that exist first, each with its id, then the new ones.

    `known`: key → id. A row whose key is not there becomes a new row; nothing typed is dropped.
    """
    rows = _take(data, prefix)
    if rows is None:
        return  # no management form: Django says so
    old: list[tuple[int, Posted]] = []
    new: list[Posted] = []
    left = dict(known)
    for row in rows:
        pk = left.pop((row.get(by) or [""])[-1], None)
        new.append(row) if pk is None else old.append((pk, row))
    for pk, row in old:
        row["id"] = [str(pk)]
    for row in new:
        row["id"] = [""]
        if (row.get(by) or [""])[-1] in known:  # a key that came twice
            row.pop(by)
    _put(data, prefix, [row for _, row in old] + new)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(old))


def drop_gone(data: QueryDict, prefix: str, ids: Collection[str]) -> None:
    """Leave out posted rows whose id no longer exists."""
    rows = _take(data, prefix)
    if rows is not None:
        _put(data, prefix, [row for row in rows if not _id(row) or _id(row) in ids])
        settle(data, prefix, {pk: int(pk) for pk in ids}, by="id")


def _id(row: Posted) -> str:
    return str((row.get("id") or [""])[-1])


def _take(data: QueryDict, prefix: str) -> list[Posted] | None:
    """Remove the fields of all rows from the data: suffix → values, row by row."""
    if f"{prefix}-TOTAL_FORMS" not in data:
        return None
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(\w+)$")
    rows: dict[int, Posted] = {}
    for name in list(data):
        if match := pattern.match(name):
            rows.setdefault(int(match[1]), {})[match[2]] = data.getlist(name)
            del data[name]
    return [rows[index] for index in sorted(rows)]


def _put(data: QueryDict, prefix: str, rows: list[Posted]) -> None:
    for index, row in enumerate(rows):
        for suffix, values in row.items():
            data.setlist(f"{prefix}-{index}-{suffix}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
