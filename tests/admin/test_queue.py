"""The queue: every pending section, oldest first, and who owes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.queues import FULL, QUEUE, lines, put
from trends.admin import queue
from trends.models import Article, Topic
from trends.models.making import make_article, make_author
from trends.models.waiting import NOBODY, Wanted, waiting


@pytest.fixture
def ferry(wes: User) -> Article:
    """Waits for its context and its author."""
    return make_article("The ferry", by=wes, **FULL | {"context": ""})


@pytest.fixture
def robots(ada: User) -> Article:
    """Live; waits for its author."""
    return make_article("The robots", by=ada, publish=True, **FULL)


def of(article: Article, *sections: str) -> list[str]:
    return [f"{article.pk}:{section}" for section in sections]


def test_it_works(desk: Any, ada: User, ferry: Article, robots: Article) -> None:
    page = desk(ada).get(QUEUE)
    assert lines(page) == ["context of The ferry", "author of The ferry", "author of The robots"]
    text = page.content.decode()
    assert f"/admin/trends/article/{ferry.pk}/change/#section-context" in text
    assert "2 pieces have something pending" in text
    assert "no-store" in page["Cache-Control"]


def test_the_oldest_stands_first(desk: Any, ada: User, ferry: Article, robots: Article) -> None:
    Article.objects.filter(pk=robots.pk).update(created_at=timezone.now() - timedelta(days=9))
    assert lines(desk(ada).get(QUEUE))[0] == "author of The robots"


def test_what_is_not_in_it(desk: Any, pam: User, ferry: Article, robots: Article) -> None:
    ferry.discard(by=pam)
    robots.retract(by=pam, notice="It was wrong.")
    removed = make_article("Removed", publish=True, **FULL)
    removed.remove(by=pam, note="A court said so.")
    make_article("Whole", author=[make_author("Wes Quill")], **FULL)
    make_article("Not signed", not_needed={"author": "An editorial."}, **FULL)
    page = desk(pam).get(QUEUE)
    assert lines(page) == []
    assert "Nothing is pending here." in page.content.decode()


def test_a_writer_sees_own_and_assigned_pieces(
    desk: Any, wes: User, ada: User, ferry: Article, robots: Article
) -> None:
    assert lines(desk(wes).get(QUEUE)) == ["context of The ferry", "author of The ferry"]
    put(robots, "author", ada, owner=wes)
    assert "author of The robots" in lines(desk(wes).get(QUEUE))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("section=context", ["context of The ferry"]),
        ("section=nonsense", "all"),
        ("who=me", ["author of The robots"]),
        ("who=nobody", ["author of The ferry"]),
        ("who={wes}", ["context of The ferry"]),
        ("who=nobody&section=context", []),
        ("late=on", ["context of The ferry"]),
        ("late=on&who=me", []),
        ("late=on&who=nobody", []),
        ("topic={topic}", ["context of The ferry", "author of The ferry"]),
        ("topic=99999999999999999999", "all"),
        ("who=someone&after=x", "all"),
    ],
)
def test_the_parts(
    desk: Any, ada: User, wes: User, ferry: Article, robots: Article, query: str, expected: Any
) -> None:
    ferry.topic = topic = Topic.objects.create(name="Sea", slug="sea")
    ferry.save()
    put(ferry, "context", ada, owner=wes, due_on=timezone.localdate() - timedelta(2))
    put(robots, "author", ada, owner=ada)
    query = query.format(wes=wes.pk, topic=topic.pk)
    if expected == "all":
        expected = ["context of The ferry", "author of The ferry", "author of The robots"]
    page = desk(ada).get(f"{QUEUE}?{query}")
    assert page.status_code == 200
    assert lines(page) == expected


def test_late_is_said(desk: Any, ada: User, ferry: Article) -> None:
    put(ferry, "context", ada, due_on=timezone.localdate() - timedelta(2))
    assert "2 days late" in desk(ada).get(QUEUE).content.decode()


def test_what_was_called_done_waits_for_anybody(
    desk: Any, ada: User, wes: User, ferry: Article
) -> None:
    put(ferry, "context", wes, owner=wes, done=True)
    page = desk(ada).get(f"{QUEUE}?who=nobody&section=context")
    assert lines(page) == ["context of The ferry"]
    assert "Wes said “done”" in page.content.decode()


def test_pages(desk: Any, ada: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(queue, "PIECES", 2)
    for n in range(5):
        make_article(f"Piece {n}", **FULL)
    client, address, seen = desk(ada), "?section=author", list[str]()
    while address:
        page = client.get(QUEUE + address)
        seen += lines(page)
        address = page.context_data["next"]
    assert seen == [f"author of Piece {n}" for n in range(5)]
    assert page.context_data["first"] == "?section=author"
    assert len(lines(client.get(QUEUE + "?after=987654"))) == 2


def test_as_many_queries_for_many_rows(desk: Any, ada: User, wes: User, ferry: Article) -> None:
    client = desk(ada)

    def queries() -> int:
        put(ferry, "context", ada, owner=wes)
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{QUEUE}?after={ferry.pk}").status_code == 200
        return len(found)

    make_article("One more", **FULL)
    few = queries()
    for n in range(8):
        put(make_article(f"Piece {n}", topic=Topic.objects.create(slug=n, name=n)),
            "context", ada, owner=wes)  # fmt: skip
    assert queries() == few <= 12


@pytest.mark.parametrize("section", ["", "context", "author"])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("who", [None, NOBODY, "wes", "ada"])
def test_the_rule_is_the_same_in_both_spellings(
    ada: User, wes: User, ferry: Article, robots: Article, section: str, late: bool, who: Any
) -> None:
    """Wanted.condition() finds pieces in the database, takes() their sections."""
    make_article("Nobody's", **FULL)
    day = timezone.localdate()
    put(ferry, "context", ada, owner=wes, due_on=day - timedelta(1))
    put(ferry, "author", ada, owner=wes, due_on=day - timedelta(1), done=True)
    put(robots, "author", ada, owner=ada, due_on=day)
    owner = {"wes": wes, "ada": ada}.get(who, who)
    wanted = Wanted(section=section, owner=owner, late_on=day if late else None)
    every = Article.objects.with_pending().order_by("pk")
    expected = [a.pk for a, found in zip(every, waiting(every, wanted), strict=True) if found]
    found = Article.objects.to_enrich(wanted, timezone.now())
    assert sorted(article.pk for article in found) == expected
