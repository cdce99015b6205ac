"""What is done with sections of the queue: claimed, assigned, dated, marked as not needed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.queues import FULL, QUEUE, lines, put
from trends.models import Article, Assignment
from trends.models.making import make_article


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


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def act(client: Any, rows: list[str], query: str = "", **data: Any) -> Any:
    return client.post(QUEUE + query, {"row": rows} | data, follow=True)


def owed(article: Article, section: str) -> Assignment:
    return Assignment.objects.get(article=article, section=section)


def test_one_press_claims(desk: Any, wes: User, ferry: Article) -> None:
    data = {"claim": f"{ferry.pk}:context", "act": "not_needed", "row": of(ferry, "author")}
    page = desk(wes).post(QUEUE + "?section=context", data, follow=True)
    assert said(page) == "1 section is yours now."
    assert page.redirect_chain == [(f"{QUEUE}?section=context", 302)]
    assert owed(ferry, "context").owner == wes
    assert Assignment.objects.count() == 1
    assert ferry.transitions.get(verb="assign").details["owner"] == "Wes"


def test_a_writer_takes_nothing_from_a_colleague(
    desk: Any, wes: User, ada: User, ferry: Article
) -> None:
    put(ferry, "context", ada, owner=ada)
    page = act(desk(wes), of(ferry, "context", "author"), act="claim")
    assert "1 section is yours now." in said(page)
    assert "Left alone. Context of “The ferry”: Ada has it already." in said(page)
    assert owed(ferry, "context").owner == ada
    act(desk(ada), of(ferry, "author"), act="claim")
    assert owed(ferry, "author").owner == ada


def test_many_are_assigned_at_once(
    desk: Any, ada: User, wes: User, ferry: Article, robots: Article
) -> None:
    day = timezone.localdate() + timedelta(3)
    rows = of(ferry, "context", "author") + of(robots, "author")
    page = act(desk(ada), rows, act="assign", owner=wes.pk, due_on=str(day))
    assert said(page) == f"Wes has 3 sections to do, due on {day}."
    assert {(row.owner, row.due_on) for row in Assignment.objects.all()} == {(wes, day)}


def test_a_due_date_is_set_and_taken_away(desk: Any, ada: User, ferry: Article) -> None:
    day = timezone.localdate()
    assert f"due on {day}" in said(act(desk(ada), of(ferry, "context"), act="due", due_on=str(day)))
    assert owed(ferry, "context").due_on == day
    assert "no due date" in said(act(desk(ada), of(ferry, "context"), act="due"))
    assert not Assignment.objects.exists()


def test_not_needed_is_content(desk: Any, ada: User, ferry: Article) -> None:
    put(ferry, "context", ada, owner=ada)
    rows = of(ferry, "context", "author")
    page = act(desk(ada), rows, act="not_needed", reason="It is a notice.")
    assert said(page) == "2 sections are marked as not needed."
    ferry.refresh_from_db()
    assert ferry.not_needed == dict.fromkeys(["context", "author"], "It is a notice.")
    assert (ferry.version, ferry.latest_revision.created_by) == (2, ada)  # type: ignore[union-attr]
    assert owed(ferry, "context").done_by == ada
    assert lines(page) == []


def test_what_was_filled_meanwhile_is_said(desk: Any, ada: User, ferry: Article) -> None:
    client = desk(ada)
    client.get(QUEUE)
    ferry.context = "<p>Filled.</p>"
    ferry.record_revision(by=ada)
    page = act(client, of(ferry, "context", "author"), act="not_needed", reason="No.")
    assert "1 section is marked" in said(page)
    assert "left alone: Context of “The ferry”." in said(page)
    ferry.refresh_from_db()
    assert set(ferry.not_needed) == {"author"}


def test_what_is_gone_is_said(
    desk: Any, ada: User, wes: User, ferry: Article, robots: Article
) -> None:
    assert "no longer there for you" in said(act(desk(wes), of(robots, "author"), act="claim"))
    ferry.discard(by=ada)
    assert "it is in the bin" in said(act(desk(ada), of(ferry, "author"), act="claim"))
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"act": "assign"}, "Select who is to do it."),
        ({"act": "assign", "owner": "987654"}, "There is no such colleague."),
        ({"act": "due", "due_on": "soon"}, "This is no date."),
        ({"act": "due", "due_on": str(date(2001, 1, 1))}, "This day is over."),
        ({"act": "not_needed", "reason": " "}, "Enter why these sections may stay empty."),
        ({"act": "burn"}, "Select a valid choice."),
        ({"act": "claim", "row": ["x:context", "7:head", "²:context"]}, "Nothing is selected."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    desk: Any, ada: User, ferry: Article, data: dict[str, Any], sentence: str
) -> None:
    page = desk(ada).post(QUEUE, {"row": of(ferry, "context")} | data)
    text = page.content.decode()
    assert page.status_code == 200
    assert sentence in text
    chosen = [line.is_chosen for piece in page.context_data["pieces"] for line in piece.lines]
    assert chosen == [data["act"] != "claim", False]
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("name", ["assign", "due", "author"])
def test_a_writer_does_not_manage(desk: Any, wes: User, ferry: Article, name: str) -> None:
    data = {"act": name, "owner": wes.pk, "due_on": "2099-01-01"}
    assert desk(wes).post(QUEUE, {"row": of(ferry, "context")} | data).status_code == 200
    assert name not in dict(desk(wes).get(QUEUE).context_data["acts"].fields["act"].choices)
    assert not Assignment.objects.exists()


def test_an_author_for_the_pieces_and_back(
    desk: Any, ada: User, ferry: Article, robots: Article
) -> None:
    client, here = desk(ada), QUEUE + "?section=author"
    page = client.post(here, {"row": of(ferry, "author") + of(robots, "author"), "act": "author"})
    assert "2 pieces, 1 live, 2 without an author" in page.content.decode()
    data = {
        "action": "assign_author", "_assign": "1", "how": "replace", "new_author": "Nell Quay",
        "_selected_action": [ferry.pk, robots.pk], "back": page.context_data["back"],
    }  # fmt: skip
    page = client.post("/admin/trends/article/", data, follow=True)
    assert page.redirect_chain == [(here, 302)]
    assert lines(page) == []
