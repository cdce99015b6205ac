"""Saving a picture: the row locked first, a stale form refused, the files made anew after it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html

from ..models import Image
from ..models.picture_files import Stale
from ..renditions import BadPicture
from .image_cards import image_url
from .image_form import ImageForm, UploadForm
from .image_merge import FOCUS

LATER = "with the next housekeeping (manage.py make_renditions)"
RIGHTS = [
    "credit", "creator", "source_url", "licence", ("rights_expire_on", "not_before"), "ai_use",
]  # fmt: skip


def make_files(image: Image) -> bool:
    """Make renditions where an edit asks for it; False where that has to follow later."""
    withheld = Image.objects.withheld(timezone.now())
    if not image.lacks_files or withheld.filter(pk=image.pk).exists():
        return True
    try:
        image.remake()
    except (OSError, BadPicture, Stale):
        return False
    return True


class ImageSaving(admin.ModelAdmin):
    """What ImageAdmin does when a form comes in."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = ImageForm if obj else UploadForm
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            ("Picture", {"fields": [FOCUS] if obj else ["upload"]}),
            ("Words", {"fields": ["alt_text", "decorative", "caption"]}),
            ("Credit and rights", {"fields": RIGHTS}),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id is None:
            # Without Django's transaction round it: what an upload notes for the case of a crash
            # must be committed before its files are written.
            return self._changeform_view(request, None, form_url, extra_context)  # type: ignore[attr-defined,no-any-return]
        pk = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        with transaction.atomic():
            # Whoever saves next waits here, and then finds the new version.
            list(Image.objects.select_for_update().filter(pk=pk).values_list("pk"))
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if response.status_code == 302:
            _follow(request, pk)
        return response

    def save_model(self, request: Any, obj: Image, form: Any, change: bool) -> None:
        """An upload is stored already; the files of an edit come after the words are safe."""
        if change and form.theirs:
            messages.info(request, "Somebody saved it too meanwhile. Both edits are in it now.")
        if change and form.changed_data:
            obj.revise(form.changed_data, remake=False)

    def response_add(
        self, request: HttpRequest, obj: Image, post_url_continue: str | None = None
    ) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, format_html("“{}” is in the library.", str(obj)))
        return HttpResponseRedirect(image_url(obj))

    def response_change(self, request: HttpRequest, obj: Image) -> HttpResponse:
        after = next_to_describe(obj) if "_next" in request.POST else None
        if after is None:
            return super().response_change(request, obj)
        messages.success(request, format_html("“{}” is saved. This one is next.", str(obj)))
        return HttpResponseRedirect(image_url(after))


def next_to_describe(image: Image) -> Image | None:
    """The newest of the other pictures without alt text."""
    others = Image.objects.without_alt_text().exclude(pk=image.pk)
    found: Image | None = others.first()
    return found


def _follow(request: HttpRequest, pk: int) -> None:
    image = Image.objects.filter(pk=pk).first()
    if image and not make_files(image):
        messages.warning(
            request, f"The words are saved. The files could not be made anew: that follows {LATER}."
        )
