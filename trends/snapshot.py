"""The content of an article as plain data, keyed by section.

    {"schema": 1,
     "head":     {"title": str, "standfirst": str, "topic": id | None, …},
     "context":  {"text": html, "not_needed": reason},
     "evidence": {"rows": [{"key": str, "number": int, …}], "not_needed": reason}, …}

Values are what JSON holds: str, int, bool, None; dates are ISO 8601 strings, references are ids.
Rows carry a key that survives edit, merge and restore; their order is the order of the list.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any

from . import richtext

SCHEMA = 1
Snapshot = dict[str, Any]
Row = dict[str, Any]

HEAD_FIELDS = (
    "title", "standfirst", "topic", "hero", "kind", "dateline",
    "disclosure", "sponsor", "ai_use", "ai_note",
)  # fmt: skip
PROSE = ("lede", "context", "analysis", "backstory")
ROW_FIELDS: dict[str, tuple[str, ...]] = {
    "evidence": (
        "number", "kind", "claim", "excerpt", "locator", "source_title", "publisher", "url",
        "archive_url", "dated_on", "speaker", "speaker_role", "stance", "independence",
        "verdict", "checked_at", "checked_by", "disclosure", "private_note",
    ),
    "key_points": ("text",),
    "actions": ("audience", "text", "timing", "review_on"),
    "author": ("author", "role"),
    "related": ("target", "url", "label"),
}  # fmt: skip
SECTIONS = (
    "head", "lede", "context", "evidence", "analysis",
    "key_points", "actions", "author", "related", "backstory",
)  # fmt: skip
# Sections that a reader is told are still to come when they are empty.
CAN_BE_PENDING = ("lede", "context", "evidence", "analysis", "key_points", "actions", "author")
LABELS = {
    "head": "Title and facts", "lede": "Headline", "context": "Context", "evidence": "Evidence",
    "analysis": "Analysis", "key_points": "Key Points", "actions": "Actions", "author": "Author",
    "related": "Also Read", "backstory": "How we know",
}  # fmt: skip
# Fields of rows that may carry citations.
CITING_ROWS = {"key_points": ("text",), "actions": ("text",)}
# What a described source keeps to itself; what no reader ever gets.
WITHHELD = ("source_title", "publisher", "url", "archive_url", "speaker", "speaker_role", "locator")
PRIVATE = ("private_note", "checked_by")

# From an older schema number to the next: {1: function}. None yet.
UPGRADES: dict[int, Callable[[Snapshot], Snapshot]] = {}


class UnknownSchema(ValueError):
    """The snapshot was written by a newer version of this software."""


def empty() -> Snapshot:
    """A snapshot of nothing: every section there and empty."""
    snapshot: Snapshot = {"schema": SCHEMA, "head": dict.fromkeys(HEAD_FIELDS, "")}
    snapshot["head"] |= {"topic": None, "hero": None}
    for section in PROSE:
        snapshot[section] = {"text": "", "not_needed": ""}
    for section in ROW_FIELDS:
        snapshot[section] = {"rows": [], "not_needed": ""}
    return snapshot


def upgrade(snapshot: Snapshot) -> Snapshot:
    """The same content in today's schema. Raises UnknownSchema for one from the future."""
    while snapshot["schema"] < SCHEMA:
        snapshot = UPGRADES[snapshot["schema"]](snapshot)
    if snapshot["schema"] > SCHEMA:
        raise UnknownSchema(
            f"This text was saved by a newer version (schema {snapshot['schema']}, "
            f"this one knows {SCHEMA}). Update the software, then open it again."
        )
    return snapshot


def digest(snapshot: Snapshot) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits."""
    return digest_of(canonical(snapshot))


def canonical(snapshot: Snapshot) -> str:
    """The one spelling of it in JSON."""
    return json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_empty(snapshot: Snapshot, section: str) -> bool:
    """Nothing in it yet (whether or not it is needed)."""
    part = snapshot[section]
    if "rows" in part:
        return not part["rows"]
    return not (richtext.plain(part["text"]) or richtext.pictures(part["text"]))


def pending(snapshot: Snapshot) -> list[str]:
    """Sections that are empty and not marked as not needed, in reading order."""
    return [s for s in CAN_BE_PENDING if is_empty(snapshot, s) and not snapshot[s]["not_needed"]]


def texts(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """(section, text) of everything that may carry citations, in reading order."""
    for section in SECTIONS:
        if section in PROSE:
            yield section, snapshot[section]["text"]
        for name in CITING_ROWS.get(section, ()):
            for row in snapshot[section]["rows"]:
                yield section, row[name]


def pictures(snapshot: Snapshot) -> set[int]:
    """Ids of the pictures that stand in the prose."""
    return {pk for section in PROSE for pk in richtext.pictures(snapshot[section]["text"])}


def map_texts(snapshot: Snapshot, change: Callable[[str], str]) -> Snapshot:
    """A copy with the change applied to every text that may carry citations."""
    copy = deepcopy(snapshot)
    for section in PROSE:
        copy[section]["text"] = change(copy[section]["text"])
    for section, names in CITING_ROWS.items():
        for row in copy[section]["rows"]:
            row.update({name: change(row[name]) for name in names})
    return copy


def compose(base: Snapshot, fresh: Snapshot, sections: Iterable[str]) -> Snapshot:
    """The base with the chosen sections taken from the fresh one."""
    return base | {section: deepcopy(fresh[section]) for section in sections}


def changed_sections(before: Snapshot, after: Snapshot) -> list[str]:
    """Sections that differ, in reading order."""
    return [s for s in SECTIONS if before[s] != after[s]]


def public(snapshot: Snapshot) -> Snapshot:
    """What readers may get of a snapshot: the part that enters an edition.

    Internal evidence goes with its citations, a described source keeps its name,
    private notes and who checked stay on the desk.
    """
    rows = snapshot["evidence"]["rows"]
    internal = [row["number"] for row in rows if row["disclosure"] == "internal"]
    copy = map_texts(snapshot, lambda text: richtext.without_citations(text, internal))
    copy["evidence"]["rows"] = [_public_row(r) for r in rows if r["disclosure"] != "internal"]
    for section in CAN_BE_PENDING:  # the reason is the desk's, that it is not needed is public
        copy[section]["not_needed"] = bool(snapshot[section]["not_needed"])
    return copy


def _public_row(row: Row) -> Row:
    withheld = PRIVATE + (WITHHELD if row["disclosure"] == "described" else ())
    return {name: value for name, value in row.items() if name not in withheld}
