"""Fields that are seldom used, folded behind a line that says what they hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import flatten
from django.forms import BooleanField, BoundField
from django.utils.text import Truncator


@dataclass(frozen=True, slots=True)
class FoldView:
    """`says`: what is in it, in few words; `is_open`: something in it is wrong."""

    label: str
    says: str
    is_open: bool
    fieldset: Any


def fold_view(label: str, fieldset: Any) -> FoldView:
    form, names = fieldset.form, flatten(fieldset.fields)
    fieldset.name = None  # the summary says it
    says = " · ".join(_said(form[name] for name in names if name in form.fields))
    return FoldView(label, says, any(name in form.errors for name in names), fieldset)


def _said(fields: Iterable[BoundField]) -> Iterator[str]:
    for field in fields:
        value = field.value()
        if value in (None, "", False):
            continue
        if isinstance(field.field, BooleanField):
            yield str(field.label)
        elif choices := getattr(field.field, "choices", None):
            yield str(dict(choices).get(value, value))
        else:
            words = str(field.field.widget.format_value(value))
            yield Truncator(words.replace("T", " ") if hasattr(value, "hour") else words).chars(40)
