"""What changed between two snapshots, by section, field and row; word by word on request."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from . import richtext
from .snapshot import LABELS, PROSE, ROW_FIELDS, SECTIONS, Row, Snapshot

_TOKEN = re.compile(r"\s*\S+|\s+$")
ROW_NAMES = {
    "evidence": ("piece of evidence", "pieces of evidence"),
    "key_points": ("key point", "key points"),
    "actions": ("action", "actions"),
    "author": ("byline", "bylines"),
    "related": ("Also Read link", "Also Read links"),
}
ORDER = "order"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `key` names the row ("" for a field of the section itself);
    `field` is "" for a whole row added or removed, "order" for rows moved."""

    section: str
    key: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `op` is "same", "removed" or "added"."""

    op: str
    text: str


def compare(before: Snapshot, after: Snapshot) -> list[Change]:
    """Every difference, in reading order."""
    changes: list[Change] = []
    for section in SECTIONS:
        if before[section] != after[section]:
            changes += _fields(section, "", before[section], after[section])
            if section in ROW_FIELDS:
                changes += _rows(section, before[section]["rows"], after[section]["rows"])
    return changes


def _fields(section: str, key: str, before: Row, after: Row) -> list[Change]:
    names = [n for n in before | after if n not in ("rows", "key")]
    pairs = [(n, before.get(n), after.get(n)) for n in names]
    return [Change(section, key, n, old, new) for n, old, new in pairs if old != new]


def _rows(section: str, before: list[Row], after: list[Row]) -> list[Change]:
    old, new = by_key(before), by_key(after)
    changes = [Change(section, k, "", row, None) for k, row in old.items() if k not in new]
    for key, row in new.items():
        if key in old:
            changes += _fields(section, key, old[key], row)
        else:
            changes.append(Change(section, key, "", None, row))
    kept_old, kept_new = [k for k in old if k in new], [k for k in new if k in old]
    if kept_old != kept_new:
        changes.append(Change(section, "", ORDER, kept_old, kept_new))
    return changes


def by_key(rows: list[Row]) -> dict[str, Row]:
    """Rows by their stable key, in order."""
    return {row["key"]: row for row in rows}


def describe(changes: Sequence[Change]) -> str:
    """The changes in a few words: "Context, 2 key points"."""
    words: dict[str, str] = {}
    for section in dict.fromkeys(change.section for change in changes):
        keys = {c.key for c in changes if c.section == section and c.key}
        if section in ROW_NAMES and keys:
            words[section] = f"{len(keys)} {ROW_NAMES[section][len(keys) != 1]}"
        else:
            words[section] = LABELS[section]
    return ", ".join(words.values())


def readable(change: Change) -> tuple[str, str]:
    """Both sides of a change as plain words."""
    return _words(change.section, change.before), _words(change.section, change.after)


def _words(section: str, value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(str(v) for k, v in value.items() if k != "key" and v not in (None, ""))
    if value is None or value == "":
        return ""
    return richtext.readable(value) if section in PROSE and isinstance(value, str) else str(value)


def diff_words(before: str, after: str) -> list[Piece]:
    """Word differences of two plain texts.

    Lines are matched first and words only inside lines that changed, so that a text of some
    thousand words costs milliseconds.
    """
    pieces: list[Piece] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for op, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
        else:
            pieces += _diff_tokens("".join(old[i:j]), "".join(new[m:n]))
    return pieces


def _diff_tokens(before: str, after: str) -> list[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    # autojunk stays on: without it, a long text of few common words takes quadratic time.
    for op, i, j, m, n in SequenceMatcher(None, old, new).get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if m < n:
            pieces.append(Piece("added", "".join(new[m:n])))
    return pieces
