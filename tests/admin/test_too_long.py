"""A form of more than the server reads at once, and one of as much as a piece may need."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.forms import add_row, page_url, posted
from tests.admin.test_expired_session import with_cookie
from tests.admin.test_rows import NEW
from trends.admin.ticket import NAME
from trends.models import Article
from trends.models.making import make_article


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("Ferries run on heat", by=wes)


def post(client: Client, url: str, data: dict[str, Any]) -> Any:
    """As a browser sends it: the test client's own way adds much to each field."""
    kind = "application/x-www-form-urlencoded"
    return client.post(url, urlencode(data), content_type=kind)


class TestTooLong:
    @pytest.fixture(autouse=True, params=["MEMORY_SIZE", "NUMBER_FIELDS"])
    def little(self, request: Any, settings: Any) -> None:
        setattr(settings, f"DATA_UPLOAD_MAX_{request.param}", 20)

    @pytest.mark.parametrize("has_token", [True, False])
    def test_it_is_said_what_to_do(self, wes: User, piece: Article, has_token: bool) -> None:
        client, token = with_cookie(wes)
        data = {f"x{n}": "Typed" for n in range(30)}
        data |= {"csrfmiddlewaretoken": token} if has_token else {}
        answer = post(client, page_url(piece), data)
        page = answer.content.decode()
        assert answer.status_code == 413
        assert "this piece is too long" in page
        assert "Back button" in page
        assert "admin-desk/desk.css" in page

    @pytest.mark.parametrize("url", ["/admin/login/", "/trends/"])
    def test_other_addresses_tell_nothing_of_the_desk(self, db: None, url: str) -> None:
        client = Client(enforce_csrf_checks=True)
        answer = post(client, url, {f"x{n}": n for n in range(30)})
        assert answer.status_code in (400, 405)
        assert "too long" not in answer.content.decode()


def test_a_book_is_saved(wes: User, piece: Article) -> None:
    """More than Django's 2.5 MB: a text in letters of six bytes, and much evidence."""
    client, token = with_cookie(wes)
    page = client.get(page_url(piece))
    text = f"<p>{'Паром' * 90_000}</p>"
    data = posted(page, lede=text) | {NAME: page.context_data["unsaved"].ticket}  # type: ignore[attr-defined]
    for _ in range(20):
        data = add_row(data, "evidence", **NEW)
    answer = post(client, page_url(piece), data | {"csrfmiddlewaretoken": token})
    assert len(urlencode(data)) > 2_621_440
    assert answer.status_code == 302
    piece.refresh_from_db()
    assert piece.lede == text
    assert piece.evidence.count() == 20
