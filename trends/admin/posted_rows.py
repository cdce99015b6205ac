"""Posted rows, put in order before Django's formsets read them.

A row is known by its key: not by its index, which changes when rows move in the browser, nor by
its id, which is gone when a colleague deleted the row meanwhile.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

# Name of a field → the values that were posted for it.
Posted = dict[str, list[Any]]
_KEY = re.compile(r"[0-9a-f]{16}")


def is_key(value: str) -> bool:
    return _KEY.fullmatch(value) is not None


def last(row: Posted, name: str) -> str:
    """The value of a field, as Django takes it; "" where there is none."""
    return str((row.get(name) or [""])[-1])


def is_deleted(row: Posted) -> bool:
    return last(row, DELETION_FIELD_NAME) not in ("", "false", "False", "0")


def place_of(row: Posted) -> int:
    """Where a row was put; behind all others where that is not said."""
    value = last(row, "position")
    return int(value) if value.isdecimal() and len(value) < 10 else 10**9


def standing(rows: list[Posted]) -> list[tuple[int, Posted]]:
    """(index, row) in the order in which the rows stand."""
    return sorted(enumerate(rows), key=lambda pair: place_of(pair[1]))


def rows_of(data: QueryDict, prefix: str) -> list[Posted] | None:
    """The posted rows, in the order of their index; None where there is no management form."""
    if f"{prefix}-TOTAL_FORMS" not in data:
        return None
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(\w+)$")
    rows: dict[int, Posted] = {}
    for name in data:
        if match := pattern.match(name):
            rows.setdefault(int(match[1]), {})[match[2]] = data.getlist(name)
    return [rows[index] for index in sorted(rows)]


def put_rows(data: QueryDict, prefix: str, rows: list[Posted]) -> None:
    """Replace the posted rows."""
    pattern = re.compile(rf"{re.escape(prefix)}-\d{{1,4}}-\w+$")
    for name in [name for name in data if pattern.match(name)]:
        del data[name]
    for index, row in enumerate(rows):
        for suffix, values in row.items():
            data.setlist(f"{prefix}-{index}-{suffix}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))


def settle(data: QueryDict, prefix: str, known: Mapping[str, int]) -> None:
    """Number the rows anew: those that exist first, each with its id, then the new ones.

    `known`: key → id. A row whose key is not there becomes a new row; nothing typed is dropped.
    """
    rows = rows_of(data, prefix)
    if rows is None:
        return  # no management form: Django says so
    old: list[tuple[int, Posted]] = []
    new: list[Posted] = []
    left = dict(known)
    for row in rows:
        pk = left.pop(last(row, "key"), None)
        new.append(row) if pk is None else old.append((pk, row))
    for pk, row in old:
        row["id"] = [str(pk)]
    for row in new:
        row["id"] = [""]
        if last(row, "key") in known:  # a key that came twice
            row.pop("key")
    put_rows(data, prefix, [row for _, row in old] + new)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(old))
