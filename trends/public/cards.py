"""What a shared link shows of a piece without a hero: a card made of its title.

The address holds a digest of what is drawn, so a card never changes under its address, and a page
names it without drawing it.
"""

import hashlib
from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Edition
from . import card_drawing, policy, typeface
from .addresses import by_slug
from .context import absolute, moved
from .errors import gone, not_found
from .pictures import Rendition

Kind = Edition.Kind


@dataclass(frozen=True, slots=True)
class Card:
    site: str
    label: str
    title: str

    @property
    def digest(self) -> str:
        """64 bits of all that decides how it looks, in hex."""
        looks = (card_drawing.DESIGN, typeface.name(), self.site, self.label, self.title)
        return hashlib.sha256(repr(looks).encode()).hexdigest()[:16]


@require_safe
def card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The picture, by the same door as the page. An address of former times leads to today's."""
    edition = by_slug(slug, timezone.now())
    if edition is None or edition.kind == Kind.RETRACTION:
        return not_found(request)
    if edition.kind != Kind.CONTENT:
        return gone(edition)
    found = card_of(edition)
    if found is None:
        return not_found(request)
    if (edition.slug, found.digest) != (slug, digest):
        return moved(path_of(edition, found))
    response = HttpResponse(card_drawing.draw(**asdict(found)), content_type="image/jpeg")
    response.headers["Cache-Control"] = policy.FOR_EVER
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def social_card(edition: Edition) -> Rendition | None:
    """Address, size and words of a piece's card; None where its title can't be drawn."""
    found = card_of(edition)
    if found is None:
        return None
    sides = {"width": card_drawing.WIDTH, "height": card_drawing.HEIGHT}
    return {"url": absolute(path_of(edition, found)), "alt": edition.title} | sides


def card_of(edition: Edition) -> Card | None:
    topic = edition.topic.name if edition.topic else ""
    words = [typeface.drawable(text) for text in (settings.NEWSROOM_NAME, topic, edition.title)]
    return None if None in words else Card(*(word or "" for word in words))


def path_of(edition: Edition, card: Card) -> str:
    return reverse("card", args=[edition.slug, card.digest])
