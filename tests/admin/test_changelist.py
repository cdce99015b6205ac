"""The list of pieces: what it says of each, what it finds, and what it costs."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.forms import save
from trends.models import Article, Topic
from trends.models.making import make_article, make_author

LIST = "/admin/trends/article/"
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def pieces(ada: User) -> dict[str, Article]:
    robots = Topic.objects.create(name="Robots", slug="robots")
    full: dict[str, Any] = {"standfirst": STANDFIRST, "lede": "So.", "topic": robots}
    articles = {
        "Live": make_article(
            "Live", by=ada, publish=True, author=[make_author("Wes Quill")], **full
        ),
        "Review": make_article("Review", by=ada, lede="So.", not_needed={"actions": "None"}),
        "Held": make_article("Held", by=ada, evidence=["A claim"]),
        "Binned": make_article("Binned", by=ada),
    }  # fmt: skip
    articles["Review"].submit(by=ada)
    articles["Held"].hold(by=ada, note="The lawyer called.")
    articles["Binned"].discard(by=ada)
    return articles


def titles(response: Any) -> set[str]:
    return {article.title for article in response.context_data["cl"].result_list}


FILTERS: list[tuple[str, set[str]]] = [
    ("", {"Live", "Review", "Held"}),
    ("?bin=yes", {"Binned"}),
    ("?stage__exact=in_review", {"Review"}),
    ("?status=live", {"Live"}),
    ("?status=unpublished", {"Review", "Held"}),
    ("?status=nonsense", {"Live", "Review", "Held"}),
    ("?pending=lede", {"Held"}),
    ("?pending=evidence", {"Live", "Review"}),
    ("?pending=actions", {"Live", "Held"}),
    ("?author=nobody", {"Review", "Held"}),
    ("?author={author}", {"Live"}),
    ("?author=nonsense", {"Live", "Review", "Held"}),
    ("?topic__id__exact={topic}", {"Live"}),
    ("?q=leaves+the+coast", {"Live"}),
    ("?q=held", {"Held"}),
    ("?q=binned", set()),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_it_finds(
    desk: Any, ada: User, pieces: dict[str, Article], query: str, found: set[str]
) -> None:
    live = pieces["Live"]
    known = {"author": live.bylines.get().author_id, "topic": live.topic_id}
    assert titles(desk(ada).get(LIST + query.format(**known))) == found


def test_it_says_how_each_piece_stands(desk: Any, ada: User, pieces: Any) -> None:
    save(desk(ada), pieces["Live"], context="<p>New.</p>")
    text = desk(ada).get(LIST).content.decode()
    for words in ("in review", "on hold", "unpublished changes", "Wes Quill", "Key Points"):
        assert words in text


def test_pending_chips_agree_with_the_piece(desk: Any, ada: User, pieces: Any) -> None:
    for listed in desk(ada).get(LIST).context_data["cl"].result_list:
        plain = Article.objects.get(pk=listed.pk)
        assert listed.pending_sections() == plain.pending_sections()


def test_queries_do_not_grow_with_the_list(desk: Any, ada: User, pieces: Any) -> None:
    client = desk(ada)
    client.get(LIST)
    few = _queries(client)
    for n in range(12):
        make_article(
            f"Piece {n}", by=ada, lede="So.", evidence=["A", "B"], key_points=["One", "Two"],
            author=[make_author(f"Author {n}")], topic=pieces["Live"].topic,
        )  # fmt: skip
    assert _queries(client) == few
    assert few <= 25


def _queries(client: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    return len(queries)


def test_the_texts_are_not_loaded(desk: Any, ada: User, pieces: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        desk(ada).get(LIST)
    listing = next(q["sql"] for q in queries if "kind_in_force" in q["sql"] and "LIMIT" in q["sql"])
    columns = listing.split(" FROM ")[0].split(", ")
    assert '"trends_article"."title"' in columns
    assert '"trends_article"."analysis"' not in columns


def test_there_is_no_way_to_delete(desk: Any, root: User, pieces: Any) -> None:
    text = desk(root).get(LIST).content.decode()
    assert "delete_selected" not in text
    desk(root).post(LIST, {"action": "delete_selected", "_selected_action": pieces["Held"].pk})
    assert Article.objects.filter(title="Held").exists()
