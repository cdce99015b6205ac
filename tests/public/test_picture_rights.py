"""A picture shows from the first day of its rights to the last, and nowhere on any other day."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from trends.models import Image, Topic
from trends.models.image import rights_hold
from trends.models.making import make_author

from .conftest import MakePiece, make_picture, sitemap_of_this_month

DAY = timedelta(days=1)
# What a browser loads where the page says so: at /media/ nothing else is.
FILE = re.compile(r"/media/[0-9a-f]{32}\.jpg")
PLACES = {
    "the trend page with its structured data and social picture": "/trends/one/",
    "a card of a related piece, and the author below": "/trends/two/",
    "the front page": "/",
    "the author's page": "/authors/ida-holm/",
    "the feed": "/feeds/trends.rss",
    "the topic's feed": "/topics/harbours/feed.rss",
    "the author's feed": "/authors/ida-holm/feed.rss",
    "the feed as Atom": "/feeds/trends.atom",
    "the feed as JSON": "/feeds/trends.json",
    "the sitemap": sitemap_of_this_month(),
}


@pytest.fixture
def picture(live: MakePiece, topic: Topic) -> Image:
    """The only one of the site, wherever a picture may stand."""
    image = make_picture(caption="The house on its first day")
    image.renditions["placeholder"] = "data:image/webp;base64,AAAA"
    image.save()
    author = make_author("Ida Holm", portrait=image)
    one = live("One", topic=topic, author=[author], hero=image)
    text = f'<p>See:</p><figure data-picture="{image.pk}"></figure>'
    live("Two", topic=topic, author=[author], context=text, related=[one])
    return image


def limit(image: Image, **days: date) -> None:
    Image.objects.filter(pk=image.pk).update(**days)


@pytest.fixture
def tomorrow() -> Iterator[None]:
    with time_machine.travel(timezone.now() + DAY):
        yield


@pytest.mark.parametrize("place", PLACES)
class TestEverywhere:
    def test_the_last_day_is_a_day_of_it(self, client: Client, picture: Image, place: str) -> None:
        limit(picture, rights_expire_on=timezone.localdate())
        assert FILE.search(client.get(PLACES[place]).text)

    def test_the_day_after_it_is_gone(
        self, client: Client, picture: Image, place: str, tomorrow: None
    ) -> None:
        limit(picture, rights_expire_on=timezone.localdate() - DAY)
        response = client.get(PLACES[place])
        assert response.status_code == 200
        assert not FILE.search(response.text)
        assert "data:image" not in response.text
        assert "first day" not in response.text

    def test_before_the_first_day_it_is_not_there(
        self, client: Client, picture: Image, place: str
    ) -> None:
        limit(picture, not_before=timezone.localdate() + DAY)
        assert not FILE.search(client.get(PLACES[place]).text)

    def test_on_the_first_day_it_is(
        self, client: Client, picture: Image, place: str, tomorrow: None
    ) -> None:
        limit(picture, not_before=timezone.localdate())
        assert FILE.search(client.get(PLACES[place]).text)


def test_the_piece_stays(client: Client, picture: Image) -> None:
    limit(picture, rights_expire_on=timezone.localdate() - DAY)
    page = client.get("/trends/one/").text
    assert "<h1" in page
    assert "<figure" not in page
    assert "/trends/one/card-" in page


def test_a_withdrawn_picture_has_no_files_to_show(client: Client, picture: Image) -> None:
    Image.objects.filter(pk=picture.pk).update(renditions={})
    for path in PLACES.values():
        response = client.get(path)
        assert (response.status_code, bool(FILE.search(response.text))) == (200, False)


@pytest.mark.parametrize(
    ("begin", "end", "holds"),
    [(None, None, True), (0, 0, True), (1, None, False), (None, -1, False), (-1, 1, True)],
)
def test_both_days_count(begin: int | None, end: int | None, holds: bool) -> None:
    today = date(2025, 11, 21)
    first, last = (None if days is None else today + days * DAY for days in (begin, end))
    assert rights_hold(first, last, today) is holds
    image = Image(not_before=first, rights_expire_on=last)
    assert image.is_public_on(today) is holds


def test_the_day_is_that_of_the_sites_zone() -> None:
    image = Image(rights_expire_on=date(2025, 11, 21), renditions={"hero": []})
    late = datetime(2025, 11, 21, 23, 30, tzinfo=UTC)
    with time_machine.travel(late), timezone.override("Asia/Taipei"):
        assert image.public_renditions == {}
    with time_machine.travel(late):
        assert image.public_renditions


def test_public_code_asks_the_door_alone() -> None:
    """Whoever reads the column shows pictures without a right to."""
    folder = Path(__file__).parents[2] / "trends"
    files = [
        *folder.glob("public/*.py"),
        *folder.glob("templatetags/*.py"),
        *folder.glob("pages/*.py"),
    ]
    reading = [file.name for file in files if ".renditions" in file.read_text()]
    assert len(files) > 20
    assert reading == []
