"""Sitemaps: an index, a file for each month, one of all other pages, one of the news."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from trends.models import Article, Edition
from trends.models.making import make_article
from trends.public import sitemaps

from .conftest import READY, MakePiece

SPACE = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
SITE = "http://127.0.0.1:8000"
POLICIES = [
    "/about/",
    *(f"/about/{page}/" for page in ("ownership", "corrections", "ai", "complaints")),
]
Found = dict[str, ElementTree.Element]


def entries(client: Client, path: str) -> Found:
    """By address, in the order of the file."""
    response = client.get(path)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    found = list(ElementTree.fromstring(response.content))
    locations = [str(entry.findtext("s:loc", "", SPACE)).removeprefix(SITE) for entry in found]
    assert len(set(locations)) == len(locations)
    return dict(zip(locations, found, strict=True))


def changed(entry: ElementTree.Element) -> datetime | None:
    written = entry.findtext("s:lastmod", "", SPACE)
    return datetime.fromisoformat(written) if written else None


def all_entries(client: Client) -> Found:
    """Of all files that the index names."""
    found: Found = {}
    for path in entries(client, "/sitemap.xml"):
        found |= entries(client, path)
    return found


def move(article: Article, *moment: int) -> datetime:
    """As if it had been published then."""
    then = datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type, misc]
    dates = ("live_from", "first_published_at", "public_updated_at")
    Edition.objects.filter(article=article).update(**dict.fromkeys(dates, then))
    return then


def test_it_names_every_page_once(client: Client, piece: Article, pam: User) -> None:
    make_article("A draft", by=pam, **READY)
    assert list(all_entries(client)) == [
        "/", "/trends/", "/topics/", "/archive/", "/corrections/", *POLICIES,
        "/topics/harbours/", "/authors/nora-vale/", f"/trends/{piece.slug}/",
    ]  # fmt: skip


def test_only_the_address_in_force_is_named(client: Client, piece: Article, pam: User) -> None:
    first = piece.slug
    piece.slug = "second"
    piece.save()
    piece.publish(by=pam)
    assert "/trends/second/" in all_entries(client)
    assert f"/trends/{first}/" not in all_entries(client)


def test_a_change_that_matters_moves_the_date(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text="It is the second.")
    edition = piece.edition_in_force()
    assert edition is not None
    assert edition.public_updated_at is not None
    at = edition.public_updated_at.replace(microsecond=0)
    found = {path: changed(entry) for path, entry in all_entries(client).items()}
    assert set(found.values()) == {at, None}
    assert [path for path, moved in found.items() if moved is None] == POLICIES
    assert {changed(entry) for entry in entries(client, "/sitemap.xml").values()} == {at}


def test_each_month_has_a_file(client: Client, live: MakePiece) -> None:
    last = move(live("Last of a year"), 2023, 12, 31, 23, 59, 59)
    move(live("First"), 2024, 1, 1)
    newest = move(live("Second"), 2024, 1, 31, 23, 59, 59)
    index = entries(client, "/sitemap.xml")
    assert {path: changed(entry) for path, entry in index.items()} == {
        "/sitemaps/pages.xml": newest,
        "/sitemaps/2024-01.xml": newest,
        "/sitemaps/2023-12.xml": last,
    }
    assert list(entries(client, "/sitemaps/2023-12.xml")) == ["/trends/last-of-a-year/"]
    january = list(entries(client, "/sitemaps/2024-01.xml"))
    assert january == ["/trends/first/", "/trends/second/"]


def test_a_long_month_has_several(
    client: Client, live: MakePiece, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 2)
    for number in range(5):
        move(live(f"Piece {number}"), 2024, 2, 1 + number)
    files = list(entries(client, "/sitemap.xml"))[1:]
    assert files == [f"/sitemaps/2024-02{part}.xml" for part in ("", "-2", "-3")]
    pieces = [path for file in files for path in entries(client, file)]
    assert pieces == [f"/trends/piece-{number}/" for number in range(5)]
    assert [len(entries(client, file)) for file in files] == [2, 2, 1]


@pytest.mark.parametrize(
    "name", ["2024-02-4", "2024-02-1", "2024-02-0", "2024-13", "0000-01", "2023-02", "news", ""]
)
def test_there_are_no_others(client: Client, live: MakePiece, name: str) -> None:
    move(live("A piece"), 2024, 2, 1)
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_a_month_of_what_is_gone_is_like_one_in_which_nothing_was(
    client: Client, piece: Article, pam: User
) -> None:
    move(piece, 2024, 2, 1)
    assert client.get("/sitemaps/2024-02.xml").status_code == 200
    piece.retract(by=pam, notice="It was not so.")
    gone, never = (client.get(f"/sitemaps/{month}.xml") for month in ("2024-02", "1999-02"))
    assert (gone.status_code, gone.content) == (404, never.content)
    assert list(entries(client, "/sitemap.xml")) == ["/sitemaps/pages.xml"]


def test_a_hero_is_named_by_its_address_alone(client: Client, full: Article) -> None:
    (image,) = all_entries(client)[f"/trends/{full.slug}/"].findall("image:image", SPACE)
    assert [child.tag for child in image] == [f"{{{SPACE['image']}}}loc"]
    assert image.findtext("image:loc", "", SPACE).startswith(f"{SITE}/media/")


class TestNews:
    def test_it_tells_what_is_new(self, client: Client, live: MakePiece, settings: Any) -> None:
        settings.NEWSROOM_NAME = "Waves & Co"
        settings.LANGUAGE_CODE = "en-gb"
        live("Of yesterday", minutes_ago=60 * 24)
        live("Of old", minutes_ago=60 * 49)
        live("Paid for", kind="sponsored", sponsor="Nordhaven Port")
        live("New <b>", slug="new")
        found = entries(client, "/sitemap-news.xml")
        assert list(found) == ["/trends/new/", "/trends/of-yesterday/"]
        news = found["/trends/new/"].find("news:news", SPACE)
        assert news is not None
        told = {node.tag.partition("}")[2]: node.text for node in news.iter() if node.text}
        assert datetime.fromisoformat(str(told.pop("publication_date"))).tzinfo
        assert told == {"name": "Waves & Co", "language": "en", "title": "New <b>"}

    def test_it_holds_the_newest_alone(
        self, client: Client, live: MakePiece, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
        for number in range(3):
            live(f"Piece {number}", minutes_ago=number)
        assert list(entries(client, "/sitemap-news.xml")) == [
            "/trends/piece-0/",
            "/trends/piece-1/",
        ]

    def test_without_news_it_names_the_front_page(self, client: Client, piece: Article) -> None:
        with time_machine.travel(datetime.now(UTC) + timedelta(days=3)):
            found = entries(client, "/sitemap-news.xml")
        assert list(found) == ["/"]
        assert found["/"].find("news:news", SPACE) is None
