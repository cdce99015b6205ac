"""RSS of the site, a topic, an author."""

from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client

from trends.models import Article, Edition, Topic

from .conftest import MakePiece

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}content"
LINK = "{http://www.w3.org/2005/Atom}link"
SITE = "http://127.0.0.1:8000"


def channel(client: Client, path: str = "/feeds/trends.rss") -> Any:
    response = client.get(path)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def newest(client: Client) -> Any:
    return channel(client).find("item")


def test_an_item_says_what_the_piece_says(client: Client, full: Article) -> None:
    item, edition = newest(client), full.edition_in_force()
    assert edition is not None
    assert edition.first_published_at is not None
    assert item.findtext("title") == full.title
    assert item.findtext("link") == f"{SITE}/trends/{full.slug}/"
    assert item.findtext("description") == full.standfirst
    assert item.findtext("category") == "Harbours"
    assert [creator.text for creator in item.findall(CREATOR)] == ["Nora Vale", "Tom Reed"]
    published = parsedate_to_datetime(item.findtext("pubDate"))
    assert published == edition.first_published_at.replace(microsecond=0)


def test_the_whole_text_is_there_with_full_addresses(client: Client, full: Article) -> None:
    text = newest(client).findtext(CONTENT)
    for words in ("wants a third one", "Seven to two", "comes late", "Residents", "asked the"):
        assert words in text
    assert f'href="{SITE}/trends/the-first-pump-house/"' in text
    assert f'href="{SITE}/trends/{full.slug}/#e1"' in text
    assert 'href="/' not in text
    assert 'href="#' not in text
    assert " id=" not in text
    assert "aria-label" not in text
    assert "&lt;script&gt;" in text


def test_the_hero_is_there(client: Client, full: Article) -> None:
    media = newest(client).find(MEDIA)
    assert media.get("url").startswith(f"{SITE}/media/")
    assert (media.get("type"), media.get("width"), media.get("height")) == (
        "image/jpeg",
        "1600",
        "900",
    )


def test_what_is_pending_leaves_no_trace(client: Client, live: MakePiece) -> None:
    live("A pump")
    item = newest(client)
    assert "Pending" not in client.get("/feeds/trends.rss").text
    assert "<h2>" not in item.findtext(CONTENT)
    assert [creator.text for creator in item.findall(CREATOR)] == ["Newsroom"]


def test_a_later_edition_under_another_slug_is_the_same_item(
    client: Client, piece: Article, pam: User
) -> None:
    before = newest(client).find("guid")
    piece.slug = "another-slug"
    piece.save()
    piece.publish(by=pam)
    after = newest(client)
    assert after.findtext("link").endswith("/trends/another-slug/")
    assert after.findtext("guid") == before.text
    assert before.get("isPermaLink") == "false"


def test_the_twenty_newest(client: Client, live: MakePiece) -> None:
    for number in range(21):
        live(f"Piece {number}", minutes_ago=number)
    titles = [item.findtext("title") for item in channel(client).findall("item")]
    assert titles == [f"Piece {number}" for number in range(20)]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/feeds/trends.rss", "Newsroom"),
        ("/topics/harbours/feed.rss", "Harbours · Newsroom"),
        ("/authors/nora-vale/feed.rss", "Nora Vale · Newsroom"),
    ],
)
def test_each_feed_knows_its_name_and_address(
    client: Client, piece: Article, live: MakePiece, path: str, title: str
) -> None:
    live("Of nobody, about nothing")
    found = channel(client, path)
    assert found.findtext("title") == title
    assert found.find(LINK).get("href") == SITE + path
    assert len(found.findall("item")) == (2 if title == "Newsroom" else 1)


def test_an_empty_feed_does_not_change_by_itself(client: Client, db: None) -> None:
    assert client.get("/feeds/trends.rss").content == client.get("/feeds/trends.rss").content


def test_what_xml_cannot_hold_is_left_out(client: Client, piece: Article, topic: Topic) -> None:
    Edition.objects.update(title="A\x0bpump\x1f", standfirst="Two\ufffe words")
    topic.name = "Har\x08bours"
    topic.save()
    item = newest(client)
    assert (item.findtext("title"), item.findtext("category")) == ("Apump", "Harbours")
