"""A small newsroom in public: people, a topic, pieces that are live, a picture."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from trends.models import Article, Author, Image, Topic
from trends.models.making import make_article, make_author

MakePiece = Callable[..., Article]
# What readiness asks of every piece.
READY: dict[str, Any] = {
    "standfirst": "The harbour gets a second pump house, and the town pays for half of it.",
    "lede": "The town will build a second pump house at the harbour.",
}


def sitemap_of_this_month() -> str:
    return f"/sitemaps/{timezone.now():%Y-%m}.xml"


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Harbours", slug="harbours")


@pytest.fixture
def author(db: None) -> Author:
    return make_author("Nora Vale", bio="Nora Vale writes about water. She was an engineer.")


@pytest.fixture
def live(pam: User) -> MakePiece:
    """live("Title", minutes_ago=5, lede=…) publishes a piece that Pam wrote."""

    def make(title: str, *, minutes_ago: float = 0, **content: Any) -> Article:
        now = timezone.now() - timedelta(minutes=minutes_ago)
        return make_article(title, by=pam, publish=True, now=now, **READY | content)

    return make


@pytest.fixture
def piece(live: MakePiece, topic: Topic, author: Author) -> Article:
    """A live piece with a topic and an author."""
    return live("A second pump house for the harbour", topic=topic, author=[author])


@pytest.fixture
def full(live: MakePiece, topic: Topic, author: Author, picture: Image) -> Article:
    """A live piece with everything."""
    other = live("The first pump house", minutes_ago=60)
    return live(
        "A third pump house for the harbour",
        topic=topic,
        author=[author, make_author("Tom Reed")],
        hero=picture,
        lede="The town wants a third one. [[E1]]",
        context=f'<p>It follows <a href="trend:{other.pk}">the first</a>. [[E1]]</p>',
        evidence=[
            {
                "claim": "The council voted for it.",
                "excerpt": "Seven to two, with the words <script>.",
                "source_title": "Minutes of the council",
                "publisher": "Town of Havn",
                "url": "https://example.org/minutes",
                "dated_on": "2025-03-04",
            }
        ],
        analysis="It comes late. [[E1]]",
        key_points=["The council agrees. [[E1]]"],
        actions=[{"audience": "Residents", "text": "Ask for the plans.", "timing": "by May"}],
        related=[other],
        backstory="We asked the council twice.",
    )


@pytest.fixture
def picture(db: None) -> Image:
    return make_picture()


def make_picture(**fields: Any) -> Image:
    """An image with files of a few bytes: what counts here is what is said about them."""
    sizes = {
        "hero": (1600, 900),
        "whole": (1280, 960),
        "4x3": (1200, 900),
        "1x1": (900, 900),
        "social": (1200, 630),
    }
    table = {preset: [_rendition(*size)] for preset, size in sizes.items()}
    words = {"alt_text": "A pump house", "caption": "The pump house", "credit": "Ida Holm"}
    return Image.objects.create(
        file="master.jpg", width=2000, height=1500, renditions=table, **words | fields
    )


def _rendition(width: int, height: int) -> dict[str, Any]:
    name = default_storage.save(f"{secrets.token_hex(16)}.jpg", ContentFile(b"jpeg"))
    return {"width": width, "height": height, "format": "jpg", "name": name}
