"""Conflicts and what people choose: field by field, theirs or what is saved.

A form posts `choice-3` ("mine" or "saved") and `choice-3-about`, which names a section, a row and
a field. Nothing else is taken from it: the saved value is read from the revision that was shown.
"""

import re
from copy import deepcopy
from typing import Any

from django.http import QueryDict

from ..compare import by_key
from ..merge import Conflict
from ..snapshot import HEAD_FIELDS, PROSE, ROW_FIELDS, SECTIONS, Row, Snapshot

MINE, SAVED = "mine", "saved"
# (section, key, field), as in Conflict. A section of "": a field besides the content.
Place = tuple[str, str, str]
_NAME = re.compile(r"choice-\d{1,4}-about")


def place_of(conflict: Conflict) -> Place:
    return conflict.section, conflict.key, conflict.field


def about_of(conflict: Conflict) -> str:
    """As the form posts it."""
    return "|".join(place_of(conflict))


def posted_choices(data: QueryDict) -> dict[Place, str]:
    """Place → "mine", "saved" or, where nothing was chosen, ""."""
    found: dict[Place, str] = {}
    for name in filter(_NAME.fullmatch, data):
        section, key, field, *_ = [*str(data[name]).split("|"), "", ""]
        found[section, key, field] = data.get(name.removesuffix("-about"), "")
    return found


def drop_choices(data: QueryDict) -> None:
    """A page that asks anew starts with nothing chosen."""
    for name in [name for name in data if name.startswith("choice-")]:
        del data[name]


def apply_choices(
    typed: Snapshot, shown: Snapshot, choices: dict[Place, str]
) -> tuple[Snapshot, list[Conflict]]:
    """What was typed with the saved values taken where that was chosen, and what is undecided.

    `shown`: the content that was called "now saved" when the choice was made.
    """
    result, undecided = deepcopy(typed), list[Conflict]()
    for (section, key, name), choice in choices.items():
        if not _is_known(section, key, name):
            continue
        field = name if not key or _both_have(key, shown[section], result[section]) else ""
        saved, mine = (_value(side[section], key, field) for side in (shown, result))
        if saved == mine or choice == MINE:
            continue
        if choice == SAVED:
            _take(result[section], shown[section], key, field)
        else:
            undecided.append(Conflict(section, key, field, None, saved, mine))
    return result, undecided


def _is_known(section: str, key: str, field: str) -> bool:
    if section not in SECTIONS:
        return False
    if key:
        return section in ROW_FIELDS and field in ("", *ROW_FIELDS[section])
    return field in _own_fields(section)


def _own_fields(section: str) -> tuple[str, ...]:
    if section == "head":
        return HEAD_FIELDS
    return ("text", "not_needed") if section in PROSE else ("not_needed",)


def _row(part: Row, key: str) -> Row | None:
    return by_key(part["rows"]).get(key)


def _both_have(key: str, *parts: Row) -> bool:
    return all(_row(part, key) for part in parts)


def _value(part: Row, key: str, field: str) -> Any:
    if not key:
        return part[field]
    row = _row(part, key)
    return row[field] if row and field else row


def _take(mine: Row, saved: Row, key: str, field: str) -> None:
    """Put the saved value into mine: of a field, or a whole row, which may be gone there."""
    if not key:
        mine[field] = saved[field]
    elif row := _row(mine, key):
        if field:
            row[field] = _value(saved, key, field)
        else:
            mine["rows"].remove(row)
    if key and not field and (kept := _row(saved, key)):
        mine["rows"].insert(saved["rows"].index(kept), deepcopy(kept))
