"""Two people, one piece: what only one of them changed merges by itself; the rest is asked."""

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


def late(client: Any, article: Article, data: dict[str, Any]) -> Any:
    """Save a form that merges by itself."""
    response = client.post(page_url(article), data)
    assert response.status_code == 302, response.context_data["errors"]
    article.refresh_from_db()
    last = article.latest_revision
    assert last is not None
    assert last.content == article.snapshot()
    return response


def asked(client: Any, article: Article, data: dict[str, Any]) -> Any:
    """Save a form in which something is to decide."""
    response = client.post(page_url(article), data)
    assert response.status_code == 409
    return response


def choose(client: Any, article: Article, page: Any, *choices: str, **changes: Any) -> Any:
    """Post the page with its questions answered, in their order; "" answers nothing."""
    data = posted(page, **changes)
    for side, choice in zip(page.context_data["stale"], choices, strict=True):
        data |= {f"{side.name}-about": side.about} | ({side.name: choice} if choice else {})
    response = client.post(page_url(article), data)
    article.refresh_from_db()
    return response


def texts(article: Article) -> list[str]:
    return list(article.key_points.values_list("text", flat=True))


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)


def test_different_sections_merge_by_themselves(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, context="<p>Pam's.</p>", slug="norlake-moves")
    response = late(desk(ada), article, opened | {"analysis": "<p>Ada's.</p>"})
    assert (article.context, article.analysis) == ("<p>Pam's.</p>", "<p>Ada's.</p>")
    assert article.slug == "norlake-moves"
    assert "Saved meanwhile by Pam, and merged in: Context." in said(response)


def test_rows_of_both_stay(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    theirs = desk(pam)
    data = posted(theirs.get(page_url(article)), key_points__0__text="Pam")
    theirs.post(page_url(article), add_row(data, "key_points", text="Three"))
    late(desk(ada), article, add_row(opened | {"key_points-1-text": "Ada"}, "key_points", text="4"))
    assert set(texts(article)) == {"Pam", "Ada", "Three", "4"}


def test_new_evidence_of_both_is_told_apart(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    row = {"kind": "data", "verdict": "unchecked", "disclosure": "named", "stance": "supports"}
    theirs = desk(pam)
    data = posted(theirs.get(page_url(article)), context="<p>Pam [[E3]]</p>")
    theirs.post(page_url(article), add_row(data, "evidence", claim="Pam", number=3, **row))
    mine = opened | {"analysis": "<p>Ada [[E3]]</p>"}
    late(desk(ada), article, add_row(mine, "evidence", claim="Ada", number=3, **row))
    assert dict(article.evidence.values_list("claim", "number"))["Ada"] == 4
    assert (article.context, article.analysis) == ("<p>Pam [[E3]]</p>", "<p>Ada [[E4]]</p>")


def test_a_conflict_is_shown_with_both_texts_and_saves_nothing(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, context="<p>Pam's context.</p>", title="Norlake goes")
    mine = {"context": "<p>Ada's context.</p>", "analysis": "<p>Ada's too.</p>"}
    page = asked(desk(ada), article, opened | mine)
    [side] = page.context_data["stale"]
    assert (side.label, side.saved_by) == ("Context", "Pam")
    text = page.content.decode()
    assert "merged in: Title and facts." in text  # and not the context, which is asked about
    assert "<ins>Ada&#x27;s</ins>" in text
    assert "<del>Pam&#x27;s</del>" in text
    form = posted(page)
    assert (form["context"], form["analysis"]) == (mine["context"], mine["analysis"])
    assert (form["title"], form["loaded"]) == ("Norlake goes", "2")
    article.refresh_from_db()
    assert (article.context, article.analysis) == ("<p>Pam's context.</p>", "")


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "<p>Ada's.</p>"), ("saved", "<p>Pam's.</p>")]
)
def test_what_is_chosen_stands(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any], choice: str,
    stands: str,
) -> None:  # fmt: skip
    save(desk(pam), article, context="<p>Pam's.</p>")
    client = desk(ada)
    mine = {"context": "<p>Ada's.</p>", "analysis": "<p>Ada's too.</p>"}
    page = asked(client, article, opened | mine)
    assert choose(client, article, page, choice).status_code == 302
    assert (article.context, article.analysis) == (stands, "<p>Ada's too.</p>")


def test_without_a_choice_it_is_asked_again(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, context="<p>Pam's.</p>", slug="pams")
    client = desk(ada)
    page = asked(client, article, opened | {"context": "<p>Ada's.</p>", "slug": "adas"})
    assert [side.label for side in page.context_data["stale"]] == ["Context", "Slug"]
    page = choose(client, article, page, "", "")
    assert page.status_code == 409
    assert [side.label for side in page.context_data["stale"]] == ["Context", "Slug"]
    assert (posted(page)["context"], posted(page)["slug"]) == ("<p>Ada's.</p>", "adas")
    assert choose(client, article, page, "saved", "mine").status_code == 302
    assert (article.context, article.slug) == ("<p>Pam's.</p>", "adas")


def test_a_further_save_meanwhile_is_merged_too(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, title="Second", context="<p>Pam's.</p>")
    client = desk(ada)
    page = asked(client, article, opened | {"title": "Mine", "context": "<p>Ada's.</p>"})
    save(desk(pam), article, title="Third", analysis="<p>More.</p>")
    page = choose(client, article, page, "mine", "mine")
    assert [side.label for side in page.context_data["stale"]] == ["Title"]
    assert choose(client, article, page, "mine").status_code == 302
    assert (article.title, article.context) == ("Mine", "<p>Ada's.</p>")
    assert article.analysis == "<p>More.</p>"


def test_a_form_without_a_version_overwrites_nothing(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, title="Second")
    for base in (None, "0", "99", "x" * 30, "9" * 30):
        data = opened | {"base": base, "loaded": base, "title": "Mine"}
        page = asked(desk(ada), article, {k: v for k, v in data.items() if v is not None})
        assert [side.label for side in page.context_data["stale"]] == ["Title"]


def test_a_late_form_that_is_wrong_besides_says_so(
    desk: Any, ada: User, pam: User, article: Article, opened: dict[str, Any]
) -> None:
    save(desk(pam), article, title="Second", context="<p>Pam's.</p>")
    page = asked(desk(ada), article, opened | {"title": "", "context": "<p>Ada's.</p>"})
    assert "This field is required" in page.content.decode()
    assert posted(page)["context"] == "<p>Ada's.</p>"


def test_a_choice_names_a_place_and_nothing_else(
    desk: Any, ada: User, article: Article, opened: dict[str, Any]
) -> None:
    forged = {
        "choice-0": "saved", "choice-0-about": "evidence|x|number", "choice-1-about": "head||slug",
        "choice-2-about": "schema||", "choice-3-about": "", "choice-4": "saved",
        "choice-4-about": "lede|" + "k" * 16 + "|text", "choice-5-about": "head|||||title",
    }  # fmt: skip
    late(desk(ada), article, opened | forged | {"title": "Mine"})
    assert article.title == "Mine"
