"""What publishing costs: queries, for a piece with everything in it, however much of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.forms import page_url, queries_of
from tests.people import person
from tests.workflow.conftest import READY, edit
from trends.models import Article, Job, Status, Topic
from trends.models.making import make_article, make_author

BUDGET = 25


def piece(by: User, rows: int) -> Article:
    """Live, with evidence, authors, links and so on, and a newer context on the desk."""
    source = {"claim": "The council voted for it.", "source_title": "Minutes"}
    targets = [make_article(f"Other {n}", by=by, **READY, publish=True) for n in range(rows)]
    article = make_article(
        "A second pump house", by=by, publish=True, **READY | {
            "topic": Topic.objects.create(name="Harbours", slug="harbours"),
            "author": [make_author(f"Author {n}") for n in range(rows)],
            "evidence": [source] * rows, "related": targets,
            "key_points": [f"Point {n} of the pump house is long enough." for n in range(rows)],
        },
    )  # fmt: skip
    edit(article, by=by, context="<p>The first one dates from long ago. [[E1]]</p>")
    return article


def cost(ask: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = ask()
    assert response.status_code in (200, 302)
    asked = queries_of(queries)
    if len(asked) > BUDGET:
        print("\n".join(sql[:230] for sql in asked))
    return len(asked)


@pytest.mark.parametrize("rows", [1, 8])
def test_the_screen(desk: Any, wes: User, pam: User, rows: int) -> None:
    client, article = desk(pam), piece(wes, rows)
    assert cost(lambda: client.get(page_url(article, "publish_now"))) <= BUDGET


@pytest.mark.parametrize("rows", [1, 8])
@pytest.mark.parametrize("sections", [["context"], ["context", "lede"]])
def test_the_click(desk: Any, wes: User, pam: User, rows: int, sections: list[str]) -> None:
    client, article = desk(pam), piece(wes, rows)
    edit(article, by=wes, lede="<p>The town builds it. [[E1]]</p>")
    data = {
        "version": article.version, "change": "update", "update_line": "News.",
        "sections": sections,
    }  # fmt: skip
    url = page_url(article, "publish_now")
    assert cost(lambda: client.post(url, data)) <= BUDGET
    assert article.edition_in_force().update_line == "News."


def test_the_first_publication(desk: Any, wes: User, pam: User) -> None:
    client = desk(pam)
    article = make_article("A second pump house", by=wes, **READY, author=[make_author("Ines")])
    url = page_url(article, "publish_now")
    assert cost(lambda: client.get(url)) <= BUDGET
    assert cost(lambda: client.post(url, {"version": article.version})) <= BUDGET
    assert article.status() == Status.LIVE


def test_second_eyes_cost_no_more_people(desk: Any, wes: User, pam: User) -> None:
    client, article = desk(pam), piece(wes, 1)
    few = cost(lambda: client.get(page_url(article, "publish_now")))
    for n in range(4):
        edit(article, by=person(f"w{n}"), analysis=f"<p>Thought {n}.</p>")
    assert cost(lambda: client.get(page_url(article, "publish_now"))) <= few


def test_telling_the_writer_by_mail(desk: Any, wes: User, pam: User) -> None:
    User.objects.filter(pk=wes.pk).update(email="wes@example.org")
    client, article = desk(pam), make_article("A second pump house", by=wes, **READY)
    url = page_url(article, "publish_now")
    assert cost(lambda: client.post(url, {"version": article.version})) <= BUDGET
    assert Job.objects.get(kind="mail").key == str(wes.pk)
