"""Deleting pictures: one that is used stays, and the page says where."""

from copy import copy
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from ..models import Image
from .image_cards import cards, counted, image_url
from .image_use import uses
from .pictures import whole_url

IN_USE = "“{}” is used, so it stays."


class ImageDeletion(admin.ModelAdmin):
    """The delete page and the bulk action of ImageAdmin."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        image: Any = self.get_object(request, object_id)
        context: dict[str, Any] = extra_context or {}
        if image and self.has_delete_permission(request, image):
            context |= {
                "title": "Delete the picture", "subtitle": None,
                "picture": image, "whole": whole_url(image),
                "uses": uses(image, request.user, timezone.now()), "back": image_url(image),
            }  # fmt: skip
        try:
            return super().delete_view(request, object_id, context)
        except (ProtectedError, IntegrityError):  # somebody chose it a moment ago
            messages.error(request, format_html(IN_USE, str(image)))
            return HttpResponseRedirect(image_url(image))

    @admin.action(description="Delete…", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """In place of Django's, which refuses all for the sake of one and names the pieces."""
        chosen = list(Image.objects.with_use().filter(pk__in=queryset.order_by().values("pk")))
        if "_delete" not in request.POST:
            return self._ask_deletion(request, chosen)
        gone = [image for image in chosen if self._deleted(request, image)]
        for image in chosen:
            if image not in gone:
                messages.warning(request, format_html(IN_USE, str(image)))
        if gone:
            messages.success(request, f"{counted(len(gone))} deleted.")
        return None

    def _deleted(self, request: HttpRequest, image: Any) -> bool:
        if image.is_used:
            return False
        gone: Any = copy(image)  # with its number, which delete() takes away
        try:
            image.delete()
        except (ProtectedError, IntegrityError):  # somebody chose it a moment ago
            return False
        self.log_deletions(request, [gone])  # type: ignore[arg-type]
        return True

    def _ask_deletion(self, request: HttpRequest, chosen: list[Any]) -> HttpResponse:
        day = timezone.localdate()
        context = self.admin_site.each_context(request) | {
            "title": "Delete pictures", "opts": self.opts, "checkbox": ACTION_CHECKBOX_NAME,
            "going": cards([image for image in chosen if not image.is_used], day),
            "staying": cards([image for image in chosen if image.is_used], day),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/image/delete_selected.html", context)
