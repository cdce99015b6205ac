"""The field that holds a picture of the library: its face, and the way to choose another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from js_asset import ImportMap, Media, Script

from ..models import Image
from .image_cards import Card, cards
from .known import KnownChoiceField
from .pictures import whole_url

# Modules know each other by these names: the files' own names change with their content.
MODULES = ("chooser", "chooser-ask", "chooser-library", "chooser-words", "dress", "upload")
IMPORTS = ImportMap({f"admin-desk/{name}": f"admin-desk/{name}.js" for name in MODULES})


@dataclass(frozen=True, slots=True)
class Face(Card):
    """A card that can stand in a form or in a text. `whole` is its address uncropped."""

    whole: str = ""


def faces(images: Iterable[Image]) -> list[Face]:
    """Images come from `Image.objects.with_use()`."""
    shown = cards(images, timezone.localdate())
    return [Face(c.image, c.thumb, c.url, c.chips, whole_url(c.image)) for c in shown]


def chosen_face(value: Any) -> Face | None:
    """The face of the picture with that number, which may be anything that was typed."""
    number = str(value or "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return next(iter(faces(Image.objects.with_use().filter(pk=int(number)))), None)


class PictureInput(forms.NumberInput):
    """The number of a picture. With JavaScript it is hidden behind the face and the buttons."""

    template_name = "admin/desk/picture_field.html"
    # A legend over face, number and buttons: the number alone would be a poor thing to name.
    use_fieldset = True
    may_describe = False

    @property
    def media(self) -> Media:
        return Media(
            importmap=IMPORTS,
            css={"all": ["admin-desk/upload.css"]},
            js=[Script("admin-desk/picture-field.js", type="module")],
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        number = context["widget"]["value"]
        given = {"name": name, "value": number, "type": "number", "min": "1"}
        return context | {
            "attributes": flatatt(context["widget"]["attrs"] | given),
            "id": context["widget"]["attrs"].get("id"),
            "value": number,
            "card": chosen_face(number),
            "may_describe": self.may_describe,
            "choose": reverse("admin:trends_image_choose"),
            "library": reverse("admin:trends_image_changelist"),
        }

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        # Forms look for templates in apps only; this one stands with the others of the desk.
        return super().render(name, value, attrs, TemplatesSetting())


class PictureField(KnownChoiceField):
    default_error_messages = {
        "invalid_choice": "There is no picture %(value)s in the library. Choose another picture.",
    }


class PictureFields(admin.ModelAdmin):
    """An admin whose references to pictures are chosen in the library."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if not (isinstance(db_field, models.ForeignKey) and db_field.related_model is Image):
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = PictureInput({"class": "picture-id"})
        widget.may_describe = request.user.has_perm("trends.change_image")
        return db_field.formfield(**kwargs | {"form_class": PictureField, "widget": widget})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The import map stands in the page, so the policy asks for the nonce."""
        nonce = getattr(request, "csp_nonce", "")
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        return super().render_change_form(request, context, *args, **kwargs)
