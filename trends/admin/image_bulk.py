"""The bulk action "Edit credit and licence…": what is ticked is set for all pictures chosen."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import get_text_list

from ..models import Image
from .image_cards import cards, counted
from .image_saving import LATER, make_files

FIELDS = ("credit", "creator", "licence", "rights_expire_on")
# Making the files of a picture takes about 0.7 s. An answer must not take longer than this.
SECONDS = 10.0


class RightsForm(forms.ModelForm):
    """Each field has a tick of its own: only what is ticked is set, also to nothing."""

    class Meta:
        model = Image
        fields = FIELDS
        widgets = {"rights_expire_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            label = f"Change the {label_of(name)}"
            self.fields[f"change_{name}"] = forms.BooleanField(label=label, required=False)
            self.fields[name].help_text = ""

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for name in FIELDS:
            yield self[f"change_{name}"], self[name]

    def _post_clean(self) -> None:
        """No picture of its own to check; each of those chosen is."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in FIELDS:
            if data.get(name) and not data[f"change_{name}"]:
                self.add_error(name, "Tick the box above to set this, or empty the field.")
        if not self.errors and not self.values():
            raise ValidationError("Nothing is ticked. Tick what is to be changed.")
        return data

    def values(self) -> dict[str, Any]:
        """Name → value of what is ticked."""
        data = self.cleaned_data
        return {name: data.get(name) for name in FIELDS if data.get(f"change_{name}")}


@dataclass
class Outcome:
    """What became of the pictures. `later`: how many files still say what was true before;
    `refused`: a sentence for each picture left as it was."""

    changed: int = 0
    later: int = 0
    refused: list[str] = field(default_factory=list)


def edit(pks: Iterable[int], values: dict[str, Any], *, seconds: float = SECONDS) -> Outcome:
    """Set fields of many pictures, each under its own lock. New files are made until the time is
    over; those of the others follow."""
    outcome, begun = Outcome(), time.monotonic()
    for pk in pks:
        image = _edited(pk, values, outcome)
        if image:
            outcome.changed += 1
            in_time = time.monotonic() - begun < seconds
            if not in_time or not make_files(image):
                outcome.later += image.lacks_files
    return outcome


def _edited(pk: int, values: dict[str, Any], outcome: Outcome) -> Image | None:
    with transaction.atomic():
        image: Image | None = Image.objects.select_for_update().filter(pk=pk).first()
        changed = [name for name, value in values.items() if getattr(image, name, value) != value]
        if image is None or not changed:
            return None
        for name in changed:
            setattr(image, name, values[name])
        try:
            image.clean()
        except ValidationError as wrong:
            outcome.refused.append(f"{image}: {' '.join(wrong.messages)}")
            return None
        image.revise(changed, remake=False)
        return image


class BulkEdit(admin.ModelAdmin):
    """The action and its page in between, for ImageAdmin."""

    @admin.action(description="Edit credit and licence…", permissions=["change"])
    def edit_rights(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        chosen = Image.objects.with_use().filter(pk__in=queryset.order_by().values("pk"))
        form = RightsForm(request.POST if "_edit" in request.POST else None)
        if not form.is_valid():
            return self._ask_rights(request, form, list(chosen))
        values = form.values()
        self._tell_outcome(request, values, edit(list(chosen.values_list("pk", flat=True)), values))
        return None

    def _ask_rights(
        self, request: HttpRequest, form: RightsForm, chosen: list[Image]
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Edit credit and licence", "form": form, "opts": self.opts,
            "cards": cards(chosen, timezone.localdate()), "checkbox": ACTION_CHECKBOX_NAME,
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/image/edit_rights.html", context)

    def _tell_outcome(self, request: HttpRequest, values: dict[str, Any], outcome: Outcome) -> None:
        names = get_text_list([label_of(name) for name in values], "and")
        if outcome.changed:
            said = f"{counted(outcome.changed)}: the {names} changed."
            if outcome.later:
                said += f" The files of {outcome.later} follow {LATER}."
            messages.success(request, said)
        elif not outcome.refused:
            messages.info(request, "All of them said that already. Nothing is changed.")
        for sentence in outcome.refused:
            messages.warning(request, f"Not changed. {sentence}")


def label_of(name: str) -> str:
    return "end of rights" if name == "rights_expire_on" else name
