"""The list of pieces in a real browser: tabs, export, a phone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.people import person
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def pieces(page: Page, live_server: LiveServer) -> Page:
    """Ada before the list: one piece of hers in review, one on hold."""
    ada = person("ada")
    make_article("Norlake moves", by=ada, lede="So.").submit(by=ada)
    make_article("Ferry " * 12, by=ada).hold(by=ada, note="The lawyer called.")
    logged_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/trends/article/")
    return page


def test_a_tab_goes_along_with_a_search(pieces: Page) -> None:
    page = pieces
    tabs = page.get_by_role("navigation", name="Lists")
    tabs.get_by_role("link", name="In review 1").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.locator("#searchbar").fill("ferry")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(0)
    expect(tabs.locator("[aria-current]")).to_have_text("In review")
    tabs.get_by_role("link", name="Mine").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_the_list_comes_as_a_file(pieces: Page) -> None:
    with pieces.expect_download() as download:
        pieces.get_by_role("button", name="Export as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("id,title,slug,address,")
    assert "Norlake moves" in text


def test_the_selected_come_as_a_file(pieces: Page) -> None:
    page = pieces
    page.get_by_role("row", name="Norlake moves").get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option("Export as CSV")
    with page.expect_download() as download:
        # Django 6.1 calls it "Run".
        page.locator("#changelist-form button[name=index]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Ferry" not in text
    assert "Norlake moves" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_use_it(pieces: Page, scheme: str, width: int) -> None:
    pieces.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    pieces.set_viewport_size({"width": width, "height": 844})
    pieces.reload()  # colours that are still fading have no contrast yet
    results = Axe().run(pieces)
    assert not results.response["violations"], results.generate_report()


def test_it_fits_a_phone_and_filters_are_near(pieces: Page) -> None:
    page = pieces
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Filters", exact=True).click()
    expect(page.get_by_role("link", name="In the bin")).to_be_in_viewport()
