"""Handing over: all that an absent colleague has goes to another one."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Article, Assignment, transitioned
from trends.models.handing_over import hand_over
from trends.models.making import make_article

PAGE = "/admin/trends/article/handover/"


@pytest.fixture
def ferry(wes: User) -> Article:
    return make_article("The ferry", by=wes)


@pytest.fixture
def robots(ada: User, wes: User) -> Article:
    """Ada's; Wes owes the context, and called the analysis done."""
    piece = make_article("The robots", by=ada)
    put(piece, "context", owner=wes, by=ada)
    put(piece, "analysis", owner=wes, done=True, by=ada)
    return piece


def put(piece: Article, section: str, **fields: Any) -> None:
    Assignment.objects.put(piece, section, now=timezone.now(), **fields)


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_it_works(
    desk: Any, ada: User, pam: User, wes: User, ferry: Article, robots: Article
) -> None:
    data = {"giver": wes.pk, "taker": pam.pk}
    page = desk(ada).post(PAGE, data, follow=True)
    assert said(page) == "Pam now has 1 open assignment and 1 piece that were Wes's."
    assert page.redirect_chain == [(f"/admin/trends/article/queue/?who={pam.pk}", 302)]
    ferry.refresh_from_db()
    robots.refresh_from_db()
    assert (ferry.owner, robots.owner) == (pam, ada)
    owners = {row.section: row.owner for row in robots.assignments.all()}
    assert owners == {"context": pam, "analysis": wes}


def test_it_is_recorded_and_announced(
    ada: User, pam: User, wes: User, ferry: Article, robots: Article,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    heard: list[tuple[int, str]] = []

    def listen(article: Article, transition: Any, **_: Any) -> None:
        heard.append((article.pk, transition.verb))

    transitioned.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        assert hand_over(wes, pam, by=ada) == (1, 1)
    transitioned.disconnect(listen)
    step = ferry.transitions.get(verb="hand_over")
    assert step.details == {"owner": "Pam", "owner_before": "Wes"}
    assert (step.by, step.revision) == (ada, ferry.latest_revision)
    last = robots.transitions.filter(verb="assign")[0]
    assert (last.details["owner"], last.details["section"]) == ("Pam", "context")
    assert heard == [(robots.pk, "assign"), (ferry.pk, "hand_over")]


def test_what_there_is_is_shown_first(
    desk: Any, ada: User, wes: User, ferry: Article, robots: Article
) -> None:
    make_article("In the bin", by=wes).discard(by=ada)
    text = desk(ada).get(f"{PAGE}?giver={wes.pk}").content.decode()
    assert "Wes: 1 open assignment<" in text
    assert "1 unfinished piece to look after" in text
    assert "The ferry" in text
    assert "1 finished or discarded piece goes along." in text
    assert "In the bin" not in text
    assert "Hand over everything" in text


@pytest.mark.parametrize("giver", ["", "987654", "x", "9" * 30])
def test_nobody_has_nothing(desk: Any, ada: User, giver: str) -> None:
    page = desk(ada).get(f"{PAGE}?giver={giver}")
    assert page.status_code == 200
    assert "Hand over everything</button>" not in page.content.decode()


def test_who_has_left_gives_and_does_not_take(
    desk: Any, ada: User, wes: User, pam: User, ferry: Article
) -> None:
    User.objects.filter(pk=wes.pk).update(is_active=False)
    assert "Wes (no longer active)" in desk(ada).get(PAGE).content.decode()
    desk(ada).post(PAGE, {"giver": wes.pk, "taker": pam.pk})
    ferry.refresh_from_db()
    assert ferry.owner == pam
    page = desk(ada).post(PAGE, {"giver": pam.pk, "taker": wes.pk})
    assert "There is no such colleague." in page.content.decode()
    wes.refresh_from_db()
    with pytest.raises(ValueError, match="can't take this over"):
        hand_over(pam, wes, by=ada)


@pytest.mark.parametrize(
    ("taker", "sentence"),
    [("wes", "This is the same person."), ("", "This field is required.")],
)
def test_not_to_oneself_or_nobody(
    desk: Any, ada: User, wes: User, ferry: Article, taker: str, sentence: str
) -> None:
    page = desk(ada).post(PAGE, {"giver": wes.pk, "taker": wes.pk if taker else ""})
    assert sentence in page.content.decode()
    assert "The ferry" in page.content.decode()
    ferry.refresh_from_db()
    assert ferry.owner == wes


def test_a_writer_hands_nothing_over(desk: Any, wes: User, ada: User, ferry: Article) -> None:
    assert desk(wes).post(PAGE, {"giver": wes.pk, "taker": ada.pk}).status_code == 403
    ferry.refresh_from_db()
    assert ferry.owner == wes


def test_the_queue_leads_here(desk: Any, ada: User, wes: User, robots: Article) -> None:
    queue = f"/admin/trends/article/queue/?who={wes.pk}"
    assert f"{PAGE}?giver={wes.pk}" in desk(ada).get(queue).content.decode()
    assert PAGE not in desk(wes).get(queue).content.decode()


def test_many_pieces_take_no_more_queries(ada: User, pam: User, wes: User) -> None:
    def queries(giver: User, taker: User) -> int:
        with CaptureQueriesContext(connection) as found:
            hand_over(giver, taker, by=ada)
        return len(found)

    put(make_article("First", by=wes), "context", owner=wes, by=ada)
    few = queries(wes, pam)
    for n in range(20):
        put(make_article(f"Piece {n}", by=pam), "context", owner=pam, by=ada)
    assert queries(pam, wes) == few
    assert Article.objects.filter(owner=wes).count() == 21
