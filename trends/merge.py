"""Three-way merge of snapshots by section, field and row key.

What only one side changed merges by itself; what both changed differently is a Conflict, in
which "ours" stands until somebody chooses. Nothing typed is thrown away: a row that one side
deleted and the other edited stays and is reported.
"""

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from . import richtext
from .compare import ORDER, by_key
from .snapshot import SECTIONS, Row, Snapshot, map_texts


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed the same thing. `key` is "" for a field of the section itself;
    `field` is "" where one side deleted the row that the other edited (None on its side)."""

    section: str
    key: str
    field: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(slots=True)
class Merged:
    snapshot: Snapshot
    conflicts: list[Conflict] = field(default_factory=list)
    # New numbers of evidence that theirs added under numbers given to others meanwhile.
    renumbered: dict[int, int] = field(default_factory=dict)


def merge(
    base: Snapshot,
    ours: Snapshot,
    theirs: Snapshot,
    *,
    issued: int = 0,
    known: Collection[str] = (),
) -> Merged:
    """Theirs into ours. `issued` is the highest evidence number that the article ever gave;
    `known`: keys of evidence that keeps its number, though neither base nor ours has it."""
    theirs, numbers = _fresh_numbers(base, ours, theirs, issued, known)
    merged = Merged(deepcopy(ours), renumbered=numbers)
    for section in SECTIONS:
        parts = (base[section], ours[section], theirs[section])
        merged.snapshot[section] = _fields(merged, section, "", *parts)
        if "rows" in base[section]:
            rows = [part["rows"] for part in parts]
            merged.snapshot[section]["rows"] = _rows(merged, section, *rows)
    return merged


def _fresh_numbers(
    base: Snapshot, ours: Snapshot, theirs: Snapshot, issued: int, known: Collection[str]
) -> tuple[Snapshot, dict[int, int]]:
    """Give theirs' new evidence numbers that nobody has, and point its citations there.

    Both sides count on from the same base, so two different new rows may carry one number; and
    one row that was sent twice has the number that it got the first time.
    """
    old, our = by_key(base["evidence"]["rows"]), by_key(ours["evidence"]["rows"])
    used = {row["number"] for row in (old | our).values()}
    highest = max(issued, *used, *_numbers(theirs), 0)
    new = [r for r in theirs["evidence"]["rows"] if r["key"] not in old and r["key"] not in known]
    numbers: dict[int, int] = {}
    for row in new:
        if row["key"] in our:
            numbers[row["number"]] = our[row["key"]]["number"]
        elif row["number"] in used or row["number"] <= issued:
            highest += 1
            numbers[row["number"]] = highest
    numbers = {before: after for before, after in numbers.items() if before != after}
    if not numbers:
        return theirs, {}
    copy = map_texts(theirs, lambda text: richtext.renumber(text, numbers))
    fresh = {row["key"] for row in new}
    for row in copy["evidence"]["rows"]:
        if row["key"] in fresh:
            row["number"] = numbers.get(row["number"], row["number"])
    return copy, numbers


def _numbers(snapshot: Snapshot) -> Collection[int]:
    return [row["number"] for row in snapshot["evidence"]["rows"]]


def _fields(merged: Merged, section: str, key: str, base: Row, ours: Row, theirs: Row) -> Row:
    result = {}
    for name, our in ours.items():
        if name == "rows":
            continue
        old, their = base.get(name), theirs.get(name)
        result[name] = our if their in (old, our) else their
        if their not in (old, our) and our != old:
            result[name] = our
            merged.conflicts.append(Conflict(section, key, name, old, our, their))
    return result


def _rows(
    merged: Merged, section: str, base: list[Row], ours: list[Row], theirs: list[Row]
) -> list[Row]:
    old, our, their = by_key(base), by_key(ours), by_key(theirs)
    result: dict[str, Row] = {}
    for key in old | our | their:
        row = _row(merged, section, key, old.get(key), our.get(key), their.get(key))
        if row is not None:
            result[key] = row
    return [result[key] for key in _order(old, our, their) if key in result]


def _row(
    merged: Merged, section: str, key: str, old: Row | None, our: Row | None, their: Row | None
) -> Row | None:
    if our is not None and their is not None:
        return _fields(merged, section, key, old or {}, our, their)
    if old is None:  # added by one side
        return our or their
    kept = our or their
    if kept is None or kept == old:  # deleted, and not edited by the other side
        return None
    merged.conflicts.append(Conflict(section, key, "", old, our, their))
    return kept


def _order(old: dict[str, Row], our: dict[str, Row], their: dict[str, Row]) -> list[str]:
    """Whose order counts: theirs if only they moved rows, else ours; rows that only the other
    side has follow the row that they follow there."""
    lead, other = (our, their) if _moved(old, our) or not _moved(old, their) else (their, our)
    keys = list(lead)
    previous = ""
    for key in other:
        if key not in lead:
            keys.insert(keys.index(previous) + 1 if previous else 0, key)
        previous = key
    return keys


def _moved(old: dict[str, Row], new: dict[str, Row]) -> bool:
    return [k for k in old if k in new] != [k for k in new if k in old]


def resolve(merged: Merged, chosen: Collection[int]) -> Snapshot:
    """The merged snapshot with theirs taken for the conflicts of the given positions."""
    snapshot = deepcopy(merged.snapshot)
    for position in chosen:
        conflict = merged.conflicts[position]
        if conflict.field == ORDER or not conflict.key:
            snapshot[conflict.section][conflict.field] = conflict.theirs
        else:
            _resolve_row(snapshot[conflict.section]["rows"], conflict)
    return snapshot


def _resolve_row(rows: list[Row], conflict: Conflict) -> None:
    row = by_key(rows)[conflict.key]
    if conflict.field:
        row[conflict.field] = conflict.theirs
    elif conflict.theirs is None:
        rows.remove(row)
