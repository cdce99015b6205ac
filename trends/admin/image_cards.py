"""Cards of the library: what each says of its picture. Nothing here asks the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format

from ..models import Image
from ..models.image_queries import SOON
from ..readiness.hero import WIDTH_MIN
from .pictures import thumb_url


class Chip(NamedTuple):
    """`kind` is the CSS class: "stop" for what keeps readers from seeing it."""

    words: str
    kind: str = "quiet"


@dataclass(frozen=True, slots=True)
class Card:
    image: Image
    thumb: str
    url: str
    chips: list[Chip]


def cards(images: Iterable[Image], day: date) -> list[Card]:
    """Images come from `Image.objects.with_use()`."""
    return [
        Card(image, thumb_url(image), image_url(image), list(_chips(image, day)))
        for image in images
    ]


def image_url(image: Image, page: str = "change") -> str:
    return reverse(f"admin:trends_image_{page}", args=[image.pk])


def _chips(image: Image, day: date) -> Iterator[Chip]:
    used: bool = image.is_used  # type: ignore[attr-defined]
    yield Chip("used", "live") if used else Chip("unused")
    yield from _rights(image, day)
    if image.ai_use:
        yield Chip(image.get_ai_use_display())
    if image.decorative:
        yield Chip("decorative")
    if image.width < WIDTH_MIN:
        yield Chip("too small", "pending")


def _rights(image: Image, day: date) -> Iterator[Chip]:
    ends, begins = image.rights_expire_on, image.not_before
    if begins and begins > day:
        yield Chip(f"not before {_said(begins)}", "stop")
    if ends and ends < day:
        yield Chip(f"expired {_said(ends)}", "stop")
    elif ends:
        yield Chip(f"rights end {_said(ends)}", "changes" if ends <= day + SOON else "quiet")


def _said(day: date) -> str:
    return date_format(day, "j M Y")


def counted(number: int) -> str:
    return "1 picture" if number == 1 else f"{number} pictures"
