"""Content put back into posted fields, so that Django's forms go on from what was merged."""

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from ..compare import by_key
from ..models.content import ROW_NAMES
from ..snapshot import HEAD_FIELDS, PROSE, ROW_FIELDS, Row, Snapshot
from .parts import CAN_BE_NOT_NEEDED, reason_field
from .posted_rows import Posted, is_deleted, is_key, last, put_rows, rows_of, settle
from .typed import NOT_TYPED, new_row_key
from .typed_values import posted_value

Keys = dict[str, dict[str, int]]


def name_rows(data: QueryDict) -> None:
    """Give each posted row a key of its own, as typed_snapshot() knows it."""
    for prefix in ROW_NAMES.values():
        rows = rows_of(data, prefix)
        if rows is None:
            continue
        used = set[str]()
        for index, row in enumerate(rows):
            key = last(row, "key")
            if not is_key(key) or key in used:
                key = new_row_key(prefix, row, index, data.get("loaded") or "")
            used.add(key)
            row["key"] = [key]
        put_rows(data, prefix, rows)


def put_content(data: QueryDict, typed: Snapshot, content: Snapshot, saved: Keys) -> None:
    """Write what differs from what was typed; the rest stays as it was posted, to the letter.

    `saved`: section → key → id of the rows that there are.
    """
    for name in HEAD_FIELDS:
        _put(data, name, typed["head"][name], content["head"][name])
    for section in PROSE:
        _put(data, section, typed[section]["text"], content[section]["text"])
    for section in CAN_BE_NOT_NEEDED:
        reasons = typed[section]["not_needed"], content[section]["not_needed"]
        _put(data, reason_field(section), *reasons)
    for section, prefix in ROW_NAMES.items():
        posted = rows_of(data, prefix)
        if posted is not None:
            rows = _merged_rows(section, posted, typed, content, saved[section])
            put_rows(data, prefix, rows)


def settle_rows(data: QueryDict, saved: Keys) -> None:
    """Number all rows as Django's formsets want them."""
    for section, prefix in ROW_NAMES.items():
        settle(data, prefix, saved[section])


def _put(data: QueryDict, name: str, typed: object, value: object) -> None:
    """A field that was not posted at all would otherwise be emptied by Django."""
    if value != typed or name not in data:
        data[name] = posted_value(value)


def _merged_rows(
    section: str, posted: list[Posted], typed: Snapshot, content: Snapshot, saved: dict[str, int]
) -> list[Posted]:
    by_posted_key = {last(row, "key"): row for row in posted}
    before = by_key(typed[section]["rows"])
    rows = [
        _merged_row(section, by_posted_key.pop(row["key"], {}), before.get(row["key"], {}), row)
        | {"position": [str(position)]}
        for position, row in enumerate(content[section]["rows"])
    ]
    # What I deleted and is still there is deleted by its form.
    left = by_posted_key.items()
    return rows + [row for key, row in left if key in saved and is_deleted(row)]


def _merged_row(section: str, posted: Posted, typed: Row, row: Row) -> Posted:
    merged = posted | {"key": [row["key"]]}
    merged.pop(DELETION_FIELD_NAME, None)  # it stands in the content, so it stays
    for name in ROW_FIELDS[section]:
        heard = name not in NOT_TYPED or name == "number"
        if heard and (name not in posted or row[name] != typed.get(name)):
            merged[name] = [posted_value(row[name])]
    return merged
