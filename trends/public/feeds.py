"""RSS 2.0: the 20 newest trends with their full text; of the site, a topic, an author."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from .. import richtext
from ..models import Edition, Image
from ..models.edition import EditionQuerySet
from ..snapshot import PROSE, pictures
from .context import absolute, document
from .full_text import figures_of, full_text
from .pictures import widest
from .structured_data import language

NEWEST = 20
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
# What XML 1.0 can't hold, however it is written.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    description = f"The newest trends of {settings.NEWSROOM_NAME}."
    return feed(
        Edition.objects.live(now), now,
        title=settings.NEWSROOM_NAME, description=description,
        path=reverse("home"), feed_path=reverse("feed"),
    )  # fmt: skip


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    live = Edition.objects.live(now)
    topic = get_object_or_404(live.topics(), slug=slug)
    return feed(
        live.about(topic), now,
        title=f"{topic} · {settings.NEWSROOM_NAME}",
        description=topic.description or f"The newest trends about {topic}.",
        path=topic.get_absolute_url(), feed_path=reverse("topic_feed", args=[slug]),
    )  # fmt: skip


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    live = Edition.objects.live(now)
    author = get_object_or_404(live.authors(), slug=slug)
    return feed(
        live.by(author), now,
        title=f"{author} · {settings.NEWSROOM_NAME}",
        description=f"The newest trends by {author}.",
        path=author.get_absolute_url(), feed_path=reverse("author_feed", args=[slug]),
    )  # fmt: skip


def feed(
    rows: EditionQuerySet, now: datetime, *, title: str, description: str, path: str, feed_path: str
) -> HttpResponse:
    """Three queries: the editions, their bylines, the pieces that their texts link to; one more
    where pictures stand in the texts."""
    made = TrendFeed(
        title=xml(title),
        link=absolute(path),
        description=xml(description),
        language=language(),
        feed_url=absolute(feed_path),
    )
    editions = list(rows.newest_first().whole().with_bylines()[:NEWEST])
    urls = addresses_of_linked(editions, now)
    figures = figures_of(pictures_in(editions))
    for edition in editions:
        made.add_item(**item(edition, urls, figures))
    return document(made.writeString("utf-8"), "application/rss+xml")


def addresses_of_linked(editions: list[Edition], now: datetime) -> dict[int, str]:
    """Full addresses of the live pieces that the texts link to, by article."""
    ids: set[int] = set()
    for edition in editions:
        for name in PROSE:
            ids |= richtext.trend_links(edition.html.get(name, ""))
    linked = Edition.objects.live(now).of(ids).only("article_id", "slug")
    return {found.article_id: absolute(found.get_absolute_url()) for found in linked}


def pictures_in(editions: list[Edition]) -> Iterable[Image]:
    ids = {pk for edition in editions for pk in pictures(edition.content)}
    found: Iterable[Image] = Image.objects.filter(pk__in=ids)
    return found


def item(edition: Edition, urls: dict[int, str], figures: dict[int, str]) -> dict[str, Any]:
    return {
        "title": xml(edition.title),
        "link": absolute(edition.get_absolute_url()),
        "description": xml(edition.standfirst),
        "pubdate": edition.first_published_at,
        "updateddate": edition.public_updated_at,
        "unique_id": guid(edition),
        "unique_id_is_permalink": False,
        "categories": [xml(edition.topic.name)] if edition.topic else [],
        # Where nobody is assigned, the desk answers for the piece.
        "creators": [xml(a.name) for a in edition.authors] or [settings.NEWSROOM_NAME],
        "content": xml(full_text(edition, urls, figures)),
        "picture": widest(edition.hero, "hero"),
    }


def guid(edition: Edition) -> str:
    """The same for all editions and slugs of a piece (RFC 4151)."""
    host = urlsplit(settings.NEWSROOM_BASE_URL).hostname
    return f"tag:{host},2025:trend/{edition.article_id}"


def xml(text: str) -> str:
    """Text without the characters that no XML document may hold."""
    return _FORBIDDEN.sub("", text)


class TrendFeed(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, Any]:
        return super().rss_attributes() | NAMESPACES

    def latest_post_date(self) -> datetime:
        """Of an empty feed it must not move, or no reader could ever be told 304."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime(1970, 1, 1, tzinfo=UTC))

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])
        if file := item["picture"]:
            attributes = {"url": file["url"], "type": file["type"], "medium": "image"}
            attributes |= {side: str(file[side]) for side in ("width", "height")}
            handler.addQuickElement("media:content", None, attributes)
