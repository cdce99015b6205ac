"""The pages that erase: who finds a piece by what, and what has to be typed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.forms import posted
from tests.people import person, role
from trends.admin.ticket import NAME
from trends.models import Article, Autosave
from trends.models.erasing import erase
from trends.models.making import make_article

PAGE = "/admin/trends/article/"
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def tess(db: None) -> User:
    """An administrator, who otherwise sees no piece."""
    tess = person("tess")
    tess.groups.add(role("Administrator"))
    return tess


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("Robots", by=wes, standfirst=STANDFIRST, lede="So.", publish=True)


def test_it_works(desk: Any, tess: User, piece: Article, client: Client) -> None:
    office = desk(tess)
    found = office.get(f"{PAGE}erase/", {"piece": "https://news.example.org/trends/robots/"})
    assert found.url == f"{PAGE}{piece.pk}/erase/"
    assert "type its slug" in office.get(found.url).text
    done = office.post(found.url, {"reason": "A court said so.", "slug": "robots"}, follow=True)
    assert f"The content of piece {piece.pk} is erased." in done.text
    assert client.get("/trends/robots/").status_code == 410
    step = piece.transitions.first()
    assert step is not None
    assert (step.verb, step.by, step.note) == ("erase", tess, "A court said so.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": "Law.", "slug": "robot"}, "This is not its slug"),
        ({"reason": "Law."}, "This is not its slug"),
        ({"slug": "robots"}, "Erasing needs a reason"),
    ],
)
def test_what_is_missing_is_said(
    desk: Any, tess: User, piece: Article, typed: dict[str, str], said: str
) -> None:
    response = desk(tess).post(f"{PAGE}{piece.pk}/erase/", typed)
    assert said in response.text
    assert Article.objects.get().title == "Robots"


@pytest.mark.parametrize(
    "typed", ["{pk}", "robots", "/trends/robots", "http://x/trends/robots/?a=b"]
)
def test_a_piece_is_found_by(desk: Any, tess: User, piece: Article, typed: str) -> None:
    found = desk(tess).get(f"{PAGE}erase/", {"piece": typed.format(pk=piece.pk)})
    assert found.url == f"{PAGE}{piece.pk}/erase/"


@pytest.mark.parametrize("typed", ["", "/trends/nothing/", "9" * 30, "http://[x/"])
def test_or_it_is_said_that_there_is_none(desk: Any, tess: User, typed: str) -> None:
    page = desk(tess).get(f"{PAGE}erase/", {"piece": typed})
    assert 'class="errorlist"' in page.text


def test_what_is_erased_is_found_by_its_old_address(desk: Any, tess: User, piece: Article) -> None:
    erase(piece, by=tess, reason="Law.")
    page = desk(tess).get(f"{PAGE}erase/", {"piece": "/trends/robots/"}, follow=True)
    assert "It was erased already" in page.text
    assert '<form method="post" novalidate>' not in page.text


def test_a_form_that_is_still_open_brings_nothing_back(
    desk: Any, wes: User, tess: User, piece: Article
) -> None:
    """Neither by what it keeps while somebody types, nor by a save."""
    room = desk(wes)
    page = room.get(f"{PAGE}{piece.pk}/change/")
    data = posted(page, lede="<p>Again.</p>") | {NAME: page.context_data["unsaved"].ticket}
    erase(piece, by=tess, reason="Law.")
    assert room.post(f"{PAGE}{piece.pk}/autosave/", data).status_code == 404
    assert not Autosave.objects.exists()
    assert room.post(f"{PAGE}{piece.pk}/change/", data).status_code == 403
    assert Article.objects.get().lede == ""


def test_editors_see_the_fact(desk: Any, ada: User, tess: User, piece: Article) -> None:
    erase(piece, by=tess, reason="A court said so.")
    page = desk(ada).get(f"{PAGE}{piece.pk}/history/")
    assert "A court said so." in page.text
    assert desk(ada).get(f"{PAGE}{piece.pk}/change/").status_code == 200
