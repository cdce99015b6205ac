"""Rows of a piece in its form: known by their keys, in the order in which they stand."""

from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils import timezone

from ..models import Evidence
from ..models.fields import new_key
from ..models.row import Row
from .parts import ROW_MODELS

Verdict = Evidence.Verdict


class QuietField(forms.Field):
    """A hidden field that alone makes no row worth saving."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowFormSet(BaseInlineFormSet):
    """Saves rows with their keys and in their order. The caller holds the article's lock and
    sets `by` (who saves) and `over` (this form replaces what others saved meanwhile)."""

    by: Any = None
    over = False

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields |= {"key": QuietField(), "position": QuietField()}
        if form.instance.pk:
            form.initial.update(key=form.instance.key, position=form.instance.position)

    @property
    def kept_forms(self) -> list[forms.ModelForm]:
        """Forms of the rows that are there after saving, in their order."""
        kept = [form for form in self.forms if not self._is_left_out(form)]
        return sorted(kept, key=place)

    def _is_left_out(self, form: forms.ModelForm) -> bool:
        blank = form not in self.initial_forms and not form.has_changed()
        return blank or bool(form.cleaned_data.get(DELETION_FIELD_NAME))

    def save(self, commit: bool = True) -> list[Row]:
        if self.over:
            self._delete_absent()
        saved = super().save(commit)
        self._place()
        return saved

    def _delete_absent(self) -> None:
        """Rows that a colleague added meanwhile and that the form saved over them lacks."""
        posted = {form.instance.pk for form in self.initial_forms}
        for row in self.get_queryset():
            if row.pk not in posted:
                row.delete()

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        row = super().save_new(form, commit=False)
        self.complete(row, form)
        self._restore(row, str(form.cleaned_data.get("key") or ""))
        self.number(row)
        row.save()
        return row

    def save_existing(self, form: forms.ModelForm, obj: Row, commit: bool = True) -> Any:
        self.complete(form.instance, form)
        return super().save_existing(form, obj, commit)

    def complete(self, row: Row, form: forms.ModelForm) -> None:
        """What saving adds to a row besides what was typed."""

    def number(self, row: Row) -> None:
        """Give a new row its number."""

    def _restore(self, row: Row, key: str) -> None:
        """A row that a colleague deleted meanwhile comes back as itself."""
        earlier = self.earlier(key) if key else {}
        row.key = earlier.get("key") or new_key()
        if "number" in earlier:
            row.number = earlier["number"]  # type: ignore[attr-defined]

    def earlier(self, key: str) -> dict[str, Any]:
        """The row of that key in the latest revision that has it."""
        section = next(name for name, model in ROW_MODELS.items() if model is self.model)
        for content in self.instance.revisions.values_list("content", flat=True):
            for row in content[section]["rows"]:
                if row["key"] == key:
                    return dict(row)
        return {}

    def _place(self) -> None:
        """Positions 0, 1, 2 … in the order of the form; a move alone changes no field."""
        for position, form in enumerate(self.kept_forms):
            if form.instance.position != position:
                form.instance.position = position
                type(form.instance)._default_manager.filter(pk=form.instance.pk).update(
                    position=position
                )


def place(form: forms.ModelForm) -> int:
    """Where a row stands in its form: what was posted, else what was saved; new ones last."""
    value = form["position"].value()
    return int(value) if str(value).isdecimal() and len(str(value)) < 10 else 10**9


class BylineFormSet(RowFormSet):
    def get_unique_error_message(self, unique_check: Any) -> str:
        return "An author stands twice in the byline. Remove one of the two rows."


class EvidenceFormSet(RowFormSet):
    def number(self, row: Row) -> None:
        self.instance.number(row)

    def complete(self, row: Any, form: forms.ModelForm) -> None:
        """What is checked is somebody's word, given now."""
        if "verdict" not in form.changed_data and row.pk:
            return
        if row.verdict == Verdict.UNCHECKED:
            row.checked_at = row.checked_by = None
        elif row.verdict == Verdict.CHECKED:
            row.checked_at, row.checked_by = timezone.now(), self.by
