"""What the page of a picture shows besides Django's own: sections, crops, where it is used."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Image
from .image_saving import next_to_describe
from .image_stale import late
from .image_use import uses
from .page import conflict
from .pictures import rendition_url, thumb_url, whole_url


@dataclass(frozen=True, slots=True)
class Crop:
    """`ratio` as two numbers for the desk's script; `width` and `height` of what is drawn, in
    pixels; `url` of the crop that readers get now."""

    name: str
    preset: str
    ratio: tuple[int, int]
    width: int
    height: int
    url: str


# Name, preset of renditions, ratio, width on the page in pixels.
CROPS = [
    ("Hero 16:9", "hero", (16, 9), 640),
    ("Card 16:9", "hero", (16, 9), 200),
    ("4:3", "4x3", (4, 3), 320),
    ("1:1", "1x1", (1, 1), 320),
    ("Social 1200 × 630", "social", (1200, 630), 480),
]


def crops(image: Image) -> list[Crop]:
    return [
        Crop(name, preset, ratio, width, round(width * ratio[1] / ratio[0]), url)
        for name, preset, ratio, width in CROPS
        for url in [rendition_url(image, preset)]
    ]


class ImagePage(admin.ModelAdmin):
    """The form of ImageAdmin."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, image = context["adminform"].form, context["original"]
        sections = [(fieldset.name, fieldset) for fieldset in context["adminform"]]
        for _, fieldset in sections:
            fieldset.name = None  # the rail says it
        is_late = bool(image and form.is_bound and form.is_stale)
        if is_late or (image and form.is_bound and form.theirs):
            differing = late(form)
            context |= {"stale": differing, "is_over": True} if is_late else {}
        context |= {"sections": sections, "show_save_and_add_another": False}
        context |= picture_context(request, image) if image else {"title": "Upload a picture"}
        response = super().render_change_form(request, context, *args, **kwargs)
        return conflict(response) if is_late else response


def picture_context(request: HttpRequest, image: Image) -> dict[str, Any]:
    # As it is saved: after a refused form, the instance at hand holds what was typed.
    saved = Image.objects.get(pk=image.pk)
    return {
        "title": str(saved),
        "subtitle": None,
        "picture": saved,
        "whole": whole_url(saved),
        "thumb": thumb_url(saved),
        "crops": crops(saved),
        "uses": uses(saved, request.user, timezone.now()),
        "next_one": next_to_describe(saved),
        "saved_point": ",".join(f"{round(fraction * 100, 1):g}" for fraction in saved.focal),
    }
