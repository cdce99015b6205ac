"""Rows and fields besides the content in a late save: deleted here, edited there."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.forms import page_url, posted, save
from tests.admin.test_stale_save import article, asked, choose, late, opened, texts
from trends.models import Article

__all__ = ["article", "opened"]  # fixtures


def test_a_row_that_nobody_edited_goes_with_whoever_deleted_it(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, key_points__0__DELETE="on")
    late(desk(ada), article, opened | {"title": "Mine", "key_points-1-text": "Second"})
    assert texts(article) == ["Second"]


def test_a_row_that_i_deleted_and_somebody_edited_is_asked_about(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, key_points__0__text="Pam's point")
    client = desk(ada)
    page = asked(client, article, opened | {"key_points-0-DELETE": "on"})
    [side] = page.context_data["stale"]
    assert (side.label, side.mine[0].text) == ("Key Points, row 1", "Deleted")
    assert choose(client, article, page, "saved").status_code == 302
    assert texts(article) == ["Pam's point", "Two"]


def test_and_it_can_still_be_deleted(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, key_points__0__text="Pam's point")
    client = desk(ada)
    page = asked(client, article, opened | {"key_points-0-DELETE": "on"})
    assert choose(client, article, page, "mine").status_code == 302
    assert texts(article) == ["Two"]


@pytest.mark.parametrize("wrong_first", [False, True])
def test_evidence_that_somebody_deleted_comes_back_as_itself(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any], wrong_first: bool
) -> None:
    key = article.evidence.get(number=2).key
    save(desk(pam), article, evidence__1__DELETE="on")
    client = desk(ada)
    page = asked(client, article, opened | {"evidence-1-claim": "421 people"})
    if wrong_first:  # a form that is refused once more for another reason
        page = choose(client, article, page, "mine", title="")
        assert page.status_code == 200
        client.post(page_url(article), posted(page, title="Norlake"))
    else:
        choose(client, article, page, "mine")
    row = article.evidence.get(key=key)
    assert (row.number, row.claim) == (2, "421 people")


def test_or_it_stays_away(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, evidence__1__DELETE="on")
    client = desk(ada)
    page = asked(client, article, opened | {"evidence-1-claim": "421 people", "title": "Mine"})
    choose(client, article, page, "saved")
    assert article.title == "Mine"
    assert list(article.evidence.values_list("number", flat=True)) == [1]


def test_one_field_of_a_row_is_asked_about_and_the_others_merge(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, evidence__0__claim="Pam", evidence__0__publisher="Register")
    client = desk(ada)
    mine = {"evidence-0-claim": "Ada", "evidence-0-locator": "p. 4"}
    page = asked(client, article, opened | mine | {"evidence-1-verdict": "checked"})
    [side] = page.context_data["stale"]
    assert side.label == "Evidence E1: Claim"
    assert choose(client, article, page, "mine").status_code == 302
    row, other = article.evidence.order_by("number")
    assert (row.claim, row.publisher, row.locator) == ("Ada", "Register", "p. 4")
    assert other.checked_by == ada


def test_fields_besides_the_content_merge_by_themselves(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, embargo="2040-01-01T10:00", legal_cleared="on")
    late(desk(ada), article, opened | {"legal_review_required": "on", "title": "Mine"})
    assert article.embargoed_until is not None
    assert article.legal_cleared_by == pam
    assert article.legal_review_required


def test_an_embargo_that_both_set_is_asked_about(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, embargo="2040-01-01T10:00")
    client = desk(ada)
    page = asked(client, article, opened | {"embargo": "2041-01-01T10:00"})
    [side] = page.context_data["stale"]
    assert side.label == "Embargoed until"
    assert "2040" in "".join(piece.text for piece in side.saved)
    choose(client, article, page, "saved")
    assert article.embargoed_until is not None
    assert article.embargoed_until.year == 2040


def test_a_late_form_takes_no_legal_clearance_back(
    desk: Any, wes: User, pam: User, article: Article
) -> None:
    article.owner = wes
    article.save()
    data = posted(desk(wes).get(page_url(article)))
    save(desk(pam), article, legal_cleared="on")
    late(desk(wes), article, data | {"title": "Mine"})
    assert article.legal_cleared_by == pam
