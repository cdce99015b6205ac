"""The wall between desk and public: nothing that is not live shows anywhere, and no public
request as much as asks a table of the working copy."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from trends.models import Address, Article, Author, Edition, Image, Refused, SharedLink, Topic
from trends.search import parse

from .hidden import STATES, Desk, Reveal, word_of

# All that public code may read. A new model is forbidden until somebody adds it here.
PUBLIC_TABLES = {
    "trends_edition",
    "trends_editionbyline",
    "trends_address",
    "trends_author",
    "trends_topic",
    "trends_image",
    "trends_correction",
    "trends_pin",
    "trends_relatedtrend",
    "trends_search",
}
# The one exception, for the page of a shared link alone: it reads the one revision of that link.
LINK_TABLES = {"trends_sharedlink", "trends_revision", "trends_article"}
# What a site says of itself: whether its tables are there, and its worker.
PROBE_TABLES = {"django_migrations", "trends_job"}
FEWEST = 150  # addresses that a visit must have asked for; else the test itself is broken


def slugs(model: type[models.Model]) -> Iterator[str]:
    yield from model._default_manager.values_list("slug", flat=True)


def feeds(name: str, *args: str) -> list[str]:
    return [reverse(name, args=[*args, form]) for form in ("rss", "atom", "json")]


def months() -> set[str]:
    """Of all editions, hidden ones too, and of tomorrow."""
    starts = Edition.objects.values_list("live_from", flat=True)
    return {
        f"{timezone.localtime(start):%Y-%m}"
        for start in (*starts, timezone.now() + timedelta(days=1))
    }


def named(route: str, model: type[models.Model]) -> list[str]:
    return [reverse(route, args=[slug]) for slug in slugs(model)]


def paths(prefix: str) -> list[str]:
    return list(Address.objects.filter(path__startswith=prefix).values_list("path", flat=True))


def links(*, revoked: bool = False) -> Iterator[tuple[str, Article]]:
    """The address of a new shared link of each piece of which one may be made, and the piece."""
    pam = User.objects.get(username="pam")
    for article in Article.objects.all():
        try:
            link, token = SharedLink.objects.share(article, by=pam, label="Legal", hours=1)
        except Refused:
            continue
        if revoked:
            SharedLink.objects.revoke(by=pam, now=link.created_at)
        yield f"/preview/{token}/", article


def twins(name: str) -> list[str]:
    return [re.sub(r"/(\?|$)", r".md\1", path) for path in SAMPLES[name]()]


# For each pattern of the public side the addresses that are asked for.
SAMPLES: dict[str, Callable[[], list[str]]] = {
    "home": lambda: ["/", *paths("/?p=")],
    "trends": lambda: ["/trends/", "/trends/?since=2020-01-01", "/trends/?older_than=9-9"],
    "trend": lambda: paths("/trends/") + [f"/trends/{slug}/" for slug in slugs(Article)],
    "card": lambda: [f"/trends/{slug}/card-0.jpg" for slug in slugs(Article)],
    "shaped_card": lambda: [f"/trends/{slug}/1x1/card-0.jpg" for slug in slugs(Article)],
    "topics": lambda: ["/topics/"],
    "topic": lambda: [reverse("topic", args=[slug]) for slug in slugs(Topic)],
    "author": lambda: [reverse("author", args=[slug]) for slug in slugs(Author)],
    "archive": lambda: ["/archive/"],
    "month": lambda: [f"/archive/{m.replace('-', '/')}/" for m in (*months(), "1999-01")],
    "search": lambda: [
        *("/search/", "/search/?q=harbour", "/search/?q=standfirst", "/search/?q=title&page=2"),
        # A beginning of each word, and a misspelling: what is asked stands in the answer.
        *(f"/search/?q={word_of(name)[:-1]}" for name in STATES),
        *(f"/search/?q={word_of(name)[:-3]}xzz" for name in STATES),
        *(f"/search/?q=pump&topic={slug}" for slug in slugs(Topic)),
    ],
    "corrections": lambda: ["/corrections/"],
    "about": lambda: ["/about/"],
    "policy": lambda: ["/about/ownership/", "/about/unknown/"],
    "feed": lambda: feeds("feed"),
    "corrections_feed": lambda: feeds("corrections_feed"),
    "topic_feed": lambda: [path for slug in slugs(Topic) for path in feeds("topic_feed", slug)],
    "author_feed": lambda: [path for slug in slugs(Author) for path in feeds("author_feed", slug)],
    "sitemap": lambda: ["/sitemap.xml"],
    "sitemap_pages": lambda: ["/sitemaps/pages.xml"],
    "sitemap_month": lambda: [f"/sitemaps/{month}.xml" for month in months()],
    "news_sitemap": lambda: ["/sitemap-news.xml"],
    "llms": lambda: ["/llms.txt"],
    "security": lambda: ["/.well-known/security.txt"],
    "tdmrep": lambda: ["/.well-known/tdmrep.json"],
    "licence": lambda: ["/license.xml"],
    "healthz": lambda: ["/healthz"],
    "readyz": lambda: ["/readyz"],
    "workz": lambda: ["/workz"],
    "speculation_rules": lambda: ["/speculation-rules.json"],
    "robots": lambda: ["/robots.txt"],
    "home_markdown": lambda: ["/index.md"],
    "trends_markdown": lambda: ["/trends.md"],
    "trend_markdown": lambda: (
        [f"{path.rstrip('/')}.md" for path in paths("/trends/")] + named("trend_markdown", Article)
    ),
    "topics_markdown": lambda: ["/topics.md"],
    "topic_markdown": lambda: named("topic_markdown", Topic),
    "author_markdown": lambda: named("author_markdown", Author),
    "corrections_markdown": lambda: ["/corrections.md"],
    "archive_markdown": lambda: ["/archive.md"],
    "month_markdown": lambda: twins("month"),
    "search_markdown": lambda: twins("search"),
    "about_markdown": lambda: ["/about.md"],
    "policy_markdown": lambda: twins("policy"),
    "api_index": lambda: ["/api/v1/"],
    "api_openapi": lambda: ["/api/v1/openapi.json"],
    "api_trends": lambda: ["/api/v1/trends", "/api/v1/trends?topic=x&author=x"],
    "api_trend": lambda: (
        [f"/api/v1{path.rstrip('/')}" for path in paths("/trends/")] + named("api_trend", Article)
    ),
    "api_topics": lambda: ["/api/v1/topics"],
    "api_topic": lambda: named("api_topic", Topic),
    "api_authors": lambda: ["/api/v1/authors"],
    "api_author": lambda: named("api_author", Author),
    "api_corrections": lambda: ["/api/v1/corrections"],
    "api_unknown": lambda: ["/api/", "/api/v2/trends"],
    "shared": lambda: [path for path, _ in links(revoked=True)] + ["/preview/wrong/"],
    "favicon": lambda: ["/favicon.ico"],
    "media": lambda: ["/media/master.jpg", *(f"/media/{i.file.name}" for i in Image.objects.all())],
    "elsewhere": lambda: ["/nowhere/", *paths("/old/"), *(f"/en{p}" for p in paths("/old/"))],
}


@dataclass
class Visit:
    """What all public addresses answered."""

    words: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    link_tables: set[str] = field(default_factory=set)  # asked for shared links
    probe_tables: set[str] = field(default_factory=set)  # and by what watches over the site
    addresses: int = 0


def visit(client: Client) -> Visit:
    seen = Visit()
    for name, make in SAMPLES.items():
        for path in make():
            with CaptureQueriesContext(connection) as queries:
                seen.words |= words_at(client, path)
            asked = {
                "shared": seen.link_tables, "readyz": seen.probe_tables, "workz": seen.probe_tables
            }.get(name, seen.tables)  # fmt: skip
            asked |= {table for q in queries for table in tables_of(q["sql"])}
            seen.addresses += 1
    return seen


def words_at(client: Client, path: str) -> set[str]:
    """Words of hidden pieces in an answer."""
    response = client.get(path)
    text = f"{response.headers.items()} {response.getvalue().decode()}".lower()
    return {word for word in map(word_of, STATES) if word in text}


def tables_of(sql: str) -> set[str]:
    return set(re.findall(r'(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?', sql))


@pytest.fixture
def reveals(pam: User) -> list[Reveal]:
    """Every hidden state, hidden."""
    desk = Desk(pam)
    return [make(desk, word_of(name)) for name, make in STATES.items()]


@pytest.fixture
def visitor(client: Client, pam: User) -> Client:
    """Logged in, since not even that may make a difference."""
    client.force_login(pam)
    return client


def test_nothing_hidden_shows_and_no_table_of_the_working_copy_is_asked(
    visitor: Client, reveals: list[Reveal]
) -> None:
    seen = visit(visitor)
    print(f"{len(STATES)} hidden states, {seen.addresses} addresses")
    assert seen.words == set()
    assert seen.tables <= PUBLIC_TABLES
    assert seen.link_tables <= PUBLIC_TABLES | LINK_TABLES
    assert seen.probe_tables <= PROBE_TABLES
    assert seen.addresses >= FEWEST


def test_control_what_is_published_shows(visitor: Client, reveals: list[Reveal]) -> None:
    for reveal in reveals:
        reveal()
    seen = visit(visitor)
    assert seen.words == {word_of(name) for name in STATES}
    assert seen.tables == PUBLIC_TABLES


# What not even a shared link shows; and what is in no revision that may be shared.
NEVER = {
    "internal_evidence", "private_note", "withheld_source", "words_of_the_desk",
    "notes_and_complaints",
    "embargoed_picture", "expired_picture",
}  # fmt: skip
NOT_SHARED = {"removed", "discarded", "superseded"}


def test_a_shared_link_shows_its_own_piece_alone(visitor: Client, reveals: list[Reveal]) -> None:
    for article in Article.objects.all():  # else readers see all of it already: no link is made
        article.title += " anew"
        article.save()
        article.record_revision(by=None)
    seen = set()
    for path, article in links():
        with CaptureQueriesContext(connection) as queries:
            words = words_at(visitor, path)
        assert len(words) <= 1, article
        assert {t for q in queries for t in tables_of(q["sql"])} <= PUBLIC_TABLES | LINK_TABLES
        seen |= words
    assert seen == {word_of(name) for name in set(STATES) - NEVER - NOT_SHARED}


def test_control_a_table_of_the_working_copy_is_noticed(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        list(Address.objects.select_related("article"))
    assert "trends_article" in tables_of(queries[0]["sql"]) - PUBLIC_TABLES


def test_every_public_pattern_is_visited() -> None:
    assert set(SAMPLES) == set(public_names(get_resolver().url_patterns))


def public_names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Names of all patterns outside the desk; one without a name shows as its route."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif str(pattern.pattern) != "admin/":
            yield from public_names(pattern.url_patterns)


def test_a_filter_knows_nothing_of_what_is_hidden(visitor: Client, reveals: list[Reveal]) -> None:
    """It answers the word of a hidden piece like one that nobody ever wrote."""
    words = [word_of(name) for name in STATES]
    paths = ["/trends/", "/trends.md", "/api/v1/trends"]

    @cache
    def answer(path: str, parameter: str, word: str) -> str:
        return visitor.get(path, {parameter: word}).content.decode()

    for path, parameter, word in product(paths, ["topic", "author", "q"], words):
        other = "y" * len(word)
        hidden = answer(path, parameter, word)
        assert hidden.replace(word, other) == answer(path, parameter, other)


def test_the_search_knows_nothing_of_what_is_hidden(visitor: Client, reveals: list[Reveal]) -> None:
    for word in map(word_of, STATES):
        found = visitor.get("/search/", {"q": word}).context
        assert (found["query"] == parse(word), word in found["meant"]) == (
            not found["meant"],
            False,
        )
        assert found["results"] == [] or found["meant"]


def test_every_model_is_on_one_side_of_the_wall() -> None:
    """The list of public tables names tables that exist."""
    assert {model._meta.db_table for model in apps.get_models()} >= PUBLIC_TABLES
