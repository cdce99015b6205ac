"""The form of a piece as sections in reading order, each with its state in the rail."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import AdminForm, InlineAdminForm, InlineAdminFormSet

from ..models import Article
from ..snapshot import SECTIONS, Snapshot, is_empty, pending
from .folds import FoldView, fold_view
from .parts import PARTS, Part
from .rail import Rail, rail
from .rows import RowFormSet, place


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of an inline. `number` of evidence, 0 for other rows; `is_template`: the blank one
    that the browser copies."""

    admin: InlineAdminForm
    index: int
    key: str
    number: int
    is_template: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """One part of the form."""

    name: str
    label: str
    rail: Rail
    fieldset: Any
    fold: FoldView | None
    inline: InlineAdminFormSet | None
    rows: list[RowView]
    ordered: bool

    @property
    def state(self) -> str:
        return self.rail.state


def section_views(
    adminform: AdminForm,
    inlines: list[InlineAdminFormSet],
    article: Article | None,
    notes: Mapping[str, int] | None,
) -> list[SectionView]:
    """The parts that there are for this user: inlines need a permission. `notes`: how many are
    open about each section, None for who may not read them."""
    form: Any = adminform.form
    snapshot = article.snapshot() if article else None
    owed = [section for section, row in form.assignments.items() if not row.done_at]
    states = section_states(snapshot, owed) if snapshot else {}
    fieldsets: dict[str, Any] = {fieldset.name: fieldset for fieldset in _fieldsets(adminform)}
    by_name = {_reverse_name(inline): inline for inline in inlines}
    rails = {part.name: rail(part.name, form, states, snapshot, notes) for part in PARTS}
    return [
        _view(part, fieldsets, by_name.get(part.rows), rails[part.name])
        for part in PARTS
        if not part.rows or part.rows in by_name
    ]


def section_states(snapshot: Snapshot, owed: Collection[str] = ()) -> dict[str, str]:
    """Section → "pending" (nothing in it yet), "not needed", "drafting" (has text, and somebody
    still owes it: one of `owed`) or "done"."""
    empty = [name for name in SECTIONS[1:] if is_empty(snapshot, name)]
    filled = [name for name in SECTIONS[1:] if name not in empty]
    states = {name: "drafting" if name in owed else "done" for name in filled}
    states |= {name: "not needed" for name in empty if snapshot[name]["not_needed"]}
    return states | dict.fromkeys(pending(snapshot), "pending")


def _fieldsets(adminform: Any) -> Iterator[Any]:
    yield from adminform


def _view(
    part: Part, fieldsets: Mapping[str, Any], inline: InlineAdminFormSet | None, rail: Rail
) -> SectionView:
    fieldset = fieldsets.get(part.name)
    if fieldset:
        fieldset.name = None  # the rail says it
    fold = fold_view(part.fold.label, fieldsets[part.fold.label]) if part.fold else None
    rows = sorted(_rows(inline), key=_order) if inline else []
    ordered = bool(inline and isinstance(inline.formset, RowFormSet))
    return SectionView(part.name, part.label, rail, fieldset, fold, inline, rows, ordered)


def _rows(inline: InlineAdminFormSet) -> Iterator[RowView]:
    forms = list(inline)
    for index, row in enumerate(forms):
        # Not `row.original`: after a refused save Django pairs the rows wrongly.
        instance = row.form.instance
        is_template = bool(inline.has_add_permission and index == len(forms) - 1)
        saved_key = instance.key if instance.pk and "key" in row.form.fields else ""
        yield RowView(row, index, saved_key, getattr(instance, "number", 0) or 0, is_template)


def _order(row: RowView) -> tuple[bool, int]:
    form = row.admin.form
    return row.is_template, place(form) if "position" in form.fields else row.index


def _reverse_name(inline: InlineAdminFormSet) -> str:
    return str(inline.formset.fk.remote_field.related_name)
