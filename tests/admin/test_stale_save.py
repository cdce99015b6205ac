"""Two people, one piece: the later save is refused with both texts, and nothing typed is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.forms import add_row, page_url, posted, save
from trends.models import Article
from trends.models.making import make_article


@pytest.fixture
def article(ada: User) -> Article:
    return make_article(
        "Norlake", by=ada, lede="It goes. [[E2]]", evidence=["It goes", "420 people"],
        key_points=["One", "Two"],
    )  # fmt: skip


@pytest.fixture
def opened(desk: Any, ada: User, article: Article) -> dict[str, Any]:
    """What Ada has in her form."""
    return posted(desk(ada).get(page_url(article)))


def refused(client: Any, article: Article, data: dict[str, Any]) -> Any:
    response = client.post(page_url(article), data)
    assert response.status_code == 409
    return response


def over(client: Any, response: Any, article: Article) -> Any:
    """Press "Save mine over it" on the page of a refused save."""
    return client.post(page_url(article), posted(response) | {"_over": "1"})


def test_a_stale_save_is_refused_with_both_texts(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, context="<p>Pam's context.</p>")
    page = refused(desk(ada), article, opened | {"context": "<p>Ada's context.</p>"})
    text = page.content.decode()
    assert "Pam saved this piece after you opened it" in text
    assert "Ada&#x27;s context." in text
    assert "Pam&#x27;s" in text
    article.refresh_from_db()
    assert article.context == "<p>Pam's context.</p>"


def test_it_says_who_changed_what(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, context="<p>Pam's.</p>", key_points__0__text="Pam's point")
    mine = {"context": "<p>Ada's.</p>", "title": "Norlake moves"}
    page = refused(desk(ada), article, opened | mine)
    whose = {words.name: who for words, who in page.context_data["stale"]}
    assert whose == {
        "head": "you changed it",
        "context": "both changed it",
        "key_points": "changed by somebody else",
    }


def test_mine_can_be_saved_over_it(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, context="<p>Pam's context.</p>")
    client = desk(ada)
    page = refused(client, article, opened | {"context": "<p>Ada's context.</p>"})
    assert over(client, page, article).status_code == 302
    article.refresh_from_db()
    assert article.context == "<p>Ada's context.</p>"
    assert article.revisions.count() == 3


def test_a_row_that_somebody_deleted_meanwhile_comes_back_as_itself(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    key = article.evidence.get(number=2).key
    save(desk(pam), article, evidence__1__DELETE="on", lede="<p>It goes.</p>")
    client = desk(ada)
    page = refused(client, article, opened)
    over(client, page, article)
    assert article.evidence.get(key=key).number == 2


def test_a_row_that_somebody_added_meanwhile_goes_when_mine_is_saved_over_it(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    theirs = desk(pam)
    theirs.post(
        page_url(article), add_row(posted(theirs.get(page_url(article))), "key_points", text="Pam")
    )
    client = desk(ada)
    page = refused(client, article, opened | {"key_points-0-text": "Ada"})
    over(client, page, article)
    assert list(article.key_points.values_list("text", flat=True)) == ["Ada", "Two"]


def test_a_new_row_of_mine_is_not_lost(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, title="Norlake moves")
    client = desk(ada)
    page = refused(client, article, add_row(opened, "key_points", text="Mine"))
    over(client, page, article)
    assert "Mine" in article.key_points.values_list("text", flat=True)


def test_the_form_of_a_refused_save_carries_the_version_that_is_saved_now(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, title="Norlake moves")
    page = refused(desk(ada), article, opened | {"title": "Mine"})
    assert posted(page)["loaded"] == "2"
    assert 'name="_over"' in page.content.decode()


def test_over_what_was_saved_once_more_it_is_refused_again(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, title="Second")
    client = desk(ada)
    page = refused(client, article, opened | {"title": "Mine"})
    save(desk(pam), article, title="Third")
    assert over(client, page, article).status_code == 409


def test_a_form_without_a_version_is_stale(
    desk: Any, ada: User, article: Article, opened: dict[str, Any]
) -> None:
    del opened["loaded"]
    refused(desk(ada), article, opened | {"title": "Mine"})


def test_a_changed_address_makes_a_form_stale(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, slug="other")
    page = refused(desk(ada), article, opened)
    assert "The texts are the same" in page.content.decode()


def test_a_discarded_form_that_is_wrong_besides_says_so(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, title="Second")
    page = refused(desk(ada), article, opened | {"title": "", "context": "<p>Mine.</p>"})
    assert "This field is required" in page.content.decode()
    assert "Mine." in page.content.decode()
