"""What a shared link and search engines show of a piece without a hero: a card made of its title,
for search engines in the three shapes that they ask for.

The address holds a digest of what is drawn, so a card never changes under its address, and a page
names it without drawing it.
"""

import hashlib
from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Edition
from ..paths import path_to
from . import card_drawing, policy, typeface
from .addresses import by_slug
from .context import absolute, moved
from .errors import gone, not_found
from .pictures import Rendition

Kind = Edition.Kind
LABELLED = ("opinion", "sponsored")
HEIGHTS = {"": card_drawing.HEIGHT} | card_drawing.SHAPES


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
def card(request: HttpRequest, slug: str, digest: str, shape: str = "") -> HttpResponse:
    """The picture, by the same door as the page. An address of former times leads to today's.
    shape: of card_drawing.SHAPES; "" for shared links."""
    edition = by_slug(slug, timezone.now())
    if edition is None or edition.kind == Kind.RETRACTION or shape not in HEIGHTS:
        return not_found(request)
    if edition.kind != Kind.CONTENT:
        return gone(edition)
    found = card_of(edition)
    if found is None:
        return not_found(request)
    if (edition.slug, found.digest) != (slug, digest):
        return moved(path_of(edition, found, shape))
    drawing = card_drawing.draw(**asdict(found), height=HEIGHTS[shape])
    response = HttpResponse(drawing, content_type="image/jpeg")
    response.headers["Cache-Control"] = policy.FOR_EVER
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def social_card(edition: Edition) -> Rendition | None:
    """Address, size and words of a piece's card; None where its title can't be drawn."""
    found = card_of(edition)
    if found is None:
        return None
    return {"url": absolute(path_of(edition, found)), "alt": edition.title} | sides_of("")


def shaped_cards(edition: Edition) -> list[Rendition]:
    """The same in every shape that search engines ask for; none where the title can't be drawn."""
    found = card_of(edition)
    if found is None:
        return []
    return [
        {"url": absolute(path_of(edition, found, shape))} | sides_of(shape)
        for shape in card_drawing.SHAPES
    ]


def sides_of(shape: str) -> dict[str, int]:
    return {"width": card_drawing.WIDTH, "height": HEIGHTS[shape]}


def card_of(edition: Edition) -> Card | None:
    said = (settings.NEWSROOM_NAME, label_of(edition), edition.title)
    words = [typeface.drawable(text) for text in said]
    return None if None in words else Card(*(word or "" for word in words))


def label_of(edition: Edition) -> str:
    """As on the cards of lists: the topic, and what is somebody's opinion or paid for."""
    topic = edition.topic.name if edition.topic else ""
    kind = edition.piece_kind.capitalize() if edition.piece_kind in LABELLED else ""
    return " · ".join(filter(None, (topic, kind)))


def path_of(edition: Edition, card: Card, shape: str = "") -> str:
    if shape:
        return path_to("shaped_card", edition.slug, shape, card.digest)
    return path_to("card", edition.slug, card.digest)
