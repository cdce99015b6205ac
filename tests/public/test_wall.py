"""The wall between desk and public: nothing that is not live shows anywhere, and no public
request as much as asks a table of the working copy."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from trends.models import Address, Article, Author, Image, Topic

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
}
FEWEST = 150  # addresses that a visit must have asked for; else the test itself is broken


def slugs(model: type[models.Model]) -> Iterator[str]:
    yield from model._default_manager.values_list("slug", flat=True)


def paths(prefix: str) -> list[str]:
    return list(Address.objects.filter(path__startswith=prefix).values_list("path", flat=True))


# For each pattern of the public side the addresses that are asked for.
SAMPLES: dict[str, Callable[[], list[str]]] = {
    "home": lambda: ["/", *paths("/?p=")],
    "trends": lambda: ["/trends/", "/trends/?since=2020-01-01", "/trends/?older_than=9-9"],
    "trend": lambda: paths("/trends/") + [f"/trends/{slug}/" for slug in slugs(Article)],
    "card": lambda: [f"/trends/{slug}/card-0.jpg" for slug in slugs(Article)],
    "topics": lambda: ["/topics/"],
    "topic": lambda: [reverse("topic", args=[slug]) for slug in slugs(Topic)],
    "author": lambda: [reverse("author", args=[slug]) for slug in slugs(Author)],
    "corrections": lambda: ["/corrections/"],
    "about": lambda: ["/about/"],
    "feed": lambda: ["/feeds/trends.rss"],
    "topic_feed": lambda: [reverse("topic_feed", args=[slug]) for slug in slugs(Topic)],
    "author_feed": lambda: [reverse("author_feed", args=[slug]) for slug in slugs(Author)],
    "sitemap": lambda: ["/sitemap.xml"],
    "robots": lambda: ["/robots.txt"],
    "media": lambda: ["/media/master.jpg", *(f"/media/{i.file.name}" for i in Image.objects.all())],
    "elsewhere": lambda: ["/nowhere/", *paths("/old/"), *(f"/en{p}" for p in paths("/old/"))],
}


@dataclass
class Visit:
    """What all public addresses answered."""

    words: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    addresses: int = 0


def visit(client: Client) -> Visit:
    seen, words = Visit(), {word_of(name) for name in STATES}
    for make in SAMPLES.values():
        for path in make():
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
            text = f"{response.headers.items()} {response.getvalue().decode()}".lower()
            seen.words |= {word for word in words if word in text}
            seen.tables |= {table for q in queries for table in tables_of(q["sql"])}
            seen.addresses += 1
    return seen


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
    assert seen.addresses >= FEWEST


def test_control_what_is_published_shows(visitor: Client, reveals: list[Reveal]) -> None:
    for reveal in reveals:
        reveal()
    seen = visit(visitor)
    assert seen.words == {word_of(name) for name in STATES}
    assert seen.tables == PUBLIC_TABLES


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
    for parameter, word in product(["topic", "author", "q"], words):
        other = "y" * len(word)
        hidden = visitor.get("/trends/", {parameter: word}).content.decode()
        unknown = visitor.get("/trends/", {parameter: other}).content.decode()
        assert hidden.replace(word, other) == unknown


def test_every_model_is_on_one_side_of_the_wall() -> None:
    """The list of public tables names tables that exist."""
    assert {model._meta.db_table for model in apps.get_models()} >= PUBLIC_TABLES
