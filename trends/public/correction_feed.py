"""The newest corrections, each with its words; only of pieces that are live."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks

from ..models import Correction
from .context import absolute
from .corrections import published, shown
from .feed import Item
from .feeds import NEWEST, answer, desk, tag
from .one_moment import for_readers


@for_readers
def corrections(request: HttpRequest, form: str) -> HttpResponse:
    """One query."""
    path = reverse("corrections_feed", args=[form])
    return answer(
        form, tag("feed/corrections"), path, reverse("corrections"),
        title=f"Corrections · {settings.NEWSROOM_NAME}",
        description=f"What {settings.NEWSROOM_NAME} got wrong and has put right.",
        items=[item(row) for row in published(timezone.now())[:NEWEST]],
    )  # fmt: skip


def item(row: Correction) -> Item:
    correction, kind = shown(row), row.get_kind_display().capitalize()
    return Item(
        id=tag(f"correction/{row.pk}"),
        url=f"{absolute(correction.edition.get_absolute_url())}#changes",
        title=f"{kind}: {correction.edition.title}",
        summary=row.text,
        content=linebreaks(row.text, autoescape=True),
        published=row.at,
        updated=row.at,
        authors=[desk()],
        tags=[kind],
    )
