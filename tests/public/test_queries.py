"""What a page costs, and that it costs no more with more to show."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trends.models import Article, Author, Topic
from trends.models.making import make_author

from .conftest import MakePiece, make_picture

# Path → queries. Four is the limit of an article and of a list (issue 2).
COSTS = {
    "/": 4,  # editions, bylines, topics, corrections
    "/trends/": 4,  # choices of topics, of authors; editions, bylines
    "/trends/?topic=harbours&author=nora-vale&q=pump+house&since=2020-01-01&until=2100-01-01": 4,
    "/trends/?topic=none&since=never": 4,
    "/topics/": 1,
    "/topics/harbours/": 3,
    "/authors/nora-vale/": 3,
    "/corrections/": 1,
    "/about/": 0,
    "/feeds/trends.rss": 3,
    "/topics/harbours/feed.rss": 4,
    "/authors/nora-vale/feed.rss": 4,
    "/sitemap.xml": 2,
    "/robots.txt": 0,
    "/trends/piece-2/": 4,  # edition, authors, linked pieces, notes
    "/trends/unknown/": 1,
    "/nowhere/": 1,
}


def test_a_page_costs_the_same_with_three_pieces_and_with_twelve(
    client: Client, live: MakePiece, topic: Topic, author: Author
) -> None:
    publish(live, range(3), topic, author)
    assert costs(client) == COSTS
    publish(live, range(3, 12), topic, author)
    assert costs(client) == COSTS


def costs(client: Client) -> dict[str, int]:
    found = {}
    for path in COSTS:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[path] = len(queries)
    return found


def publish(live: MakePiece, numbers: range, topic: Topic, author: Author) -> None:
    """Pieces with rows of every kind, which link to each other and were corrected."""
    for number in numbers:
        other = make_author(f"Author {number}", portrait=make_picture())
        before = list(Article.objects.all())
        links = "".join(f'<a href="trend:{a.pk}">one</a> ' for a in before)
        rows: dict[str, Any] = {
            "author": [author, other],
            "evidence": [{"claim": f"C{n}", "source_title": "Book"} for n in range(number + 1)],
            "key_points": [f"Point {n}" for n in range(number + 1)],
            "related": before,
        }
        article = live(
            f"Pump house {number}", slug=f"piece-{number}", topic=topic, hero=make_picture(),
            context=f"<p>See {links}</p>", minutes_ago=2, **rows,
        )  # fmt: skip
        article.correct(by=None, text=f"House {number} has {number} pumps, not more.")
