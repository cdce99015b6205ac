"""Merging authors and topics, and the names that an import found."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from tests.admin.forms import page_url, posted
from trends.models import Article, Author, Topic
from trends.models.making import make_article, make_author
from trends.models.namesakes import folded_name, may_be, suggestions

DESK = "/admin/trends"
NAMES = f"{DESK}/author/unresolved/"


@pytest.fixture
def lee(db: None) -> Author:
    return make_author("A. Lee", unresolved=True)


@pytest.fixture
def ann(db: None) -> Author:
    return make_author("Ann Lee", bio="Writes.")


def url(row: Any, page: str = "merge") -> str:
    return f"{DESK}/{row._meta.model_name}/{row.pk}/{page}/"


def merge(client: Any, old: Any, into: Any, **fields: Any) -> Any:
    return client.post(url(old), {"into": into.pk} | fields, follow=True)


def bylines(article: Article) -> list[str]:
    return [str(byline) for byline in article.bylines.all()]


def test_it_asks_first(desk: Any, ada: User, lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee])
    text = desk(ada).get(url(lee)).content.decode()
    assert "1 piece</strong> of the desk names “A. Lee”" in text
    assert "<option" in text
    assert "Ann Lee" in text
    assert bylines(article) == ["A. Lee"]


def test_it_merges_and_says_so(desk: Any, ada: User, lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee])
    page = merge(desk(ada), lee, ann)
    assert "“A. Lee” is merged into “Ann Lee”: 1 piece changed." in page.content.decode()
    assert page.redirect_chain == [(url(ann, "change"), 302)]
    assert bylines(article) == ["Ann Lee"]
    entries = LogEntry.objects.filter(user=ada).values_list("object_id", "change_message")
    assert set(entries) == {
        (str(lee.pk), "Merged into “Ann Lee”."),
        (str(ann.pk), "“A. Lee” merged into it (1 piece)."),
    }


def test_topics_merge_the_same_way(desk: Any, pam: User) -> None:
    old, into = (Topic.objects.create(name=name, slug=name) for name in ("machines", "robots"))
    article = make_article("A piece", topic=old)
    assert merge(desk(pam), old, into).status_code == 200
    article.refresh_from_db()
    assert article.topic == into


@pytest.mark.parametrize("into", ["", "itself", "987654", "9" * 30, "x"])
def test_what_can_not_be_selected(desk: Any, ada: User, lee: Author, into: str) -> None:
    page = desk(ada).post(url(lee), {"into": lee.pk if into == "itself" else into})
    assert page.status_code == 200
    assert b"Select " in page.content
    assert Author.objects.get(pk=lee.pk).merged_into is None


def test_what_is_merged_is_in_no_list(desk: Any, ada: User, lee: Author, ann: Author) -> None:
    client = desk(ada)
    merge(client, lee, ann)
    lookup = "/admin/autocomplete/?app_label=trends&model_name=byline&field_name=author&term=lee"
    assert [row["text"] for row in client.get(lookup).json()["results"]] == ["Ann Lee"]
    for page in (f"{DESK}/author/", url(make_author("Bo Ek")), NAMES):
        assert "A. Lee" not in client.get(page).content.decode().split("messagelist")[0]
    assert "A. Lee" not in client.get(f"{DESK}/author/").content.decode()


@pytest.mark.parametrize("page", ["change", "merge"])
def test_its_page_leads_to_the_other(
    desk: Any, ada: User, lee: Author, ann: Author, page: str
) -> None:
    client = desk(ada)
    merge(client, lee, ann)
    answer = client.get(url(lee, page), follow=True)
    assert answer.redirect_chain == [(url(ann, "change"), 302)]
    assert "“A. Lee” is merged into “Ann Lee”, which is this one." in answer.content.decode()


def test_merged_topics_are_no_filter(desk: Any, ada: User) -> None:
    old, into, other = (
        Topic.objects.create(name=name, slug=name.lower()) for name in ("Apes", "Boats", "Cats")
    )
    client = desk(ada)
    assert "Apes" in client.get(f"{DESK}/article/").content.decode()
    merge(client, old, into)
    client.get(f"{DESK}/topic/")  # reads the message
    text = client.get(f"{DESK}/article/").content.decode()
    assert "Apes" not in text
    assert other.name in text


def test_a_form_from_before_brings_nobody_back(
    desk: Any, ada: User, lee: Author, ann: Author
) -> None:
    topics = [Topic.objects.create(name=name, slug=name) for name in ("machines", "robots")]
    article = make_article("A piece", by=ada, author=[lee], topic=topics[0])
    client = desk(ada)
    form = posted(client.get(page_url(article)), title="A better title")
    merge(client, lee, ann)
    merge(client, *topics)
    answer = client.post(page_url(article), form)
    assert answer.status_code == 302, "it is not outdated by a merge"
    article.refresh_from_db()
    assert (article.title, article.topic) == ("A better title", topics[1])
    assert bylines(article) == ["Ann Lee"]
    assert article.revisions.all()[0].sections == ["head"]


# --- names to resolve ---


def test_names_with_their_pieces_and_suggestions(
    desk: Any, ada: User, lee: Author, ann: Author
) -> None:
    for n in range(2):
        make_article(f"Piece {n}", author=[lee])
    client = desk(ada)
    assert "Names to resolve (1)" in client.get(f"{DESK}/author/").content.decode()
    text = client.get(NAMES).content.decode()
    assert "2 pieces" in text
    assert "It is Ann Lee" in text


def test_it_is_somebody_known(desk: Any, ada: User, lee: Author, ann: Author) -> None:
    page = merge(desk(ada), lee, ann, then="unresolved")
    assert page.redirect_chain == [(NAMES, 302)]
    assert "Every name is resolved." in page.content.decode()


def test_it_is_somebody_new(desk: Any, ada: User, lee: Author) -> None:
    page = desk(ada).post(url(lee, "known"), follow=True)
    assert page.redirect_chain == [(url(lee, "change"), 302)]
    assert "“A. Lee” is an author now." in page.content.decode()
    assert not Author.objects.get(pk=lee.pk).unresolved


def test_a_name_that_is_gone(desk: Any, ada: User) -> None:
    for number in ("987654", "9" * 25):
        assert desk(ada).post(f"{DESK}/author/{number}/known/").status_code == 404
        assert desk(ada).get(f"{DESK}/author/{number}/merge/").status_code == 404


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann Lee", "ANN LEE", True),
        ("Ann Lee", "Lee, Ann", True),
        ("Zoë Ek", "Zoe Ek", True),
        ("A. Lee", "Ann Lee", True),
        ("Ann Lee", "Ann Mary Lee", True),
        ("Ann Lee", "Bo Lee", False),
        ("Ann Lee", "Ann Ek", False),
        ("Ann Lee", "Anna Lee", False),
        ("Lee", "Ann Lee", False),
        ("…", "…", False),
    ],
)
def test_who_may_be_who(one: str, other: str, same: bool) -> None:
    assert may_be(folded_name(one), folded_name(other)) is same
    assert may_be(folded_name(other), folded_name(one)) is same


def test_the_same_name_is_suggested_first(lee: Author, ann: Author) -> None:
    same = Author.objects.create(name="A Lee", slug="a-lee-2")
    make_author("Bo Ek")
    assert suggestions([lee]) == {lee.pk: [same, ann]}
