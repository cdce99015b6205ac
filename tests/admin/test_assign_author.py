"""Assign an author to many pieces at once; live ones can get the new byline at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.forms import in_force, save
from trends.models import Article, Author, Stage
from trends.models.making import make_article, make_author, new_author

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


def test_second_eyes_may_be_asked_for(
    desk: Any, ada: User, live: Article, quill: Author, settings: Any
) -> None:
    settings.NEWSROOM_FOUR_EYES = "block"
    page = assign(desk(ada), live, _assign="1", author=quill.pk, how="replace", publish="on")
    assert "Not published. A live one: You changed it yourself." in page.content.decode()
    assert bylines(live) == ["Wes Quill"]
    assert in_force(live).content["author"]["rows"] == []


def test_what_is_about_to_begin_is_not_dropped(
    desk: Any, ada: User, pam: User, wes: User, quill: Author
) -> None:
    """In its grace a piece can be undone; whoever publishes more lets it begin."""
    piece = make_article("In a moment", by=wes, standfirst=STANDFIRST, lede="So.")
    piece.publish_now(by=pam, grace=10)
    assert piece.status() == "scheduled"
    assign(desk(ada), piece, _assign="1", author=quill.pk, how="replace", publish="on")
    content = in_force(piece).content
    assert content["lede"]["text"] == "<p>So.</p>"
    assert [row["author"] for row in content["author"]["rows"]] == [quill.pk]


def test_what_is_scheduled_gets_the_byline_too(
    desk: Any, ada: User, pam: User, live: Article, quill: Author
) -> None:
    save(desk(ada), live, lede="<p>So, and more.</p>")
    live.refresh_from_db()
    live.submit(by=ada)
    live.approve(by=ada)
    live.schedule(by=pam, live_from=timezone.now() + timedelta(days=1))
    assign(desk(ada), live, _assign="1", author=quill.pk, how="replace", publish="on")
    assert in_force(live).content["lede"]["text"] == "<p>So.</p>"
    [later] = live.planned()
    assert later.content["lede"]["text"] == "<p>So, and more.</p>"
    assert [row["author"] for row in later.content["author"]["rows"]] == [quill.pk]


def test_without_an_author_it_asks_again(desk: Any, ada: User, draft: Article) -> None:
    page = assign(desk(ada), draft, _assign="1", how="replace")
    assert "Select an author, or enter the name of somebody new." in page.content.decode()


def test_somebody_new_is_made(desk: Any, ada: User, draft: Article, live: Article) -> None:
    assign(desk(ada), draft, live, _assign="1", new_author="Nell Quay", how="replace")
    nell = Author.objects.get(name="Nell Quay")
    assert (nell.slug, nell.unresolved) == ("nell-quay", False)
    assert bylines(draft) == bylines(live) == ["Nell Quay"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"new_author": "wes quill"}, "There is an author of this name. Select them above."),
        ({"new_author": "Nell", "author": "quill"}, "or enter a name here, not both."),
    ],
)
def test_somebody_new_is_not_somebody_known(
    desk: Any, ada: User, draft: Article, quill: Author, fields: dict[str, Any], sentence: str
) -> None:
    fields = {name: quill.pk if value == "quill" else value for name, value in fields.items()}
    page = assign(desk(ada), draft, _assign="1", how="replace", **fields)
    assert sentence in page.content.decode()
    assert Author.objects.get() == quill
    assert not bylines(draft)


def test_two_new_ones_get_two_addresses(quill: Author) -> None:
    assert [new_author(name).slug for name in ("Wes  Quill!", "Wes-Quill", "李")] == [
        "wes-quill-2", "wes-quill-3", "author",
    ]  # fmt: skip


def test_who_was_merged_is_not_offered(desk: Any, ada: User, draft: Article, quill: Author) -> None:
    old = make_author("W. Quill", merged_into=quill)
    page = assign(desk(ada), draft, _assign="1", how="replace", author=old.pk)
    assert "Select a valid choice" in page.content.decode()
    assert not bylines(draft)


def test_it_says_what_it_is_about(
    desk: Any, ada: User, draft: Article, live: Article, quill: Author
) -> None:
    make_article("Signed", author=[quill])
    text = assign(desk(ada), *Article.objects.all()).content.decode()
    assert "3 pieces, 1 live, 2 without an author" in text


def test_it_leads_to_no_other_site(desk: Any, ada: User, draft: Article, quill: Author) -> None:
    for back in ("https://example.org/", "//example.org/admin/trends/article/queue/"):
        page = assign(desk(ada), draft, _assign="1", author=quill.pk, how="replace", back=back)
        assert page.redirect_chain == [(LIST, 302)]


def test_as_many_queries_for_many_pieces(desk: Any, ada: User, wes: User, quill: Author) -> None:
    def queries(*articles: Article, **fields: Any) -> int:
        with CaptureQueriesContext(connection) as found:
            assert assign(client, *articles, **fields).status_code == 200
        return len(found)

    def five() -> list[Article]:
        return [make_article(f"Piece {n}", by=wes, author=[quill]) for n in range(5)]

    client, pieces = desk(ada), five()
    assert queries(pieces[0]) == queries(*pieces)
    nell = make_author("Nell Quay")
    fields = {"_assign": "1", "author": nell.pk, "how": "add"}
    one, two, more = (queries(*five()[:count], **fields) for count in (1, 2, 5))
    assert more - one == 4 * (two - one)


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
