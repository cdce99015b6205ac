"""The 20 newest trends with their full text: of the site, a topic, an author."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from .. import richtext
from ..models import Article, Edition, Image
from ..models.edition_queries import EditionQuerySet
from ..snapshot import PROSE, pictures
from .addresses import live_author, live_topic
from .context import absolute, document, moved
from .feed import MEDIA_TYPES, Feed, Item, Person
from .feed_formats import WRITERS
from .full_text import figures_of, full_text
from .one_moment import for_readers
from .pictures import widest
from .structured_data import language

NEWEST = 20
# What is somebody's opinion or paid for says so before it is opened, as on our own lists.
LABELLED: dict[str, str] = {Article.Kind.OPINION: "Opinion", Article.Kind.SPONSORED: "Sponsored"}


@for_readers
def site(request: HttpRequest, form: str) -> HttpResponse:
    now = timezone.now()
    return answer(
        form, tag("feed/trends"), reverse("feed", args=[form]), reverse("home"),
        title=settings.NEWSROOM_NAME,
        description=f"The newest trends of {settings.NEWSROOM_NAME}.",
        items=newest(Edition.objects.live(now), now),
    )  # fmt: skip


@for_readers
def topic(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    now = timezone.now()
    live = Edition.objects.live(now)
    topic = live_topic(slug, now)
    path = reverse("topic_feed", args=[topic.slug, form])
    if topic.slug != slug:
        return moved(path)
    return answer(
        form, tag(f"feed/topic/{topic.pk}"), path, topic.get_absolute_url(),
        title=f"{topic} · {settings.NEWSROOM_NAME}",
        description=topic.description or f"The newest trends about {topic}.",
        items=newest(live.about(topic), now),
    )  # fmt: skip


@for_readers
def author(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    now = timezone.now()
    live = Edition.objects.live(now)
    author = live_author(slug, now)
    path = reverse("author_feed", args=[author.slug, form])
    if author.slug != slug:
        return moved(path)
    return answer(
        form, tag(f"feed/author/{author.pk}"), path, author.get_absolute_url(),
        title=f"{author} · {settings.NEWSROOM_NAME}",
        description=f"The newest trends by {author}.",
        items=newest(live.by(author), now),
    )  # fmt: skip


def answer(
    form: str,
    name: str,
    path: str,
    page: str,
    *,
    title: str,
    description: str,
    items: Sequence[Item],
) -> HttpResponse:
    """The feed in the format that is asked for. `name` stays the same wherever it moves."""
    feed = Feed(
        id=name,
        url=absolute(path),
        page=absolute(page),
        title=title,
        description=description,
        language=language(),
        icon=absolute(static("icons/apple-touch-icon.png")),
        publisher=desk(),
        items=items,
    )
    return document(WRITERS[form](feed), MEDIA_TYPES[form])


def newest(rows: EditionQuerySet, now: datetime) -> list[Item]:
    """Three queries: the editions, their bylines, the pieces that their texts link to; one more
    where pictures stand in the texts."""
    editions = list(rows.newest_first().whole().with_bylines()[:NEWEST])
    urls = addresses_of_linked(editions, now)
    figures = figures_of(pictures_in(editions))
    return [item(edition, full_text(edition, urls, figures)) for edition in editions]


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


def item(edition: Edition, content: str) -> Item:
    # The database keeps it so for CONTENT editions.
    assert edition.first_published_at is not None
    assert edition.public_updated_at is not None
    label = LABELLED.get(edition.piece_kind, "")
    return Item(
        id=tag(f"trend/{edition.article_id}"),
        url=absolute(edition.get_absolute_url()),
        title=f"{label}: {edition.title}" if label else edition.title,
        summary=edition.standfirst,
        content=content,
        published=edition.first_published_at,
        updated=edition.public_updated_at,
        authors=[person(author.name, author.get_absolute_url()) for author in edition.authors]
        or [desk()],
        tags=[name for name in (edition.topic and edition.topic.name, label) if name],
        picture=widest(edition.hero, "hero"),
    )


def person(name: str, path: str) -> Person:
    return Person(name, absolute(path))


def desk() -> Person:
    """Who answers for a piece that nobody is assigned to."""
    return person(settings.NEWSROOM_NAME, reverse("home"))


def tag(name: str) -> str:
    """The same for all editions and slugs of a piece, and for a feed wherever it is (RFC 4151)."""
    return f"tag:{urlsplit(settings.NEWSROOM_BASE_URL).hostname},2025:{name}"
