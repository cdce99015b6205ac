"""How the database means to find what pages of a large archive show: from its plan, not by time."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from tests.test_archive_command import publish
from trends.models import Article, Author, Edition, Topic
from trends.models.byline import Byline
from trends.models.edition_queries import EditionQuerySet
from trends.pages.front import Front
from trends.public.corrections import published

pytestmark = pytest.mark.django_db
ONLY = "Index Only Scan"
NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
THEN = datetime(2024, 3, 4, 5, 6, tzinfo=UTC)
KEY = THEN, 5
ON_POSTGRES = connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def many_rows() -> None:
    """A planner that counts rows finds an empty table best read as a whole; here it may not. The
    other one knows no numbers, as on a site on which nobody ever ran ANALYZE."""
    if ON_POSTGRES:
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")


def live() -> EditionQuerySet:
    return Edition.objects.live(NOW)


def about() -> EditionQuerySet:
    return live().about(Topic(pk=1))


def march() -> EditionQuerySet:
    since, before = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC)
    return live().published_since(since).published_before(before)


# What is shown → (its rows, index, column that the index is searched by).
LISTS: dict[str, tuple[Callable[[], QuerySet[Any]], str, str]] = {
    "site": (lambda: live().newest_first(), "edition_newest", "first_published_at"),
    "older": (
        lambda: live().newest_first().older_than(*KEY), "edition_newest", "first_published_at"
    ),
    "newer": (
        lambda: live().oldest_first().newer_than(*KEY), "edition_newest", "first_published_at"
    ),
    "updated": (
        lambda: live().last_updated_first().updated_before(*KEY),
        "edition_last_updated", "public_updated_at",
    ),
    "topic": (lambda: about().newest_first(), "edition_topic_newest", "topic_id"),
    "topic, older": (
        lambda: about().newest_first().older_than(*KEY),
        "edition_topic_newest", "first_published_at",
    ),
    "month": (lambda: march().newest_first(), "edition_newest", "first_published_at"),
    "month, older": (
        lambda: march().newest_first().older_than(*KEY), "edition_newest", "first_published_at"
    ),
    "corrections": (lambda: published(NOW), "correction_newest", "at"),
    "corrections, older": (lambda: published(NOW).older_than(*KEY), "correction_newest", "at"),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_page_of_a_list_is_a_search_in_its_index(name: str) -> None:
    rows, index, column = LISTS[name]
    assert is_searched(rows()[:21], index, column)


@pytest.mark.skipif(ON_POSTGRES, reason="counts the steps of SQLite")
@pytest.mark.parametrize(
    "page",
    [
        lambda at: live().newest_first().older_than(at, 0),
        lambda at: live().last_updated_first().updated_before(at, 0),
        lambda at: live().published_since(THEN).newest_first().older_than(at, 0),
    ],
    ids=["older", "updated", "since, older"],
)
def test_a_deep_page_is_no_longer_way(page: Callable[[datetime], QuerySet[Any]]) -> None:
    """The plan says that there is a bound, not which of two it is."""
    days = [THEN + timedelta(hours=n) for n in range(2_000)]
    publish(days)
    near, deep = steps(page(days[-1])), steps(page(days[40]))
    assert deep < 2 * near


def steps(rows: QuerySet[Any]) -> int:
    """How often SQLite has done ten of its steps."""
    count = itertools.count()
    connection.connection.set_progress_handler(lambda: next(count) < 0, 10)
    try:
        assert len(rows.values_list("pk")[:21]) == 21
    finally:
        connection.connection.set_progress_handler(None, 10)
    return next(count)


@pytest.mark.skipif(ON_POSTGRES, reason="its planner knows how many rows a topic has")
def test_pins_are_not_looked_for_beside_all_of_a_topic() -> None:
    topic = Topic.objects.create(name="Harbours", slug="harbours")
    with CaptureQueriesContext(connection) as asked:
        list(Front(NOW, topic)[:21])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = "\n".join(str(row[3]) for row in cursor.fetchall())
    assert "edition_topic_newest (topic_id=? AND first_published_at" in plan
    assert "edition_topic_newest (topic_id=?)" not in plan


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite gathers nothing for EXISTS")
def test_sections_are_looked_for_piece_by_piece() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = on")
    pieces = Article.objects.bulk_create(
        Article(title=f"Piece {number}", slug=f"piece-{number}") for number in range(200)
    )
    rows = Byline.objects.filter(article=OuterRef("pk"))
    someone = Author.objects.create(name="Ida Holm", slug="ida-holm")
    Byline.objects.bulk_create(Byline(article=piece, author=someone) for piece in pieces)
    assert "hashed" not in Article.objects.with_pending()[:50].explain(verbose=True)
    control = Article.objects.annotate(has_author=Exists(rows))[:50]
    assert "hashed" in control.explain(verbose=True)


def test_another_spelling_would_not_be() -> None:
    """The control: what everybody writes first."""
    at, pk = KEY
    older = Q(first_published_at__lt=at) | Q(first_published_at=at, pk__lt=pk)
    rows = live().order_by("-first_published_at", "-pk").filter(older)[:21]
    assert not is_searched(rows, "edition_newest", "first_published_at")


# What is grouped or looked for → the index that is enough for it.
GROUPS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "months": (lambda: live().months(), "edition_content_start"),
    "topics changed": (lambda: live().topics_changed(), "edition_content_start"),
    "authors changed": (lambda: live().authors_changed(), "edition_content_start"),
    "topics": (lambda: live().topics(), "edition_topic_newest"),
    "topics, counted": (lambda: live().counted_topics(), "edition_topic_newest"),
    "topics, counted so far": (lambda: live().topics_counted_to(9), "edition_topic_newest"),
}

# PostgreSQL reads whole tables by an index alone where VACUUM has been, which no test can run.
LOOKED_FOR = [name for name, (_, index) in GROUPS.items() if index == "edition_topic_newest"]


@pytest.mark.parametrize("name", LOOKED_FOR if ON_POSTGRES else GROUPS)
def test_no_text_is_read_to_count(name: str) -> None:
    rows, index = GROUPS[name]
    if ON_POSTGRES:
        assert index in {n["Index Name"] for n in nodes(rows()) if n["Node Type"] == ONLY}
    else:
        assert f"USING COVERING INDEX {index} " in rows().explain()


def is_searched(rows: QuerySet[Any], index: str, column: str) -> bool:
    """By a condition on the column, in an order that needs no sorting."""
    if not ON_POSTGRES:
        plan = rows.explain()
        found = re.search(rf"USING INDEX {index} \(.*?\b{column}[<>=]", plan)
        return bool(found) and "FOR ORDER BY" not in plan
    found = list(nodes(rows))
    searched = any(
        node.get("Index Name") == index and column in node.get("Index Cond", "") for node in found
    )
    return searched and not any("Sort" in node["Node Type"] for node in found)


def nodes(rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    plan = json.loads(rows.explain(format="json"))
    todo = [plan[0]["Plan"]]
    while todo:
        node = todo.pop()
        todo += node.get("Plans", [])
        yield node
