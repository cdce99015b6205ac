"""Where the desk finds a picture: a public rendition, else a view for staff that draws one."""

import io
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from PIL import Image as Pillow

from ..models import Image

# Pixels: a card is about 300 wide, on dense screens twice as many.
CARD = 640
WHOLE = 1280


def thumb_url(image: Image) -> str:
    """A 16:9 picture for a card. Costs no query."""
    return _widest(image, "hero", CARD) or desk_url(image)


def whole_url(image: Image) -> str:
    """The uncropped picture, WHOLE pixels wide at most."""
    return _widest(image, "whole", WHOLE) or desk_url(image)


def desk_url(image: Image) -> str:
    """For pictures without public files: their rights have ended, or nothing is made yet."""
    return reverse("admin:trends_image_desk", args=[image.pk])


def rendition_url(image: Image, preset: str) -> str:
    """The largest JPEG of a preset, "" where there is none."""
    return _widest(image, preset, 10_000)


def _widest(image: Image, preset: str, limit: int) -> str:
    entries = [one for one in image.renditions.get(preset, []) if one["format"] == "jpg"]
    if not entries:
        return ""
    fitting = [one for one in entries if one["width"] <= limit]
    best = max(fitting, key=_width) if fitting else min(entries, key=_width)
    return default_storage.url(best["name"])


def _width(entry: dict[str, Any]) -> int:
    return int(entry["width"])


class DeskView(admin.ModelAdmin):
    """<id>/desk.jpg for ImageAdmin: a small picture of a master, for staff and for nobody else."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.desk_view)
        return [
            path("<int:object_id>/desk.jpg", view, name="trends_image_desk"),
            *super().get_urls(),
        ]

    def desk_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            data = _drawn(Image.objects.get(pk=object_id))
        except (Image.DoesNotExist, OSError, OverflowError):
            raise Http404("There is no such picture, or its file is missing.") from None
        return HttpResponse(
            data, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"}
        )


def _drawn(image: Image) -> bytes:
    """A JPEG of WHOLE pixels at most. Masters are JPEGs of our own making; `draft` decodes them
    at a fraction of their size."""
    out = io.BytesIO()
    with image.open_master() as file, Pillow.open(file, formats=["JPEG"]) as picture:
        picture.draft("RGB", (WHOLE, WHOLE))
        picture.thumbnail((WHOLE, WHOLE))
        picture.save(out, "JPEG", quality=80)
    return out.getvalue()
