"""Feeds of the site, a topic, an author: one description, three formats."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client

from trends.models import Article, Edition, Topic
from trends.models.making import make_author

from .conftest import MakePiece

SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
SITE = "http://127.0.0.1:8000"
PLACES = {
    "/feeds/trends": "Newsroom",
    "/topics/harbours/feed": "Harbours · Newsroom",
    "/authors/nora-vale/feed": "Nora Vale · Newsroom",
}


@dataclass
class Read:
    """A feed or an item as a reader takes it, whatever the format."""

    id: str
    url: str
    title: str
    summary: str = ""
    text: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    picture: str = ""


def read(client: Client, form: str, stem: str = "/feeds/trends") -> list[Read]:
    """The feed itself, and its items."""
    response = client.get(f"{stem}.{form}")
    kind = {"rss": "rss+xml", "atom": "atom+xml", "json": "feed+json"}[form]
    assert response["Content-Type"] == f"application/{kind}; charset=utf-8"
    assert client.get(f"{stem}.{form}").content == response.content
    if form == "json":
        return from_json(json.loads(response.content))
    root = ElementTree.fromstring(response.content)
    return from_rss(root) if form == "rss" else from_atom(root)


def from_rss(root: Any) -> list[Read]:
    def text(node: Any, path: str) -> str:
        return node.findtext(path, "", SPACES) or ""

    channel = root.find("channel")
    own = channel.find("a:link[@rel='self']", SPACES).get("href")
    found = [Read(id=own, url=text(channel, "link"), title=text(channel, "title"))]
    for item in channel.findall("item"):
        assert item.find("guid").get("isPermaLink") == "false"
        media = item.find("media:content", SPACES)
        found.append(
            Read(
                id=text(item, "guid"),
                url=text(item, "link"),
                title=text(item, "title"),
                summary=text(item, "description"),
                text=text(item, "content:encoded"),
                published=parsedate_to_datetime(text(item, "pubDate")),
                updated=datetime.fromisoformat(text(item, "a:updated")),
                authors=tuple(node.text for node in item.findall("dc:creator", SPACES)),
                tags=tuple(node.text for node in item.findall("category")),
                picture="" if media is None else media.get("url"),
            )
        )
    return found


def from_atom(root: Any) -> list[Read]:
    def text(node: Any, name: str) -> str:
        return node.findtext(f"a:{name}", "", SPACES) or ""

    def link(node: Any, rel: str) -> str:
        found = node.find(f"a:link[@rel='{rel}']", SPACES)
        return "" if found is None else found.get("href")

    assert datetime.fromisoformat(text(root, "updated")).tzinfo
    found = [Read(id=link(root, "self"), url=link(root, "alternate"), title=text(root, "title"))]
    for entry in root.findall("a:entry", SPACES):
        found.append(
            Read(
                id=text(entry, "id"),
                url=link(entry, "alternate"),
                title=text(entry, "title"),
                summary=text(entry, "summary"),
                text=text(entry, "content"),
                published=datetime.fromisoformat(text(entry, "published")),
                updated=datetime.fromisoformat(text(entry, "updated")),
                authors=tuple(node.text for node in entry.findall("a:author/a:name", SPACES)),
                tags=tuple(node.get("term") for node in entry.findall("a:category", SPACES)),
                picture=link(entry, "enclosure"),
            )
        )
    return found


def from_json(made: Any) -> list[Read]:
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["language"] == "en"
    found = [Read(id=made["feed_url"], url=made["home_page_url"], title=made["title"])]
    for item in made["items"]:
        found.append(
            Read(
                id=item["id"],
                url=item["url"],
                title=item["title"],
                summary=item.get("summary", ""),
                text=item["content_html"],
                published=datetime.fromisoformat(item["date_published"]),
                updated=datetime.fromisoformat(item["date_modified"]),
                authors=tuple(author["name"] for author in item["authors"]),
                tags=tuple(item.get("tags", ())),
                picture=item.get("image", ""),
            )
        )
    return found


formats = pytest.mark.parametrize("form", ["rss", "atom", "json"])


@formats
def test_an_item_says_what_the_piece_says(
    client: Client, full: Article, pam: User, form: str
) -> None:
    full.correct(by=pam, text="It is the third.")
    edition = full.edition_in_force()
    assert edition is not None
    assert edition.first_published_at is not None
    assert edition.public_updated_at is not None
    item = read(client, form)[1]
    assert (item.title, item.url) == (full.title, f"{SITE}/trends/{full.slug}/")
    assert item.summary == full.standfirst
    assert (item.authors, item.tags) == (("Nora Vale", "Tom Reed"), ("Harbours",))
    assert item.published == edition.first_published_at.replace(microsecond=0)
    assert item.updated == edition.public_updated_at.replace(microsecond=0)
    assert item.picture.startswith(f"{SITE}/media/")


@formats
def test_the_whole_text_is_there_with_full_addresses(
    client: Client, full: Article, form: str
) -> None:
    text = read(client, form)[1].text
    for words in ("wants a third one", "Seven to two", "comes late", "Residents", "asked the"):
        assert words in text
    assert f'href="{SITE}/trends/the-first-pump-house/"' in text
    assert f'href="{SITE}/trends/{full.slug}/#e1"' in text
    for relative in ('href="/', 'href="#', " id=", "aria-label"):
        assert relative not in text
    assert "&lt;script&gt;" in text


@formats
def test_what_is_pending_leaves_no_trace(client: Client, live: MakePiece, form: str) -> None:
    live("A pump")
    item = read(client, form)[1]
    assert "Pending" not in client.get(f"/feeds/trends.{form}").text
    assert "<h2>" not in item.text
    assert (item.authors, item.picture, item.tags) == (("Newsroom",), "", ())


@formats
def test_what_is_opinion_or_paid_for_says_so_before_it_is_opened(
    client: Client, live: MakePiece, form: str
) -> None:
    live("One", kind="opinion", disclosure="She owns a <pump>.", minutes_ago=1)
    live("Two", kind="sponsored", sponsor="Nordhaven Port", ai_use="generated")
    paid, opinion = read(client, form)[1:]
    assert [(item.title, item.tags) for item in (paid, opinion)] == [
        ("Sponsored: Two", ("Sponsored",)),
        ("Opinion: One", ("Opinion",)),
    ]
    assert "<p><strong>Paid for by</strong> Nordhaven Port</p>" in paid.text
    assert "<strong>AI</strong> has written this piece" in paid.text
    assert "<strong>Disclosure:</strong> She owns a &lt;pump&gt;." in opinion.text


@formats
def test_a_later_edition_under_another_slug_is_the_same_item(
    client: Client, piece: Article, pam: User, form: str
) -> None:
    before = read(client, form)[1]
    piece.slug = "another-slug"
    piece.save()
    piece.publish(by=pam)
    after = read(client, form)[1]
    assert after.url.endswith("/trends/another-slug/")
    assert after.id == before.id


@formats
def test_the_twenty_newest(client: Client, live: MakePiece, form: str) -> None:
    for number in range(21):
        live(f"Piece {number}", minutes_ago=number)
    assert [item.title for item in read(client, form)[1:]] == [f"Piece {n}" for n in range(20)]


@formats
def test_each_feed_knows_its_name_and_address(
    client: Client, piece: Article, live: MakePiece, form: str
) -> None:
    live("Of nobody, about nothing")
    for stem, title in PLACES.items():
        feed, *items = read(client, form, stem)
        page = "/" if title == "Newsroom" else stem.removesuffix("feed")
        assert (feed.title, feed.id, feed.url) == (title, f"{SITE}{stem}.{form}", SITE + page)
        assert len(items) == (2 if title == "Newsroom" else 1)


@formats
def test_pages_name_their_feeds(client: Client, piece: Article, form: str) -> None:
    places = {"/": "/feeds/trends", f"/trends/{piece.slug}/": "/feeds/trends"}
    places |= {stem.removesuffix("feed"): stem for stem in [*PLACES, "/corrections/feed"]}
    places.pop("/feeds/trends")
    for page, stem in places.items():
        assert f'href="{SITE}{stem}.{form}">' in client.get(page).text


@formats
def test_an_empty_feed_does_not_change_by_itself(client: Client, db: None, form: str) -> None:
    assert len(read(client, form)) == 1


def test_in_rss_it_is_html_what_describes_an_item(client: Client, piece: Article) -> None:
    Edition.objects.update(standfirst="R&D <3")
    assert read(client, "rss")[1].summary == "R&amp;D &lt;3"
    assert read(client, "atom")[1].summary == read(client, "json")[1].summary == "R&D <3"


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_what_xml_cannot_hold_is_left_out(
    client: Client, piece: Article, topic: Topic, form: str
) -> None:
    Edition.objects.update(title="A\x0bpump\x1f", standfirst="Two\ufffe words")
    topic.name = "Har\x08bours"
    topic.save()
    item = read(client, form)[1]
    assert (item.title, item.summary, item.tags) == ("Apump", "Two words", ("Harbours",))


def test_a_feed_is_known_by_its_id_wherever_it_moves(
    client: Client, piece: Article, topic: Topic
) -> None:
    def id_of(path: str) -> str:
        root = ElementTree.fromstring(client.get(path).content)
        return root.findtext("a:id", "", SPACES)

    before = id_of("/topics/harbours/feed.atom")
    Topic.objects.update(slug="ports", name="Ports")
    assert id_of("/topics/ports/feed.atom") == before
    make_author("Of nothing")
    assert client.get("/feeds/trends.xml").status_code == 404


def test_dates_have_a_zone(client: Client, piece: Article) -> None:
    for form in ("rss", "atom", "json"):
        item = read(client, form)[1]
        assert item.published is not None
        assert item.published.utcoffset() == datetime.now(UTC).utcoffset()
