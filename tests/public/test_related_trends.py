"""Related trends on the page of a piece: the first three that readers can get."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from trends.models import Article, RelatedTrend

from .conftest import MakePiece


def relate(article: Article, *others: Article, wish: str = "") -> None:
    RelatedTrend.objects.bulk_create(
        RelatedTrend(article=article, other=other, place=place, wish=wish, score=1)
        for place, other in enumerate(others)
    )


def shown(client: Client, article: Article) -> list[str]:
    """Titles below the heading; [] where there is none."""
    page = client.get(f"/trends/{article.slug}/").text
    found = re.search(r'<section[^>]* id="related-trends">.*?</section>', page, re.DOTALL)
    return re.findall(r"<h3><a [^>]*>(.*?)</a>", found[0]) if found else []


@pytest.fixture
def others(live: MakePiece) -> list[Article]:
    return [live(f"Pump {n}", minutes_ago=9 - n) for n in range(5)]


def test_the_first_three_in_their_order(
    client: Client, piece: Article, others: list[Article]
) -> None:
    relate(piece, *reversed(others))
    assert shown(client, piece) == ["Pump 4", "Pump 3", "Pump 2"]


def test_the_next_live_one_stands_in_and_comes_back(
    client: Client, piece: Article, others: list[Article], pam: User
) -> None:
    relate(piece, *others)
    others[0].retract(by=pam, notice="It was not so.")
    others[1].remove(by=pam, note="A court order.")
    assert shown(client, piece) == ["Pump 2", "Pump 3", "Pump 4"]
    others[0].reinstate(by=pam)
    assert shown(client, piece)[0] == "Pump 0"


def test_none_without_heading(client: Client, piece: Article, others: list[Article]) -> None:
    relate(others[0], piece)
    relate(piece, others[1], wish="dropped")
    page = client.get(f"/trends/{piece.slug}/").text
    assert "Related trends" not in page


def test_not_what_also_read_has_already(client: Client, full: Article, live: MakePiece) -> None:
    """A link in the text is no reason."""
    first, other = Article.objects.get(title="The first pump house"), live("Pump 1")
    relate(full, first, other)
    assert shown(client, full) == ["Pump 1"]


def test_a_link_of_the_text_is_no_related_trend(client: Client, full: Article) -> None:
    assert shown(client, full) == []


def test_a_piece_that_goes_live_later_appears_by_itself(
    client: Client, piece: Article, others: list[Article], pam: User
) -> None:
    planned = Article.objects.get(pk=others[0].pk)
    relate(piece, planned)
    now = timezone.now()
    planned.editions.update(live_from=now + timedelta(days=1))
    assert shown(client, piece) == []
    planned.editions.update(live_from=now)
    assert shown(client, piece) == ["Pump 0"]


def test_a_preview_shows_them_too(
    client: Client, piece: Article, others: list[Article], pam: User
) -> None:
    relate(piece, others[0])
    client.force_login(pam)
    assert 'id="related-trends"' in client.get(f"/admin/trends/article/{piece.pk}/preview/").text
