"""Rows of a piece: known by their keys, in their order, numbered once."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.forms import add_row, page_url, posted, save
from trends.models import Article, Author, Evidence
from trends.models.making import make_article, make_author

NEW = {
    "claim": "New", "kind": "data", "verdict": "unchecked", "disclosure": "named",
    "stance": "supports",
}  # fmt: skip


@pytest.fixture
def article(ada: User) -> Article:
    return make_article(
        "Norlake", by=ada, lede="It goes. [[E2]]", evidence=["It goes", "420 people"],
        key_points=["One", "Two", "Three"], author=[make_author("Wes Quill")],
    )  # fmt: skip


def texts(article: Article) -> list[str]:
    return list(article.key_points.values_list("text", flat=True))


def test_rows_move(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, key_points__0__position=2, key_points__2__position=0)
    assert texts(article) == ["Three", "Two", "One"]
    assert list(article.key_points.values_list("position", flat=True)) == [0, 1, 2]
    assert article.revisions.count() == 2


def test_a_row_keeps_its_key_when_it_is_edited(desk: Any, ada: User, article: Article) -> None:
    keys = list(article.key_points.values_list("key", flat=True))
    save(desk(ada), article, key_points__1__text="Second")
    assert list(article.key_points.values_list("key", flat=True)) == keys


def test_a_row_goes(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, key_points__0__DELETE="on")
    assert texts(article) == ["Two", "Three"]


def test_a_new_row_may_stand_first(desk: Any, ada: User, article: Article) -> None:
    client = desk(ada)
    data = add_row(posted(client.get(page_url(article))), "key_points", text="Zero")
    moved = {f"key_points-{i}-position": i + 1 for i in range(3)} | {"key_points-3-position": 0}
    client.post(page_url(article), data | moved)
    assert texts(article) == ["Zero", "One", "Two", "Three"]


def test_the_index_of_a_row_says_nothing(desk: Any, ada: User, article: Article) -> None:
    """Django's script numbers all rows anew when an unsaved one among them is removed."""
    client = desk(ada)
    data = posted(client.get(page_url(article)))
    first = {k: v for k, v in data.items() if k.startswith("key_points-0-")}
    second = {k: v for k, v in data.items() if k.startswith("key_points-1-")}
    swapped = {k.replace("-0-", "-1-"): v for k, v in first.items()}
    swapped |= {k.replace("-1-", "-0-"): v for k, v in second.items()}
    client.post(page_url(article), data | swapped)
    assert texts(article) == ["One", "Two", "Three"]
    assert article.revisions.count() == 1


def test_a_blank_new_row_is_no_row(desk: Any, ada: User, article: Article) -> None:
    client = desk(ada)
    data = add_row(posted(client.get(page_url(article))), "key_points", text="")
    assert client.post(page_url(article), data).status_code == 302
    assert len(texts(article)) == 3


def test_evidence_numbers_are_given_once(desk: Any, ada: User, article: Article) -> None:
    client = desk(ada)
    save(client, article, evidence__1__DELETE="on", lede="<p>It goes.</p>")
    data = add_row(posted(client.get(page_url(article))), "evidence", **NEW)
    client.post(page_url(article), data)
    assert list(article.evidence.values_list("number", flat=True)) == [1, 3]


def test_the_number_and_its_mark_are_shown(desk: Any, ada: User, article: Article) -> None:
    page = desk(ada).get(page_url(article)).content.decode()
    assert 'data-copy="[[E2]]"' in page
    assert '<b class="row-name">E2</b>' in page


def test_checked_is_somebodys_word(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, evidence__0__verdict="checked")
    row = article.evidence.get(number=1)
    assert row.checked_by == ada
    assert row.checked_at is not None


def test_unchecked_again_is_nobodys(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, evidence__0__verdict="checked")
    save(desk(ada), article, evidence__0__verdict="unchecked")
    assert article.evidence.get(number=1).checked_by is None


def test_another_edit_leaves_the_check_as_it_is(
    desk: Any, ada: User, pam: User, article: Article
) -> None:
    save(desk(ada), article, evidence__0__verdict="checked")
    save(desk(pam), article, evidence__0__claim="It goes west")
    assert article.evidence.get(number=1).checked_by == ada


def test_new_evidence_may_be_checked_at_once(desk: Any, ada: User, article: Article) -> None:
    client = desk(ada)
    row = NEW | {"verdict": "checked"}
    data = add_row(posted(client.get(page_url(article))), "evidence", **row)
    client.post(page_url(article), data)
    assert Evidence.objects.get(claim="New").checked_by == ada


LINKS = [
    ({"url": "https://a.example/", "target": "other"}, "not both"),
    ({"target": "self"}, "link to itself"),
    ({"url": "javascript:alert(1)"}, "not a web address"),
]


@pytest.mark.parametrize(("fields", "words"), LINKS)
def test_a_link_leads_to_one_place(
    desk: Any, ada: User, article: Article, fields: dict[str, Any], words: str
) -> None:
    places = {"self": article.pk, "other": make_article("Other", by=ada).pk}
    if "target" in fields:
        fields = fields | {"target": places[fields["target"]]}
    client = desk(ada)
    data = add_row(posted(client.get(page_url(article))), "related_links", **fields)
    response = client.post(page_url(article), data)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not article.related_links.exists()


def test_an_author_stands_once_in_a_byline(desk: Any, ada: User, article: Article) -> None:
    client, author = desk(ada), article.bylines.get().author
    data = add_row(posted(client.get(page_url(article))), "bylines", author=author.pk)
    response = client.post(page_url(article), data)
    assert response.status_code == 200
    assert article.bylines.count() == 1


def test_a_row_of_another_piece_is_out_of_reach(desk: Any, ada: User, article: Article) -> None:
    other = make_article("Other", by=ada, key_points=["Theirs"])
    theirs = other.key_points.get()
    save(desk(ada), article, key_points__0__id=theirs.pk, key_points__0__key=theirs.key)
    assert texts(other) == ["Theirs"]
    assert other.key_points.get() == theirs
    assert theirs not in article.key_points.all()


def test_a_refused_form_keeps_the_order_and_the_words(
    desk: Any, ada: User, article: Article
) -> None:
    response = save(
        desk(ada), article, title="", key_points__0__position=2, key_points__2__position=0
    )
    sections = {section.name: section for section in response.context_data["sections"]}
    shown = [row.admin.form["text"].value() for row in sections["key_points"].rows]
    assert shown[:3] == ["Three", "Two", "One"]


def test_a_link_that_is_emptied_is_to_be_deleted(desk: Any, ada: User, article: Article) -> None:
    article.related_links.create(url="https://a.example/")
    response = save(desk(ada), article, related_links__0__url="")
    assert "or delete this link" in response.content.decode()


class TestByline:
    @pytest.fixture
    def authors(self, article: Article) -> list[Author]:
        article.bylines.all().delete()
        authors = [make_author("Ines Vale"), make_author("Tom Reed")]
        for position, author in enumerate(authors):
            article.bylines.create(author=author, position=position)
        return authors

    def test_authors_change_places(
        self, desk: Any, ada: User, article: Article, authors: list[Author]
    ) -> None:
        before = list(article.bylines.values_list("pk", "key"))
        ines, tom = (author.pk for author in authors)
        save(desk(ada), article, bylines__0__author=tom, bylines__1__author=ines)
        assert list(article.bylines.values_list("author__name", flat=True)) == [
            "Tom Reed", "Ines Vale",
        ]  # fmt: skip
        assert list(article.bylines.values_list("pk", "key")) == before

    def test_nobody_stands_twice(
        self, desk: Any, ada: User, article: Article, authors: list[Author]
    ) -> None:
        response = save(desk(ada), article, bylines__0__author=authors[1].pk)
        assert "An author stands twice in the byline" in response.content.decode()

    def test_nor_beside_a_row_that_was_not_sent(
        self, desk: Any, ada: User, article: Article, authors: list[Author]
    ) -> None:
        client = desk(ada)
        data = posted(client.get(page_url(article)))
        fewer = {n: v for n, v in data.items() if not n.startswith("bylines-")}
        fewer |= {"bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}
        data = add_row(fewer, "bylines", author=authors[1].pk)
        response = client.post(page_url(article), data)
        assert "An author stands twice in the byline" in response.content.decode()

    def test_who_goes_makes_room(
        self, desk: Any, ada: User, article: Article, authors: list[Author]
    ) -> None:
        client = desk(ada)
        data = posted(client.get(page_url(article)), bylines__0__DELETE="on")
        data = add_row(data, "bylines", author=authors[0].pk, role="Data")
        assert client.post(page_url(article), data).status_code == 302
        assert [str(row) for row in article.bylines.all()] == ["Tom Reed", "Ines Vale"]

    def test_an_unknown_author_is_said(
        self, desk: Any, ada: User, article: Article, authors: list[Author]
    ) -> None:
        response = save(desk(ada), article, bylines__0__author=10**6)
        assert "not one of the available choices" in response.content.decode()
