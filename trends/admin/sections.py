"""The form of a piece as sections in reading order, each with its state in the rail."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import AdminForm, InlineAdminForm, InlineAdminFormSet

from ..models import Article
from ..snapshot import SECTIONS, is_empty, pending
from .parts import PARTS, Part
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
    """One part of the form. `state` is "text", "pending", "not needed" or "" (does not apply)."""

    name: str
    label: str
    state: str
    fieldset: Any
    inline: InlineAdminFormSet | None
    rows: list[RowView]
    ordered: bool

    @property
    def state_words(self) -> str:
        return {"text": "has text", "pending": "pending", "not needed": "not needed"}[self.state]


def section_views(
    adminform: AdminForm, inlines: list[InlineAdminFormSet], article: Article | None
) -> list[SectionView]:
    """The parts that there are for this user: inlines need a permission."""
    states = section_states(article) if article else {}
    fieldsets: dict[str, Any] = {fieldset.name: fieldset for fieldset in _fieldsets(adminform)}
    by_name = {_reverse_name(inline): inline for inline in inlines}
    return [
        _view(part, fieldsets.get(part.name), by_name.get(part.rows), states.get(part.name, ""))
        for part in PARTS
        if not part.rows or part.rows in by_name
    ]


def section_states(article: Article) -> dict[str, str]:
    """Section → "text", "pending" or "not needed"."""
    snapshot = article.snapshot()
    empty = [name for name in SECTIONS[1:] if is_empty(snapshot, name)]
    states = {name: "text" for name in SECTIONS[1:] if name not in empty}
    states |= {name: "not needed" for name in empty if snapshot[name]["not_needed"]}
    return states | dict.fromkeys(pending(snapshot), "pending")


def _fieldsets(adminform: Any) -> Iterator[Any]:
    yield from adminform


def _view(part: Part, fieldset: Any, inline: InlineAdminFormSet | None, state: str) -> SectionView:
    if fieldset:
        fieldset.name = None  # the rail says it
    rows = sorted(_rows(inline), key=_order) if inline else []
    ordered = bool(inline and isinstance(inline.formset, RowFormSet))
    return SectionView(part.name, part.label, state, fieldset, inline, rows, ordered)


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
