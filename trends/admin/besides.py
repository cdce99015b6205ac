"""Fields of the form besides the content: they stand in no revision, so each posts the value that
it was loaded with (`show_hidden_initial`), and merges by itself."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from ..merge import Conflict
from .choices import MINE, SAVED, Place
from .merged_post import FORM_KEY


def merge_besides(
    form: forms.ModelForm, choices: dict[Place, str], *, late: bool
) -> list[Conflict]:
    """Take what is saved now where the user left a field alone. Returns what both changed, in
    words. `late`: somebody saved after this form was loaded."""
    fields = form.fields.items()
    found = [
        _merge(form, name, choices.get(("", "", name)), late)
        for name, field in fields
        if field.show_hidden_initial and not field.disabled
    ]
    return [conflict for conflict in found if conflict]


def _merge(form: forms.ModelForm, name: str, choice: str | None, late: bool) -> Conflict | None:
    field, now = form.fields[name], form.get_initial_for_field(form.fields[name], name)
    data: Any = form.data
    typed = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    blank = "" if FORM_KEY in data else None  # the form of a new piece began with nothing
    shown = data.get(form.add_initial_prefix(name), blank)
    data[form.add_initial_prefix(name)] = _hidden(field, now)
    if not field.has_changed(now, typed):
        return None
    if shown is None:
        i_changed, they_changed = True, late
    else:
        i_changed = field.has_changed(_parsed(field, shown), typed)
        they_changed = field.has_changed(now, shown)
    if choice == SAVED or not i_changed:
        _put(form, name, now)
        return None
    if they_changed or choice not in (None, MINE):
        return Conflict("", "", name, None, _said(field, now), _said(field, typed))
    return None


def _hidden(field: forms.Field, value: Any) -> str:
    """As Django writes it into the hidden input."""
    value = field.prepare_value(value)
    return "" if value is None else str(value)


def _parsed(field: forms.Field, raw: Any) -> Any:
    try:
        return field.to_python(raw)
    except (ValidationError, ValueError):
        return raw


def _put(form: forms.ModelForm, name: str, value: Any) -> None:
    """As a browser would post the value."""
    field, posted = form.fields[name], form.add_prefix(name)
    data: Any = form.data
    if isinstance(field, forms.BooleanField):
        data.pop(posted, None)
        if value:
            data[posted] = "on"
        return
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    data[posted] = "" if shown is None else str(shown)


def _said(field: forms.Field, value: Any) -> str:
    value = _parsed(field, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j M Y, H:i T")
    choices = dict(getattr(field, "choices", ())) if isinstance(field, forms.ChoiceField) else {}
    return str(choices.get(value, value) or "")
