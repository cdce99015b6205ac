"""The link to the public page: where there is one, and nowhere else."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from trends.models import Article, Author, Edition, Topic
from trends.models.making import make_article, make_author

STANDFIRST = "A sentence that is long enough to stand as one."
LINK = "View on site"


@pytest.fixture
def quill(db: None) -> Author:
    return make_author("Wes Quill")


@pytest.fixture
def robots(db: None) -> Topic:
    return Topic.objects.create(name="Robots", slug="robots")


@pytest.fixture
def piece(wes: User, quill: Author, robots: Topic) -> Article:
    return make_article(
        "A secret", by=wes, standfirst=STANDFIRST, lede="So.", author=[quill], topic=robots
    )


def pages(article: Article, quill: Author, robots: Topic) -> dict[str, str]:
    """Form of the desk → the public page that it leads to."""
    return {
        f"edition/{article.editions.get().pk}": f"/trends/{article.slug}/",
        f"author/{quill.pk}": quill.get_absolute_url(),
        f"topic/{robots.pk}": robots.get_absolute_url(),
    }


def test_it_leads_to_what_is_public(
    desk: Any, pam: User, piece: Article, quill: Author, robots: Topic
) -> None:
    piece.publish_now(by=pam)
    for form, public in pages(piece, quill, robots).items():
        page = desk(pam).get(f"/admin/trends/{form}/change/").content.decode()
        assert f'<a href="{public}" class="viewsitelink">{LINK}</a>' in page, form


def test_what_is_not_public_has_none(
    desk: Any, pam: User, piece: Article, quill: Author, robots: Topic
) -> None:
    piece.publish_now(by=pam, grace=600)
    for form in pages(piece, quill, robots):
        page = desk(pam).get(f"/admin/trends/{form}/change/").content.decode()
        assert LINK not in page, form


def test_no_number_tells_an_address(desk: Any, otto: User, pam: User, piece: Article) -> None:
    piece.publish_now(by=pam, grace=600)
    kind, edition = ContentType.objects.get_for_model(Edition), piece.editions.get()
    answer = desk(otto).get(f"/admin/r/{kind.pk}/{edition.pk}/")
    assert answer.status_code == 404
    assert "Location" not in answer.headers
