"""Fields that clean what they store, whoever writes: form, script or import."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from .. import richtext, text


def new_key() -> str:
    """A key for a row, stable through edit, merge and restore: 16 hex digits."""
    return secrets.token_hex(8)


class RichTextField(models.TextField):
    """HTML of the fixed list of richtext.py. A plain TextField to migrations."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = richtext.clean(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return richtext.clean(value) if isinstance(value, str) else value

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class SafeURLField(models.CharField):
    """An http(s) address, stored without odd spaces and controls (security rule 13)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not value:
            return value
        cleaned = text.clean_url(value)
        if cleaned is None or not cleaned.startswith(("http://", "https://")):
            raise ValidationError(
                f"“{value[:80]}” is not a web address. Enter one that starts with https://."
            )
        return cleaned

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
