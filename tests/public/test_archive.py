"""The archive: years, months, and what was published in one of them."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from trends.models import Article
from trends.models.making import make_article
from trends.public import paging

from .conftest import READY, MakePiece

NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def publish(title: str, day: str, pam: User) -> Article:
    """A piece that went live at half past eleven in the evening of that day, UTC."""
    now = dt.datetime.fromisoformat(f"{day}T23:30Z")
    return make_article(title, by=pam, publish=True, now=now, **READY)


@time_machine.travel(NOON, tick=False)
def test_it_counts_the_pieces_of_each_month(client: Client, pam: User) -> None:
    for day in ("2025-01-31", "2025-12-01", "2025-12-30", "2026-03-02"):
        publish(f"Of {day}", day, pam)
    make_article("A draft", by=pam, **READY)
    page = client.get("/archive/")
    found = [(row["path"], row["count"]) for row in page.context["months"]]
    counts = [("/archive/2026/03/", 1), ("/archive/2025/12/", 2), ("/archive/2025/01/", 1)]
    assert found == counts
    assert "December 2025, 2 trends" in page.text
    assert page.text.count("CollectionPage") == 1
    assert all(client.get(path).status_code == 200 for path, _ in found)


@time_machine.travel(NOON, tick=False)
def test_a_month_leads_to_those_before_and_after(client: Client, pam: User) -> None:
    for day in ("2025-01-05", "2025-12-01", "2026-03-02"):
        publish(f"Of {day}", day, pam)
    page = client.get("/archive/2025/12/")
    assert [edition.title for edition in page.context["editions"]] == ["Of 2025-12-01"]
    assert page.context["earlier"]["path"] == "/archive/2025/01/"
    assert page.context["later"]["path"] == "/archive/2026/03/"
    assert '<link rel="canonical" href="http://127.0.0.1:8000/archive/2025/12/">' in page.text
    ends = [client.get(path).context for path in ("/archive/2025/01/", "/archive/2026/03/")]
    assert [ends[0]["earlier"], ends[1]["later"]] == [None, None]


@time_machine.travel(NOON, tick=False)
def test_a_month_begins_at_midnight_of_the_site(
    client: Client, pam: User, settings: Settings
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    with timezone.override("Europe/Berlin"):
        publish("Of the first", "2025-12-31", pam)
        assert client.get("/archive/2025/12/").status_code == 404
        assert client.get("/archive/2026/01/").status_code == 200
        (row,) = client.get("/archive/").context["months"]
        assert row["path"] == "/archive/2026/01/"


def test_a_month_without_pieces_is_as_unknown_as_any_address(
    client: Client, live: MakePiece, pam: User
) -> None:
    live("One")
    planned = make_article("To come", by=pam, **READY)
    planned.submit(by=pam)
    planned.approve(by=pam)
    planned.schedule(by=pam, live_from=timezone.now() + dt.timedelta(days=62))
    to_come = f"{timezone.now() + dt.timedelta(days=62):/archive/%Y/%m/}"
    unknown = client.get("/nowhere/")
    for path in (to_come, "/archive/1999/05/", "/archive/2026/13/", "/archive/2026/00/"):
        found = client.get(path)
        assert (found.status_code, found.content) == (404, unknown.content), path
        assert found.headers == unknown.headers


@time_machine.travel(NOON, tick=False)
def test_all_of_a_long_month_can_be_reached(
    client: Client, live: MakePiece, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "SIZE", 2)
    for minutes in range(5):
        live(f"Piece {minutes}", minutes_ago=minutes)
    path, titles = "/archive/2026/03/", []
    while path:
        context = client.get(path).context
        titles += [[edition.title for edition in context["editions"]]]
        path = context["older_url"]
    assert titles == [["Piece 0", "Piece 1"], ["Piece 2", "Piece 3"], ["Piece 4"]]
