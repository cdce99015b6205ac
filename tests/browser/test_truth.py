"""Checked, still true, and erasing: in a real browser, accessible, and on a phone."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import log_in, logged_in
from tests.people import person, role
from trends.models import Article
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."
WIDTHS = (1280, 390)


@pytest.fixture
def piece(transactional_db: None) -> Article:
    """Live, and untouched for two years."""
    person("ada")
    then = timezone.now() - timedelta(days=730)
    return make_article("Robots", standfirst=STANDFIRST, lede="So.", publish=True, now=then)


def look(page: Page) -> None:
    """Nothing stands in anybody's way, however wide the screen is."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_old_piece_is_checked(page: Page, live_server: LiveServer, piece: Article) -> None:
    page.goto(f"{live_server.url}/trends/robots/")
    expect(page.get_by_role("note")).to_contain_text("updated or checked more than a year ago")
    look(page)
    logged_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/trends/article/{piece.pk}/change/")
    page.get_by_role("link", name="Checked, still true…").click()
    look(page)
    page.get_by_label("Look again by").fill("2999-05-01")
    page.get_by_role("button", name="Checked, still true").click()
    expect(page.locator(".desk-bar")).to_contain_text("Look again by 1 May 2999")
    page.goto(f"{live_server.url}/trends/robots/")
    expect(page.locator(".byline")).to_contain_text("Last checked on")
    expect(page.get_by_role("note")).to_have_count(0)
    look(page)


def test_a_piece_is_erased(page: Page, live_server: LiveServer, piece: Article) -> None:
    person("tess").groups.add(role("Administrator"))
    log_in(page, live_server.url, "tess")
    page.get_by_role("link", name="More").click()
    page.get_by_role("link", name="Erase", exact=True).click()
    look(page)
    page.get_by_label("Address or number").fill(f"{live_server.url}/trends/robots/")
    page.keyboard.press("Enter")
    page.get_by_label("Reason").fill("A court said so.")
    page.get_by_label("To confirm, type its slug").fill("robot")
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.locator(".errorlist")).to_contain_text("This is not its slug")
    look(page)
    page.get_by_label("To confirm, type its slug").fill("robots")
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.locator(".messagelist")).to_contain_text("is erased")
    page.goto(f"{live_server.url}/admin/trends/article/{piece.pk}/erase/")
    expect(page.locator(".errornote")).to_contain_text("It was erased already")
    look(page)
