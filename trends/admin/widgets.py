"""Fields and widgets that several forms of the desk share."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper


class LinesField(forms.CharField):
    """Text of several lines. Browsers send CR LF for what was stored as LF: without this, a
    save would seem to change every text."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value else value


def without_side_doors(field: Any, *, may_add: bool = True) -> Any:
    """Selecting is all that a reference is for: no links to change or delete what it names."""
    if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget.can_change_related = field.widget.can_delete_related = False
        field.widget.can_view_related = False
        field.widget.can_add_related &= may_add
    return field
