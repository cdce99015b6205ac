"""The pages of an author or a topic that was merged lead on, in one step."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from trends.models import Author, Topic
from trends.models.making import make_article, make_author
from trends.models.merging import merge_author, merge_topic

TEXT = {"standfirst": "The maker of robots leaves the coast, and takes a town along.", "lede": "So"}
ENDS = ("", "feed.rss", "feed.atom", "feed.json")
PLACES = [f"/{kind}/{{}}/{end}" for kind in ("authors", "topics") for end in ENDS]


def merged(*slugs: str) -> tuple[list[Author], list[Topic]]:
    """An author and a topic for each name, each merged into the next one."""
    authors = [make_author(slug) for slug in slugs]
    topics = [Topic.objects.create(name=slug, slug=slug) for slug in slugs]
    for n in range(len(slugs) - 1):
        merge_author(authors[n], authors[n + 1], by=None, now=timezone.now())
        merge_topic(topics[n], topics[n + 1], by=None, now=timezone.now())
    return authors, topics


def publish(author: Author, topic: Topic) -> None:
    make_article("A piece", author=[author], topic=topic, publish=True, **TEXT)


@pytest.mark.parametrize("place", PLACES)
def test_it_leads_on_in_one_step(client: Client, db: None, place: str) -> None:
    authors, topics = merged("first", "second", "third")
    publish(authors[-1], topics[-1])
    for slug in ("first", "second"):
        response: Any = client.get(place.format(slug))
        assert (response.status_code, response["Location"]) == (301, place.format("third"))
    assert client.get(place.format("third")).status_code == 200


@pytest.mark.parametrize("place", PLACES)
def test_nobody_learns_of_who_is_not_public(client: Client, db: None, place: str) -> None:
    merged("first", "second")
    assert client.get(place.format("first")).status_code == 404


def test_lists_name_the_other_alone(client: Client, db: None) -> None:
    authors = [make_author(name) for name in ("anselm", "berta")]
    topics = [Topic.objects.create(name=name, slug=name) for name in ("anselm", "berta")]
    publish(authors[0], topics[0])
    merge_author(authors[0], authors[1], by=None, now=timezone.now())
    merge_topic(topics[0], topics[1], by=None, now=timezone.now())
    for path in ("/sitemaps/pages.xml", "/trends/", "/topics/", "/"):
        page = client.get(path).content.decode()
        assert "berta" in page
        assert "anselm" not in page
