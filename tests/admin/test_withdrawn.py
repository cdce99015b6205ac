"""Evidence is withdrawn: whoever rests on the same source is told."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.forms import page_url, save
from trends.models import Article, Note
from trends.models.evidence import Evidence
from trends.models.making import make_article
from trends.quoting import source_key

SOURCE = "https://www.norlake.example/report/"
SAME = "http://norlake.example/report?utm_source=x#p2"


def row(url: str, verdict: str = "unchecked", claim: str = "It goes") -> dict[str, str]:
    return {"claim": claim, "url": url, "verdict": verdict}


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake", by=wes, evidence=[row(SOURCE, "withdrawn")])


@pytest.fixture
def other(ada: User) -> Article:
    return make_article("Ferry", by=ada, lede="So it is. [[E1]]", evidence=[row(SAME)])


def address(article: Article) -> str:
    key = article.evidence.get(number=1).key
    return reverse("admin:trends_article_withdrawn", args=[article.pk, key])


def flag(client: Any, article: Article, other: Article, *, dispute: bool = False) -> Any:
    pk = other.evidence.get().pk
    data = {"flag": pk} | ({"dispute": pk} if dispute else {})
    return client.post(address(article), data, follow=True)


def test_the_same_source() -> None:
    assert source_key(SOURCE) == source_key(SAME)
    for url in ("https://norlake.example/reports", f"{SOURCE}?page=2", "https://a.example/report"):
        assert source_key(url) != source_key(SOURCE)
    assert source_key("https://a.example/?b=1&a=2") == source_key("https://a.example?a=2&b=1")


def test_withdrawing_tells_where_to_look(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes, evidence=[row(SOURCE)])
    client = desk(wes)
    save(client, article, evidence__0__verdict="withdrawn", _continue="1")
    page = client.get(page_url(article)).content.decode()
    assert "E1 is withdrawn." in page
    assert page.count(address(article)) == 2  # the message, and the row's own link
    save(client, article, title="Norlake goes on")
    assert "E1 is withdrawn." not in client.get(page_url(article)).content.decode()


def test_the_page_lists_who_rests_on_it(
    desk: Any, ada: User, article: Article, other: Article
) -> None:
    make_article("Elsewhere", by=ada, evidence=[row("https://norlake.example/reports")])
    page = desk(ada).get(address(article)).content.decode()
    assert "Ferry" in page
    assert "cited there" in page
    assert "not cited there" not in page
    assert "Elsewhere" not in page


def test_nobody_learns_of_pieces_that_are_hidden(
    desk: Any, wes: User, article: Article, other: Article
) -> None:
    page = desk(wes).get(address(article)).content.decode()
    assert "Ferry" not in page
    assert "1 piece more that you may not see" in page
    flag(desk(wes), article, other, dispute=True)
    assert not Note.objects.exists()
    assert other.evidence.get().verdict == "unchecked"


def test_flagging_leaves_a_note(desk: Any, ada: User, article: Article, other: Article) -> None:
    assert "Flagged: 1." in flag(desk(ada), article, other).content.decode()
    note = other.notes.get()
    assert (note.section, note.by) == ("evidence", ada)
    assert note.text.startswith(f"E1 rests on {SAME}, which was withdrawn in “Norlake”")
    assert other.evidence.get().verdict == "unchecked"
    assert other.revisions.count() == 1


def test_flagging_twice_leaves_one_open_note(
    desk: Any, ada: User, article: Article, other: Article
) -> None:
    flag(desk(ada), article, other)
    Article.objects.filter(pk=article.pk).update(title="Norlake, renamed")
    assert "Flagged already" in desk(ada).get(address(article)).content.decode()
    flag(desk(ada), article, other)
    assert other.notes.count() == 1
    note = other.notes.get()
    note.close(by=ada, now=note.at)
    flag(desk(ada), article, other)
    assert other.notes.count() == 2


def test_disputing_is_a_save(desk: Any, ada: User, article: Article, other: Article) -> None:
    flag(desk(ada), article, other, dispute=True)
    assert other.evidence.get().verdict == "disputed"
    revision = other.latest_revision
    assert revision is not None
    assert (revision.number, revision.created_by) == (2, ada)
    flag(desk(ada), article, other, dispute=True)
    assert other.revisions.count() == 2


def test_choosing_nothing_is_said(desk: Any, ada: User, article: Article, other: Article) -> None:
    response = desk(ada).post(address(article), {})
    assert "Nothing was chosen" in response.content.decode()
    assert not Note.objects.exists()


def test_pieces_in_the_bin_are_left_alone(
    desk: Any, ada: User, article: Article, other: Article
) -> None:
    other.discard(by=ada)
    assert "No other piece rests" in desk(ada).get(address(article)).content.decode()


def test_evidence_that_stands_has_no_such_page(desk: Any, ada: User, other: Article) -> None:
    response = desk(ada).get(address(other), follow=True)
    assert "E1 is not withdrawn." in response.content.decode()
    gone = reverse("admin:trends_article_withdrawn", args=[other.pk, "0" * 16])
    assert desk(ada).get(gone).status_code == 404


def test_evidence_without_an_address_rests_on_nothing(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes, evidence=[row("", "withdrawn")])
    make_article("Ferry", by=wes, evidence=[row("")])
    assert "No other piece rests" in desk(wes).get(address(article)).content.decode()


def test_many_pieces_cost_no_more_queries(
    desk: Any, ada: User, article: Article, other: Article, django_assert_num_queries: Any
) -> None:
    client = desk(ada)
    client.get(address(article))
    with CaptureQueriesContext(connection) as one:
        client.get(address(article))
    for number in range(4):
        make_article(f"More {number}", by=ada, evidence=[row(SAME), row(SOURCE)], key_points=["x"])
    with django_assert_num_queries(len(one)):
        client.get(address(article))


def test_one_source_has_a_bound(monkeypatch: Any, article: Article, ada: User) -> None:
    make_article("Many", by=ada, evidence=[row(SAME) for _ in range(3)])
    monkeypatch.setattr("trends.models.evidence.MOST_OF_ONE_SOURCE", 2)
    assert len(Evidence.objects.of_source(SOURCE, besides=article.pk)) == 2
