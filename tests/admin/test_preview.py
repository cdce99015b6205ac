"""The preview: the public page of the last saved working copy, or of what is typed; for nobody's
cache or index."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.forms import page_url, posted, save
from trends.models import Article, Edition
from trends.models.making import make_article

ADD = reverse("admin:trends_article_add")
ADD_PREVIEW = reverse("admin:trends_article_add_preview")


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake moves", by=wes, lede="It goes west.")


def test_it_is_the_public_page(desk: Any, wes: User, article: Article) -> None:
    page = desk(wes).get(page_url(article, "preview"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "<h1" in text
    assert "It goes west." in text
    assert "revision 1" in text
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_it_shows_what_was_saved_last(desk: Any, wes: User, article: Article) -> None:
    save(desk(wes), article, lede="<p>It goes east.</p>")
    assert "It goes east." in desk(wes).get(page_url(article, "preview")).content.decode()


def test_it_writes_nothing(desk: Any, wes: User, article: Article) -> None:
    desk(wes).get(page_url(article, "preview"))
    assert not Edition.objects.exists()


def test_internal_evidence_is_not_in_it(desk: Any, wes: User, ada: User) -> None:
    article = make_article(
        "Norlake", by=wes, evidence=[{"claim": "From the cellar", "disclosure": "internal"}]
    )
    assert "From the cellar" not in desk(wes).get(page_url(article, "preview")).content.decode()


def live(client: Any, article: Article | None, **typed: Any) -> Any:
    """What the form with some fields changed looks like for readers."""
    url, frame = (
        (page_url(article), page_url(article, "preview")) if article else (ADD, ADD_PREVIEW)
    )
    return client.post(frame, posted(client.get(url), **typed))


def test_it_follows_what_is_typed(desk: Any, wes: User, article: Article) -> None:
    page = live(desk(wes), article, title="Norlake stays", lede="<p>It goes east.</p>")
    assert page.status_code == 200
    assert "Norlake stays" in page.text
    assert "It goes east." in page.text
    article.refresh_from_db()
    assert (article.version, article.title) == (1, "Norlake moves")


def test_the_desk_alone_may_frame_it(desk: Any, wes: User, article: Article) -> None:
    page = live(desk(wes), article)
    policy = page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    saved = desk(wes).get(page_url(article, "preview"))
    assert saved["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in saved["Content-Security-Policy"]
    assert "frame-src 'self'" in desk(wes).get(page_url(article))["Content-Security-Policy"]


def test_a_new_piece_is_drawn_before_it_is_saved(desk: Any, wes: User) -> None:
    page = live(desk(wes), None, title="Norlake stays")
    assert "Norlake stays" in page.text
    assert not Article.objects.exists()


def test_internal_evidence_that_is_typed_is_not_in_it(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes, evidence=["From the cellar"])
    assert "From the cellar" in live(desk(wes), article).text
    hidden = {"evidence__0__disclosure": "internal", "evidence__0__private_note": "Ask Uma"}
    page = live(desk(wes), article, **hidden).text
    assert "From the cellar" not in page
    assert "Ask Uma" not in page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"kind": "x", "evidence-TOTAL_FORMS": "x", "topic": "x", "hero": "999999"},
        {"topic": "999999", "bylines-TOTAL_FORMS": "1", "bylines-0-author": "999999"},
        {"key_points-TOTAL_FORMS": "1", "key_points-0-text": "\x00<script>"},
        {"actions-TOTAL_FORMS": "1", "actions-0-text": "Do", "actions-0-review_on": "soon"},
        {"evidence-TOTAL_FORMS": "1", "evidence-0-claim": "x", "evidence-0-url": "javascript:x"},
    ],
)
def test_odd_fields_are_no_error(
    desk: Any, wes: User, article: Article, typed: dict[str, str]
) -> None:
    for url in (ADD_PREVIEW, page_url(article, "preview")):
        page = desk(wes).post(url, typed)
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "javascript:" not in page.text


def test_rows_cost_nothing(desk: Any, wes: User) -> None:
    client, costs = desk(wes), []
    for rows in (1, 9):
        article = make_article(f"Norlake {rows}", by=wes, evidence=["It goes"] * rows)
        data = posted(client.get(page_url(article)))
        with CaptureQueriesContext(connection) as asked:
            client.post(page_url(article, "preview"), data)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 18
