"""A snapshot in words, section by section, for eyes that compare two of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from .. import richtext
from ..compare import Piece, diff_words
from ..models import Article
from ..snapshot import HEAD_FIELDS, LABELS, PROSE, ROW_FIELDS, SECTIONS, Row, Snapshot
from .parts import ROW_MODELS

# Fields that say themselves what they are; the others stand behind their name.
SPEAKING = {"claim", "text", "author", "target", "label"}
# Model → id → name, for the references of the snapshots at hand.
Names = dict[type[models.Model], dict[int, str]]


@dataclass(frozen=True, slots=True)
class SectionWords:
    """One section that differs. `pieces` is the way from `before` to `after`."""

    name: str
    label: str
    before: str
    after: str
    pieces: list[Piece]

    @property
    def is_formatting(self) -> bool:
        """The words are the same: only links, headings or the like differ."""
        return self.before == self.after

    @property
    def old_pieces(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.op != "added"]

    @property
    def new_pieces(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.op != "removed"]


def differences(
    before: Snapshot, after: Snapshot, sections: Iterable[str] = SECTIONS
) -> list[SectionWords]:
    """The sections whose words differ, in reading order. At most five queries."""
    changed = [name for name in sections if before[name] != after[name]]
    names = names_of(before, after)
    found = []
    for name in changed:
        old, new = (words_of(snapshot, name, names) for snapshot in (before, after))
        found.append(SectionWords(name, LABELS[name], old, new, diff_words(old, new)))
    return found


def words_of(snapshot: Snapshot, section: str, names: Names) -> str:
    """All that a section says, a line a block, a row or a field of the head."""
    part = snapshot[section]
    if section == "head":
        lines = [_line(Article, name, part[name], names) for name in HEAD_FIELDS if part[name]]
    elif section in PROSE:
        lines = [richtext.readable(part["text"])]
    else:
        lines = [row_words(section, row, names) for row in part["rows"]]
    reason = part.get("not_needed")
    if reason:
        lines.append("Not needed" if reason is True else f"Not needed: {reason}")
    return "\n".join(line for line in lines if line)


def row_words(section: str, row: Row, names: Names) -> str:
    """All that a row says, in a line."""
    model = ROW_MODELS[section]
    number = f"E{row['number'] or ' (new)'}" if section == "evidence" else ""
    fields = [n for n in ROW_FIELDS[section] if n != "number" and row.get(n)]
    words = [_line(model, name, row[name], names) for name in fields]
    return " · ".join(filter(None, [number, *words]))


def _line(model: type[models.Model], name: str, value: Any, names: Names) -> str:
    said = " ".join(value_words(model, name, value, names).split())
    return said if name in SPEAKING else f"{label_of(model, name)}: {said}"


def label_of(model: type[models.Model], name: str) -> str:
    """The name of a field as the form shows it."""
    field: Any = model._meta.get_field(name)
    label = str(field.verbose_name)
    return f"{label[:1].upper()}{label[1:]}"


def value_words(model: type[models.Model], name: str, value: Any, names: Names) -> str:
    """A value as people read it; what no field would take stands as it was typed."""
    field: Any = model._meta.get_field(name)
    if isinstance(field, models.ForeignKey) and isinstance(value, int):
        return names[field.related_model].get(value, "one that no longer exists")
    if name in PROSE:
        return richtext.readable(str(value))
    return str(dict(getattr(field, "flatchoices", ())).get(value, value) or "")


def names_of(*snapshots: Snapshot) -> Names:
    """What the references in the snapshots are called."""
    ids: dict[type[models.Model], set[int]] = {}
    for model, name, part in _parts(snapshots):
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            wanted = ids.setdefault(field.related_model, set())
            wanted |= {part[name]} if isinstance(part.get(name), int) else set()
    return {model: _in_words(model, pks) for model, pks in ids.items()}


def _in_words(model: type[models.Model], pks: set[int]) -> dict[int, str]:
    found = model._default_manager.in_bulk(pks) if pks else {}
    return {pk: str(instance) for pk, instance in found.items()}


def _parts(snapshots: Iterable[Snapshot]) -> Iterable[tuple[type[models.Model], str, Row]]:
    """(model, field, where its value stands) of everything but prose."""
    for snapshot in snapshots:
        yield from ((Article, name, snapshot["head"]) for name in HEAD_FIELDS)
        for section, fields in ROW_FIELDS.items():
            for row in snapshot[section]["rows"]:
                yield from ((ROW_MODELS[section], name, row) for name in fields if name in row)
