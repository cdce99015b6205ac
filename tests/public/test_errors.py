"""Error pages are real pages, and come whatever is broken."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from trends.models.making import make_article
from trends.public import errors, policies

from .conftest import READY, MakePiece


def broken(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError("broken")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client of a site whose /about/ breaks."""
    monkeypatch.setattr(policies, "common", broken)
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


def test_no_page_about_a_fault_asks_the_database() -> None:
    """This test has no access to one."""
    for page in (errors.bad_request(RequestFactory().get("/")), errors.not_allowed("GET")):
        assert "<h1" in page.text
        assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/nowhere/", "/trends/gone/"])
def test_who_lost_the_way_finds_words_to_look_for_and_what_is_newest(
    client: Client, live: MakePiece, pam: User, path: str
) -> None:
    live("Gone", slug="gone", minutes_ago=9).remove(by=pam, note="A court order.")
    for minutes in range(7):
        live(f"Piece {minutes}", minutes_ago=minutes)
    make_article("A draft", by=pam, **READY)
    page = client.get(path)
    assert page.status_code in (404, 410)
    titles = [edition.title for edition in page.context["editions"]]
    assert titles == [f"Piece {n}" for n in range(5)]
    target, words = re.findall(r'<form action="([^"]+)">|<input[^>]* name="([^"]+)"', page.text)
    assert client.get(target[0], {words[1]: "Piece"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_only_can_be_read_says_so(db: None, method: str) -> None:
    """Also to those whom the check of forms would refuse first."""
    client = Client(enforce_csrf_checks=True)
    for path in ("/", "/trends/", "/feeds/trends.rss", "/media/x.jpg", "/nowhere/"):
        response = client.generic(method, path)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert "<h1" in response.text
        assert response["Cache-Control"] == "no-store"


def test_maintenance_closes_all_but_the_files(
    client: Client, settings: Settings, db: None, django_assert_num_queries: Any
) -> None:
    settings.NEWSROOM_MAINTENANCE = True
    for path in ("/", "/nowhere/", "/admin/"):
        with django_assert_num_queries(0):
            response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "600")
        assert "in ten minutes" in response.text
    file = client.get("/static/icons/icon.svg")
    assert b"".join(file).startswith(b"<svg")  # read to its end, which closes it


ASK = """
import os, django
from django.conf import settings
from django.test import Client
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
django.setup()
client = Client(raise_request_exception=False, headers={"Host": "localhost"})
for path in ("/", "/nowhere/", "/topics/x/", "/robots.txt"):
    answer = client.get(path)
    headers = answer.headers
    said = "back soon" in answer.text and "<style>" in answer.text
    print(path, answer.status_code, headers.get("Retry-After"), headers["Cache-Control"], said)
"""
AWAY = "503 30 no-store True"


@pytest.mark.parametrize(
    "database",
    ["sqlite:///{}/away.sqlite3", "postgres://127.0.0.1:1/x?pool=off"],
    ids=["sqlite", "postgres"],
)
def test_a_database_that_is_away_is_said(tmp_path: Path, database: str) -> None:
    """In a process of its own, with a file that can't be opened and a port where nobody listens.
    What needs no database is as it was."""
    (tmp_path / "away.sqlite3").mkdir()
    own = {"DATABASE_URL": database.format(tmp_path), "NEWSROOM_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=os.environ | own, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    answers = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert [answers[path] for path in ("/", "/nowhere/", "/topics/x/")] == [AWAY] * 3
    assert answers["/robots.txt"].startswith("200 ")


def test_a_missing_table_is_no_reason_to_wait(db: None) -> None:
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")
    assert not errors.is_away(caught.value)
