"""The screen of related trends: pin, drop, take back, search; nobody learns what is not theirs."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.forms import page_url
from tests.workflow.conftest import READY
from trends.models import Article, RelatedTrend
from trends.models.making import make_article
from trends.models.related_trend import DOZEN
from trends.models.related_wish import say


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake moves", by=wes, publish=True, **READY)


@pytest.fixture
def other(ada: User) -> Article:
    return make_article("Robots leave the coast", by=ada, publish=True, **READY)


def press(client: Any, article: Article, other: Any, wish: str = "pinned") -> Any:
    data = {"other": getattr(other, "pk", other), "wish": wish}
    return client.post(page_url(article, "related"), data, follow=True)


def wishes(article: Article) -> list[tuple[int, str]]:
    return list(RelatedTrend.objects.of(article.pk).values_list("other", "wish"))


def test_it_works(desk: Any, wes: User, article: Article, other: Article) -> None:
    """Found by its title, pinned, unpinned; the history has it."""
    client = desk(wes)
    assert page_url(article, "related") in client.get(page_url(article)).text
    found = client.get(page_url(article, "related"), {"q": "coast  ROBOTS"}).text
    assert "Pin “Robots leave the coast”" in found
    assert "stands first now" in press(client, article, other).text
    assert wishes(article) == [(other.pk, "pinned")]
    assert "Pinned: “Robots leave the coast”" in client.get(page_url(article, "history")).text
    assert "left to the software" in press(client, article, other, "").text
    assert wishes(article) == []


def test_a_suggestion_is_dropped_and_allowed_again(
    desk: Any, ada: User, article: Article, other: Article
) -> None:
    RelatedTrend.objects.create(article=article, other=other, score=0.5)
    client = desk(ada)
    assert "will not come back" in press(client, article, other, "dropped").text
    assert wishes(article) == [(other.pk, "dropped")]
    assert "Pin “Robots" not in client.get(page_url(article, "related"), {"q": "Robots"}).text
    assert "Allow again: “Robots" in client.get(page_url(article, "related")).text
    press(client, article, other, "")
    assert wishes(article) == [(other.pk, "")]


def test_the_title_is_the_one_that_readers_have(
    desk: Any, wes: User, article: Article, other: Article
) -> None:
    Article.objects.filter(pk=other.pk).update(title="A secret plan")
    RelatedTrend.objects.create(article=article, other=other, score=0.5)
    page = desk(wes).get(page_url(article, "related"), {"q": "plan"}).text
    assert "Robots leave the coast" in page
    assert "A secret plan" not in page


def test_a_draft_of_others_has_no_name_and_takes_no_pin(
    desk: Any, wes: User, ada: User, article: Article
) -> None:
    secret = make_article("A secret plan", by=ada)
    assert press(desk(wes), article, secret).status_code == 422
    say(article, secret, "pinned", by=ada, now=timezone.now())
    page = desk(wes).get(page_url(article, "related"), {"q": "secret"}).text
    assert "A piece that is not yours to see" in page
    assert "A secret plan" not in page
    page = desk(ada).get(page_url(article, "related")).text
    assert "A secret plan" in page
    assert "Not live" in page


@pytest.mark.parametrize("other", ["", "x", "0", "9" * 30])
def test_what_is_no_piece_is_refused(desk: Any, wes: User, article: Article, other: str) -> None:
    page = press(desk(wes), article, other)
    assert page.status_code == 422
    assert "That piece is not there any more" in page.text


def test_neither_itself_nor_an_unknown_wish(
    desk: Any, wes: User, article: Article, other: Article
) -> None:
    assert press(desk(wes), article, article).status_code == 422
    assert press(desk(wes), article, other, "loved").status_code == 422
    assert wishes(article) == []


def test_more_than_a_dozen_is_refused(desk: Any, ada: User, article: Article, other: Any) -> None:
    for number in range(DOZEN):
        piece = make_article(f"Piece {number}", by=ada)
        RelatedTrend.objects.create(article=article, other=piece, wish="pinned", place=number)
    page = press(desk(ada), article, other)
    assert page.status_code == 409
    assert "Unpin one of them first" in page.text
