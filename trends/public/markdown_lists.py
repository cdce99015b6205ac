"""Front page, lists and people as Markdown. Lists lead to the twins of what they name, so that a
machine can read on without a page."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from .. import markdown
from ..models import Article, Edition
from ..pages import asked
from ..pages.front import Front
from ..pages.newest import Newest
from .addresses import live_author, live_topic
from .context import absolute, moved
from .corrections import PublicCorrection, latest, published, shown
from .filters import TrendFilter
from .markdown_page import day, markdown_page, moment, this_page
from .one_moment import for_readers
from .paging import Page, page_of
from .views import ON_THE_FRONT_PAGE, matching, newest

LABELLED = {Article.Kind.OPINION, Article.Kind.SPONSORED}


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    editions = Front(now)[:ON_THE_FRONT_PAGE]
    blocks = [
        *opening(settings.NEWSROOM_NAME, reverse("home")),
        entries(editions),
        markdown.link("All trends", absolute(reverse("trends_markdown"))),
        *part("Topics", [topic_links(asked.LIVE_TOPICS(now=now))]),
        *part("Corrections", map(correction, latest(now))),
    ]
    return markdown_page(blocks, page=reverse("home"))


@for_readers
def trends(request: HttpRequest) -> HttpResponse:
    """With the filters of the page."""
    chosen = TrendFilter(request.GET, now=timezone.now())
    found = matching(request, chosen, reverse("trends_markdown"))
    return listing(found, reverse("trends"), "Trends", entries(found.rows))


@for_readers
def topics(request: HttpRequest) -> HttpResponse:
    found = asked.LIVE_TOPICS(now=timezone.now())
    blocks = [*opening("Topics", reverse("topics")), topic_links(found)]
    return markdown_page(blocks, page=reverse("topics"))


@for_readers
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    topic = live_topic(slug, now)
    path = reverse("topic_markdown", args=[topic.slug])
    if topic.slug != slug:
        return moved(path)
    front = Front(now, topic)
    found = page_of(front, path=path, asked=request.GET.dict(), by="first_published_at")
    about = markdown.paragraphs(topic.description)
    return listing(found, topic.get_absolute_url(), topic.name, about, entries(found.rows))


@for_readers
def author(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    author = live_author(slug, now)
    path = reverse("author_markdown", args=[author.slug])
    if author.slug != slug:
        return moved(path)
    found = newest(request, Newest(now, author), path)
    about = [markdown.paragraphs(author.job_title), markdown.paragraphs(author.bio)]
    return listing(found, author.get_absolute_url(), author.name, *about, entries(found.rows))


@for_readers
def corrections(request: HttpRequest) -> HttpResponse:
    path, asked = reverse("corrections_markdown"), request.GET.dict()
    found = page_of(published(timezone.now()), path=path, asked=asked, by="at")
    blocks = [correction(shown(row)) for row in found.rows]
    return listing(found, reverse("corrections"), "Corrections", *blocks)


def listing(found: Page, path: str, title: str, *blocks: str) -> HttpResponse:
    """A page of rows. `path`: of the list of which it is the twin."""
    _, mark, query = found.url.partition("?")
    page = f"{path}{mark}{query}"
    older = markdown.link("Older", absolute(found.older_url)) if found.older_url else ""
    return markdown_page([*opening(title, page), *blocks, older], page=page)


def opening(title: str, path: str) -> list[str]:
    return [markdown.heading(1, title), this_page(path)]


def part(title: str, blocks: Iterable[str]) -> list[str]:
    """Blocks under a heading; nothing where there are none."""
    filled = list(filter(None, blocks))
    return [markdown.heading(2, title), *filled] if filled else []


def entries(editions: Iterable[Edition]) -> str:
    return markdown.bullets(map(entry, editions))


def entry(edition: Edition) -> str:
    """[Title](address) (Opinion, topic, when): standfirst"""
    link = markdown.link(edition.title, absolute(reverse("trend_markdown", args=[edition.slug])))
    # Readers know before they choose what is somebody's opinion or paid for.
    about = [edition.piece_kind.capitalize()] if edition.piece_kind in LABELLED else []
    about += [markdown.text(edition.topic.name)] if edition.topic else []
    about += [moment(edition.first_published_at)] if edition.first_published_at else []
    standfirst = markdown.text(edition.standfirst)
    return f"{link} ({', '.join(about)}){': ' if standfirst else ''}{standfirst}"


def topic_links(topics: Iterable[Any]) -> str:
    return markdown.bullets(
        markdown.link(topic.name, absolute(reverse("topic_markdown", args=[topic.slug])))
        for topic in topics
    )


def correction(row: PublicCorrection) -> str:
    label = "Editors’ note" if row.kind == "note" else row.kind.capitalize()
    link = markdown.link(row.edition.title, absolute(row.edition.get_absolute_url()))
    return f"**{label}**, {day(row.at)}, in {link}:\n\n{markdown.paragraphs(row.text)}"
