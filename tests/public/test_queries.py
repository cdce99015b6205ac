"""What a page costs, and that it costs no more with more to show."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trends.models import Article, Author, Topic
from trends.models.making import make_author

from .conftest import MakePiece, make_picture

# Path → queries. Four is the limit of an article and of a list (issue 2); pictures in the text
# make it five (decision 0009).
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
    "/trends/piece-2/card-0.jpg": 1,
    "/nowhere/": 1,
}


def test_a_page_costs_the_same_with_three_pieces_and_with_twelve(
    client: Client, live: MakePiece, topic: Topic, author: Author
) -> None:
    publish(live, range(3), topic, author)
    assert costs(client) == COSTS
    publish(live, range(3, 12), topic, author)
    assert costs(client) == COSTS


def test_pictures_in_the_text_cost_one_query_however_many(
    client: Client, live: MakePiece, topic: Topic, author: Author
) -> None:
    """Decision 0009: five where pictures stand in the text, and no page else pays for them."""
    publish(live, range(3), topic, author)
    path, feed = "/trends/piece-2/", "/feeds/trends.rss"
    for count in (1, 7):
        article = Article.objects.get(slug="piece-2")
        article.analysis = "".join(f"<p>{n}</p>{figure()}" for n in range(count))
        article.backstory = figure()
        article.save()
        article.record_revision(by=None)
        article.publish_now(by=None)
        expected = COSTS | {path: COSTS[path] + 1, feed: COSTS[feed] + 1}
        expected |= {p: n + 1 for p, n in COSTS.items() if p.endswith("/feed.rss")}
        assert costs(client) == expected
        assert client.get(path).text.count("<figure>") == count + 1


def figure() -> str:
    return f'<figure data-picture="{make_picture().pk}"></figure>'


def costs(client: Client) -> dict[str, int]:
    return {path: cost(client, path) for path in COSTS}


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


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
