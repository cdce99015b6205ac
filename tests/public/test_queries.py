"""What a page costs, and that it costs no more with more to show."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Article, Author, Topic
from trends.models.making import make_author
from trends.models.relating import relate_all

from .conftest import MakePiece, make_picture

# PostgreSQL counts the matches first (models/searching.py).
COUNTING = connection.vendor == "postgresql"
# Path → queries. Four is the limit of an article and of a list (issue 2); pictures in the text
# make it five (decision 0009).
FORMS = ("rss", "atom", "json")
COSTS = {
    "/": 4,  # editions, the byline of the first, topics, corrections
    "/trends/": 3,  # choices of topics, of authors; editions
    "/trends/?topic=harbours&author=nora-vale&q=pump+house&since=2020-01-01&until=2100-01-01": 3
    + COUNTING,
    "/trends/?topic=none&since=never": 3,
    "/trends/?order=updated&evidence=yes": 3,
    "/trends/?order=oldest": 3,
    "/search/": 1,  # topics
    "/search/?q=pump+house&order=newest": 3 + COUNTING,  # topics, matches, what is shown of them
    "/search/?q=pmup": 5 + COUNTING,  # …, texts with words that may be meant, matches of those
    "/search/?q=xyzxyz": 3,
    "/topics/": 1,
    "/topics/harbours/": 3,
    "/authors/nora-vale/": 2,
    "/archive/": 1,
    f"/archive/{timezone.localdate():%Y/%m}/": 3,  # editions, months before and after
    "/archive/1999/01/": 2,  # as any page that is not found: what is newest
    "/corrections/": 1,
    "/about/": 0,
    "/about/ownership/": 0,
    **{f"/feeds/trends.{form}": 3 for form in FORMS},  # editions, bylines, linked pieces
    **{f"/corrections/feed.{form}": 1 for form in FORMS},
    **{f"/topics/harbours/feed.{form}": 4 for form in FORMS},
    **{f"/authors/nora-vale/feed.{form}": 4 for form in FORMS},
    "/sitemap.xml": 1,
    "/sitemaps/pages.xml": 3,  # topics, authors, the newest correction
    "/sitemaps/{month}.xml": 1,
    "/sitemap-news.xml": 1,
    "/llms.txt": 2,  # editions, topics
    "/robots.txt": 0,
    "/.well-known/security.txt": 1,  # without a contact it is not found, as any other
    "/.well-known/tdmrep.json": 0,
    "/license.xml": 0,
    "/speculation-rules.json": 0,
    "/trends/piece-2/": 4,  # edition, authors, linked pieces, notes
    "/trends/unknown/": 2,
    "/trends/piece-2/card-0.jpg": 1,
    "/nowhere/": 2,
    "/index.md": 3,
    "/trends.md": 3,
    "/trends/piece-2.md": 4,
    "/topics.md": 1,
    "/topics/harbours.md": 2,
    "/authors/nora-vale.md": 2,
    "/corrections.md": 1,
    "/api/v1/": 0,
    "/api/v1/openapi.json": 0,
    "/api/v1/trends": 4,  # as /trends/, and bylines
    "/api/v1/trends?topic=harbours&author=nora-vale&since=2020-01-01&until=2100-01-01": 4,
    "/api/v1/trends?topic=none": 2,
    "/api/v1/trends?never=1": 0,
    "/api/v1/trends/piece-2": 4,
    "/api/v1/trends/unknown": 1,
    "/api/v1/topics": 1,
    "/api/v1/topics/harbours": 1,
    "/api/v1/authors": 1,
    "/api/v1/authors/nora-vale": 1,
    "/api/v1/corrections": 1,
    "/api/v1/unknown": 0,
    "/trends/piece-2/1x1/card-0.jpg": 1,
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
    path = "/trends/piece-2/"
    for count in (1, 7):
        article = Article.objects.get(slug="piece-2")
        article.analysis = "".join(f"<p>{n}</p>{figure()}" for n in range(count))
        article.backstory = figure()
        article.save()
        article.record_revision(by=None)
        article.publish_now(by=None)
        expected = COSTS | {path: COSTS[path] + 1}
        expected |= {"/trends/piece-2.md": 5, "/api/v1/trends/piece-2": 5}
        feeds = [p for p in COSTS if "feed" in p and "corrections" not in p]
        expected |= {p: COSTS[p] + 1 for p in feeds}
        assert costs(client) == expected
        assert client.get(path).text.count("<figure>") == count + 1


def figure() -> str:
    return f'<figure data-picture="{make_picture().pk}"></figure>'


def costs(client: Client) -> dict[str, int]:
    return {path: cost(client, path) for path in COSTS}


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path.format(month=f"{timezone.now():%Y-%m}"))
    return len(queries)


def publish(live: MakePiece, numbers: range, topic: Topic, author: Author) -> None:
    """Pieces with rows of every kind, which link to each other and were corrected; the later ones
    are related trends."""
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
    relate_all(timezone.now())
