"""One posted value at a time: what its field would make of it, and how it would be posted."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from .. import richtext
from ..models.fields import RichTextField, SafeURLField
from .widgets import LinesField


def typed_value(model: type[models.Model], name: str, raw: str, base: Any, lenient: bool) -> Any:
    """A posted value as JSON holds it.

    What says the same as the base's value stays that, byte for byte, so that nothing seems
    changed by whoever left it alone. What the field refuses stands raw, or with `lenient` as in
    the base.
    """
    field: Any = model._meta.get_field(name)
    if raw == posted_value(base):
        return base
    try:
        value = _parse(field, raw)
    except (ValidationError, ValueError):
        return base if lenient else raw
    return base if value == _reparsed(field, base) else value


def posted_value(value: Any) -> str:
    """The other way: what a form would post for a value of a snapshot."""
    return "" if value is None else str(value)


def default_of(model: type[models.Model], name: str) -> Any:
    """What a new row holds in a field where nothing is typed, as JSON holds it."""
    field: Any = model._meta.get_field(name)
    value = field.get_default()
    return value.isoformat() if isinstance(value, datetime | date) else value


def _reparsed(field: Any, value: Any) -> Any:
    try:
        return _parse(field, posted_value(value))
    except (ValidationError, ValueError):
        return value


def _parse(field: Any, raw: str) -> Any:
    """Raises ValidationError or ValueError where the field would."""
    if isinstance(field, models.ForeignKey):
        return _number(raw.strip())
    if isinstance(field, models.DateField):
        day = forms.DateField(required=False).to_python(raw)
        return day.isoformat() if day else None
    if field.choices:
        return _one_of({str(value) for value, _ in field.flatchoices}, raw, field.blank)
    if isinstance(field, RichTextField):
        return richtext.clean(raw.strip())
    if isinstance(field, SafeURLField):
        return field.to_python(raw.strip())
    return _text(raw)


def _text(raw: str) -> str:
    """CR LF of browsers is LF, here as in the form; a lone line has none."""
    return str(LinesField(required=False).to_python(raw))


def _number(raw: str) -> int | None:
    if not raw:
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 19):  # more fits no column
        raise ValueError(raw)
    return int(raw)


def _one_of(values: set[str], raw: str, blank: bool) -> str:
    if raw not in values and not (blank and not raw):
        raise ValueError(raw)
    return raw
