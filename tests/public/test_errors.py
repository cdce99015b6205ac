"""Error pages are real pages, and come whatever is broken."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from trends.public import errors, views


def broken(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError("broken")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client of a site whose /about/ breaks."""
    monkeypatch.setattr(views, "common", broken)
    return Client(raise_request_exception=False)


def test_unknown_addresses_all_get_the_same_page(client: Client, db: None) -> None:
    first, *others = (
        client.get(path)
        for path in ("/x/", "/x", "/x.php?id=7", "/trends/x/", "/topics/x/", "/authors/x/feed.rss")
    )
    assert first.status_code == 404
    assert "<h1" in first.text
    assert {response.content for response in others} == {first.content}
    assert all(response.headers == first.headers for response in others)


def test_what_cannot_be_read_gets_a_page(client: Client) -> None:
    response = client.get("/%00/")
    assert response.status_code == 400
    assert "<h1" in response.text
    assert response["Cache-Control"] == "no-store"


def test_our_own_fault_gets_a_page_without_the_database(patient: Client) -> None:
    response = patient.get("/about/")  # the test has no access to the database
    assert response.status_code == 500
    assert "<h1" in response.text
    assert "<style>" in response.text
    assert "broken" not in response.text
    assert response["Cache-Control"] == "no-store"


def test_even_without_its_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "render_page", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<h1>" in response.text


def test_no_error_page_asks_the_database() -> None:
    """This test has no access to one."""
    request = RequestFactory().get("/")
    for page in (errors.not_found, errors.bad_request):
        assert "<h1" in page(request).text
