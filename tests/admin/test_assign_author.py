"""Assign an author to many pieces at once; live ones can get the new byline at once."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.forms import in_force, save
from trends.models import Article, Author, Stage
from trends.models.making import make_article, make_author

LIST = "/admin/trends/article/"
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def quill(db: None) -> Author:
    return make_author("Wes Quill", bio="Writes.")


@pytest.fixture
def draft(wes: User) -> Article:
    return make_article("A draft", by=wes)


@pytest.fixture
def live(wes: User) -> Article:
    return make_article("A live one", by=wes, standfirst=STANDFIRST, lede="So.", publish=True)


def assign(client: Any, *articles: Article, **fields: Any) -> Any:
    data = {"action": "assign_author", "_selected_action": [a.pk for a in articles]}
    return client.post(LIST, data | fields, follow=True)


def bylines(article: Article) -> list[str]:
    return [str(byline) for byline in article.bylines.all()]


def test_it_asks_first(desk: Any, ada: User, draft: Article, live: Article) -> None:
    page = assign(desk(ada), draft, live)
    text = page.content.decode()
    assert page.status_code == 200
    assert "A draft" in text
    assert "Publish the bylines at once" in text
    assert not bylines(draft)


def test_drafts_alone_offer_no_publishing(desk: Any, ada: User, draft: Article) -> None:
    assert "Publish the bylines" not in assign(desk(ada), draft).content.decode()


def test_the_byline_of_a_live_piece_goes_out_alone(
    desk: Any, ada: User, draft: Article, live: Article, quill: Author
) -> None:
    save(desk(ada), live, context="<p>Half an idea.</p>")
    page = assign(
        desk(ada), draft, live, _assign="1", author=quill.pk, how="replace", publish="on",
        role="Reporting",
    )  # fmt: skip
    assert "Wes Quill is now author of 2 pieces. 1 piece: the byline is public." in (
        page.content.decode()
    )
    content = in_force(live).content
    assert [row["author"] for row in content["author"]["rows"]] == [quill.pk]
    assert content["context"]["text"] == ""
    assert bylines(draft) == ["Wes Quill"]
    assert draft.status() == "unpublished"


def test_the_byline_may_wait(desk: Any, ada: User, live: Article, quill: Author) -> None:
    assign(desk(ada), live, _assign="1", author=quill.pk, how="replace")
    assert bylines(live) == ["Wes Quill"]
    assert in_force(live).content["author"]["rows"] == []
    assert live.transitions.filter(verb="publish").count() == 1


def test_an_author_is_added(desk: Any, ada: User, quill: Author, wes: User) -> None:
    first = make_author("Ada Marlow")
    article = make_article("Two hands", by=wes, author=[first])
    assign(desk(ada), article, _assign="1", author=quill.pk, how="add")
    assert bylines(article) == ["Ada Marlow", "Wes Quill"]
    assign(desk(ada), article, _assign="1", author=quill.pk, how="add")
    assert bylines(article) == ["Ada Marlow", "Wes Quill"]
    assign(desk(ada), article, _assign="1", author=quill.pk, how="replace")
    assert bylines(article) == ["Wes Quill"]


def test_it_is_saved_as_a_revision_and_voids_an_approval(
    desk: Any, ada: User, draft: Article, quill: Author
) -> None:
    draft.submit(by=ada)
    draft.approve(by=ada)
    assign(desk(ada), draft, _assign="1", author=quill.pk, how="replace")
    draft.refresh_from_db()
    assert draft.revisions.get(number=2).created_by == ada
    assert (draft.stage, draft.version) == (Stage.DRAFT, 2)


def test_a_piece_on_hold_keeps_its_public_byline(
    desk: Any, ada: User, live: Article, quill: Author
) -> None:
    live.hold(by=ada, note="The lawyer called.")
    page = assign(desk(ada), live, _assign="1", author=quill.pk, how="replace", publish="on")
    assert "Not published. A live one: It is on hold" in page.content.decode()
    assert bylines(live) == ["Wes Quill"]
    assert in_force(live).content["author"]["rows"] == []


def test_without_an_author_it_asks_again(desk: Any, ada: User, draft: Article) -> None:
    page = assign(desk(ada), draft, _assign="1", how="replace")
    assert "This field is required." in page.content.decode()


def test_what_is_in_the_bin_stays_as_it_is(
    desk: Any, ada: User, draft: Article, quill: Author
) -> None:
    draft.discard(by=ada)
    data = {"action": "assign_author", "_selected_action": draft.pk, "_assign": "1",
            "author": quill.pk, "how": "replace"}  # fmt: skip
    desk(ada).post(f"{LIST}?bin=yes", data)
    assert not bylines(draft)


def test_writers_are_not_offered_it(desk: Any, wes: User, draft: Article) -> None:
    assert "Assign author" not in desk(wes).get(LIST).content.decode()
