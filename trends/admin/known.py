"""References whose rows are at hand already: no query for the name of each, nor to check each."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpRequest

from ..models import Author, Topic

_ID = re.compile(r"[1-9][0-9]{0,17}")


class KnownChoiceField(forms.ModelChoiceField):
    """`known`: id as text → the row that is saved there now; replaced, never changed."""

    known: dict[str, models.Model] = {}

    def know(self, rows: Iterable[models.Model | None]) -> None:
        self.known = {str(row.pk): row for row in rows if row is not None}

    def to_python(self, value: Any) -> Any:
        return self.known.get(str(value)) or super().to_python(value)


class KnownAutocomplete(AutocompleteSelect):
    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """As Django's, which asks the database for the names."""
        field = self.choices.field
        wanted = {str(v) for v in value if str(v) not in field.empty_values}
        known = {pk: row for pk, row in field.known.items() if pk in wanted}
        if len(known) < len(wanted):
            return super().optgroups(name, value, attr)
        names = [(pk, field.label_from_instance(row)) for pk, row in known.items()]
        blank = [] if self.is_required else [("", "")]
        return [
            (None, [self.create_option(name, v, label, bool(v), index)], 0)
            for index, (v, label) in enumerate([*blank, *names])
        ]


class KnownChoices(BaseModelAdmin):
    """An admin whose autocomplete fields are told what their rows are called."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["form_class"] = KnownChoiceField
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReferenceForm(forms.ModelForm):
    """Its fields look up what they refer to, so the model need not ask again. Nor does it look at
    constraints that name a reference, each with a query: clean() of the form says those."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        fields = self.fields.items()
        return excluded | {n for n, field in fields if isinstance(field, forms.ModelChoiceField)}


def know_rows(form: forms.ModelForm) -> None:
    """Tell the fields of a form what its saved instance refers to."""
    for name, field in form.fields.items():
        if isinstance(field, KnownChoiceField) and getattr(form.instance, f"{name}_id", None):
            field.know([getattr(form.instance, name)])


def know_chosen(forms: Iterable[forms.BaseForm]) -> None:
    """Tell the fields of forms of one kind what was chosen in them: one query a field, however
    many forms there are; none for what another of them knows."""
    fields: dict[str, list[tuple[str, KnownChoiceField]]] = {}
    for form in forms:
        for name, field in form.fields.items():
            if isinstance(field, KnownChoiceField) and _ID.fullmatch(str(form[name].data)):
                fields.setdefault(name, []).append((str(form[name].data), field))
    for chosen in fields.values():
        known = {pk: row for _, field in chosen for pk, row in field.known.items()}
        wanted = {pk for pk, _ in chosen} - known.keys()
        if wanted:
            known |= {str(row.pk): row for row in _rows(chosen[0][1].queryset, wanted)}
        for pk, field in chosen:
            field.know([*field.known.values(), known.get(pk)])


def _rows(queryset: Any, pks: set[str]) -> Any:
    """Who is chosen must not become part of somebody else before the form is saved, so that
    follow_merges() can rely on what is found here."""
    rows = queryset.filter(pk__in=pks)
    is_merged = issubclass(queryset.model, Author | Topic)
    return rows.order_by("pk").select_for_update(no_key=True) if is_merged else rows
