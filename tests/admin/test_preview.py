"""The preview: the public page of the last saved working copy, for nobody's cache or index."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.forms import page_url, save
from trends.models import Article, Edition
from trends.models.making import make_article


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
