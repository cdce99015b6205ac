"""Rows of a piece in its form: known by their keys, in the order in which they stand."""

from typing import Any, cast

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils import timezone

from ..models import Evidence
from ..models.fields import new_key
from ..models.row import Row
from .known import KnownChoiceField, know_chosen, know_rows
from .posted_rows import is_key

Verdict = Evidence.Verdict
# A browser counts on from the last number; further than this it has not counted.
MOST_NEW = 100


class QuietField(forms.Field):
    """A hidden field that alone makes no row worth saving."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowFormSet(BaseInlineFormSet):
    """Saves rows with their keys and in their order. The caller holds the article's lock and
    sets `by` (who saves). `rows`: those that are saved, where they are at hand; `numbers`: key →
    number of evidence that comes back."""

    by: Any = None
    # What complete() sets.
    completed: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, rows: list[Row] | None = None, numbers: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.numbers: dict[str, int] = dict(numbers or {})
        if rows is not None:
            self._queryset = rows  # what get_queryset() would find by a query

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields |= {"key": QuietField(), "position": QuietField()}
        if form.instance.pk:
            know_rows(form)
            _know_itself(form)
            form.initial.update(key=form.instance.key, position=form.instance.position)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """A row that nobody changed is as it was when it was saved: no query checks it again."""
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if form.is_bound and form.instance.pk and not form.has_changed():
            form._errors, form.cleaned_data = {}, dict(form.initial)
        return form

    def full_clean(self) -> None:
        if self.is_bound:
            know_chosen(self.forms)
        super().full_clean()

    @property
    def kept_forms(self) -> list[forms.ModelForm]:
        """Forms of the rows that are there after saving, in their order."""
        kept = [form for form in self.forms if not self._is_left_out(form)]
        return sorted(kept, key=place)

    @property
    def kept_rows(self) -> list[Row]:
        """The rows as they are saved."""
        return [form.instance for form in self.kept_forms]

    def _is_left_out(self, form: forms.ModelForm) -> bool:
        blank = form not in self.initial_forms and not form.has_changed()
        return blank or bool(form.cleaned_data.get(DELETION_FIELD_NAME))

    def save(self, commit: bool = True) -> list[Row]:
        """One query for all rows that go, one for those that change, one for those that come."""
        saved = super().save(commit=False)
        moved = self._place()
        table = cast(type[Row], self.model)._default_manager
        if self.deleted_objects:
            table.filter(pk__in=[row.pk for row in self.deleted_objects]).delete()
        if self.changed_objects or moved:
            self.write_changed(table, [row for row, _ in self.changed_objects], moved)
        if self.new_objects:
            table.bulk_create(self.new_objects)
        return saved

    def write_changed(self, table: Any, changed: list[Row], moved: list[Row]) -> None:
        """`moved`: those that stand elsewhere now."""
        typed = {name for _, names in self.changed_objects for name in names}
        own = {field.name for field in table.model._meta.concrete_fields}
        names = (typed & own) | set(self.completed if changed else ())
        names |= {"position"} if moved else set()
        table.bulk_update({row.pk: row for row in [*changed, *moved]}.values(), sorted(names))

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        row = super().save_new(form, commit=False)
        self.complete(row, form)
        key = str(form.cleaned_data.get("key") or "")
        row.key = key if is_key(key) else new_key()
        self.number(row)
        return row

    def save_existing(self, form: forms.ModelForm, obj: Row, commit: bool = True) -> Any:
        self.complete(form.instance, form)
        return super().save_existing(form, obj, commit)

    def complete(self, row: Row, form: forms.ModelForm) -> None:
        """What saving adds to a row besides what was typed."""

    def number(self, row: Row) -> None:
        """Give a new row its number."""

    def _place(self) -> list[Row]:
        """Positions 0, 1, 2 … in the order of the form; a move alone changes no field. Returns
        the saved rows that moved."""
        moved = [(n, row) for n, row in enumerate(self.kept_rows) if row.position != n]
        for position, row in moved:
            row.position = position
        return [row for _, row in moved if row.pk]


def _know_itself(form: forms.ModelForm) -> None:
    """The hidden id need not be looked up: the row is at hand."""
    old: Any = form.fields["id"]
    field = KnownChoiceField(
        old.queryset, required=False, widget=forms.HiddenInput, initial=old.initial
    )
    field.know([form.instance])
    form.fields["id"] = field


def place(form: forms.ModelForm) -> int:
    """Where a row stands in its form: what was posted, else what was saved; new ones last."""
    value = form["position"].value()
    return int(value) if str(value).isdecimal() and len(str(value)) < 10 else 10**9


class BylineFormSet(RowFormSet):
    def clean(self) -> None:
        """Nobody is printed twice, whether the row was posted or not."""
        super().clean()
        posted = {form.instance.pk for form in self.initial_forms}
        seen = {row.author_id for row in self.get_queryset() if row.pk not in posted}
        for form in self.kept_forms:
            author = form.cleaned_data.get("author")
            pk = getattr(author, "pk", author)  # a row that nobody changed has the id
            if pk in seen:
                said = "An author stands twice in the byline. Remove one of the two rows."
                form.add_error("author", said)
            seen |= {pk} if pk else set()

    def write_changed(self, table: Any, changed: list[Row], moved: list[Row]) -> None:
        """Where authors change places, their rows go and come again with their ids: no database
        bears an author who stands twice for a moment."""
        before = {form.initial["author"] for form in self.initial_forms if form.has_changed()}
        typed: list[Any] = [row for row, names in self.changed_objects if "author" in names]
        swapped = [row for row in typed if row.author_id in before]
        if swapped:
            table.filter(pk__in=[row.pk for row in swapped]).delete()
        rest, moved = ([r for r in rows if r not in swapped] for rows in (changed, moved))
        super().write_changed(table, rest, moved)
        table.bulk_create(swapped)


class EvidenceFormSet(RowFormSet):
    completed = ("checked_at", "checked_by")

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """A new row may post the number that the browser gave it, since texts cite it already."""
        super().add_fields(form, index)
        form.fields["number"] = QuietField()
        if form.instance.pk:
            form.initial["number"] = form.instance.number

    def save(self, commit: bool = True) -> list[Row]:
        self._reserve()
        return super().save(commit)

    def _reserve(self) -> None:
        """Keep the posted numbers that are free, before those without one count on."""
        issued = self.instance.evidence_issued
        free = set(range(issued + 1, issued + MOST_NEW + 1))
        for form in self.kept_forms:
            key, number = (str(form.cleaned_data.get(name) or "") for name in ("key", "number"))
            value = int(number) if number.isdecimal() and len(number) < 7 else 0
            if value in free and key and key not in self.numbers and not form.instance.pk:
                free.remove(value)
                self.numbers[key] = value
        self.instance.evidence_issued = max([issued, *self.numbers.values()])

    def number(self, row: Any) -> None:
        row.number = self.numbers.get(row.key)
        self.instance.number(row)

    def complete(self, row: Any, form: forms.ModelForm) -> None:
        """What is checked is somebody's word, given now."""
        if "verdict" not in form.changed_data and row.pk:
            return
        if row.verdict == Verdict.UNCHECKED:
            row.checked_at = row.checked_by = None
        elif row.verdict == Verdict.CHECKED:
            row.checked_at, row.checked_by = timezone.now(), self.by
