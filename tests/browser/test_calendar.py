"""The calendar and a release in a browser: by keyboard, and without scripts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.desk import logged_in
from tests.workflow.releases import NAMES, ready, release_of
from trends.models import Article, Release

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CALENDAR = "/admin/trends/article/calendar/"
DAY = timedelta(days=1)


@pytest.fixture
def pieces(pam: User) -> list[Article]:
    return [ready(name, pam) for name in NAMES]


def noon(days: int) -> datetime:
    now = timezone.now()
    return now.replace(hour=12, minute=0, second=0, microsecond=0) + days * DAY


def test_five_pieces_go_live_at_the_same_second(
    page: Page, live_server: Any, pieces: list[Article]
) -> None:
    logged_in(page, live_server.url, "pam")
    page.goto(f"{live_server.url}/admin/")
    nav = page.get_by_role("navigation", name="Desk")
    nav.get_by_role("link", name="Releases").click()
    page.get_by_role("link", name="Add release").click()
    page.get_by_label("Name").fill("Harbour day")
    page.get_by_label("Live from").fill(f"{noon(2):%Y-%m-%dT%H:%M}")
    for piece in pieces:
        page.get_by_role("searchbox", name="Pieces").fill(piece.title)
        page.get_by_role("option", name=piece.title).click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Plan all of it").click()
    expect(page.get_by_text("All of it is planned.")).to_be_visible()
    page.get_by_role("link", name="Move all of it…").click()
    page.get_by_label("Live from").fill(f"{noon(3):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Move all of it").click()
    expect(page.get_by_text("Harbour day: Moved to")).to_be_visible()
    start = Release.objects.get().live_from
    assert start == noon(3).astimezone(UTC)
    for moment, expected in ((start - timedelta(microseconds=1), 0), (start, 5)):
        with time_machine.travel(moment, tick=False):
            page.goto(f"{live_server.url}/trends/")
            for name in NAMES:
                expect(page.get_by_role("link", name=name)).to_have_count(1 if expected else 0)


def test_a_release_moves_from_the_calendar_and_back(
    page: Page, live_server: Any, pam: User, pieces: list[Article]
) -> None:
    release_of(*pieces, by=pam, start=noon(1)).plan(by=pam)
    logged_in(page, live_server.url, "pam")
    here = f"{live_server.url}{CALENDAR}?view=list&from={noon(0):%Y-%m-%d}"
    page.goto(here)
    page.get_by_text("5 pieces together").click()
    expect(page.get_by_role("link", name="Sea wall")).to_be_visible()
    page.get_by_role("link", name="Move all… Harbour day").click()
    page.get_by_label("Live from").fill(f"{noon(4):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Move all of it").click()
    expect(page).to_have_url(here)
    expect(page.locator(f"#day-{noon(4):%Y-%m-%d}")).to_contain_text("Harbour day")


def test_keys(page: Page, live_server: Any, pam: User) -> None:
    logged_in(page, live_server.url, "pam")
    page.goto(f"{live_server.url}{CALENDAR}?from=2026-03-11")
    for key, title in (
        ("ArrowRight", "April 2026"), ("ArrowLeft", "March 2026"),
        ("t", f"{timezone.localdate():%B %Y}"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.get_by_label("Topic").press("ArrowRight")
    expect(page.get_by_role("heading", name=f"{timezone.localdate():%B %Y}")).to_be_visible()


def test_without_scripts(browser: Any, live_server: Any, pam: User, pieces: list[Article]) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    logged_in(page, live_server.url, "pam")
    page.goto(f"{live_server.url}/admin/trends/release/add/")
    page.get_by_role("link", name="choose the pieces from a list").click()
    page.get_by_label("Name").fill("Harbour day")
    page.get_by_label("Live from").fill(f"{noon(2):%Y-%m-%dT%H:%M}")
    page.get_by_label("Pieces").select_option(list(NAMES[:2]))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Plan all of it").click()
    page.get_by_role("link", name="In the calendar").click()
    expect(page.get_by_text("2 pieces together")).to_be_visible()
    page.context.close()
