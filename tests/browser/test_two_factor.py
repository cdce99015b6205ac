"""Two-factor login in a real browser: set up from the header, and come in with a code."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.desk import log_in, logged_in
from tests.people import person
from tests.phone import Phone
from trends.models import two_factor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(db: None) -> User:
    return person("ada")


@pytest.fixture(autouse=True)
def wish(settings: Any) -> Any:
    settings.NEWSROOM_TWO_FACTOR = "on"
    return settings


def serious(page: Page) -> list[Any]:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        (v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}
    ]


def look(page: Page, width: int) -> None:
    assert serious(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_from_the_header_to_a_login_with_a_code(
    page: Page, new_page: Any, live_server: Any, ada: User
) -> None:
    log_in(page, live_server.url, "ada")
    page.get_by_role("link", name="Two-factor").click()
    picture = page.get_by_role("img", name="QR code")
    assert picture.evaluate("img => img.complete && img.naturalWidth > 0")
    phone = Phone(page.locator(".key").inner_text())
    page.get_by_label("Code").fill(phone.code(later=-1))  # so that the next one is not used yet
    page.get_by_label("Your password").fill("ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Two-factor login is on")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("link", name="Trends", exact=True).first).to_be_visible()
    for code in (phone.code(), recovery):
        other = new_page()
        log_in(other, live_server.url, "ada")
        expect(other.get_by_label("Code")).to_be_focused()
        other.keyboard.type(code)
        other.keyboard.press("Enter")
        expect(other.get_by_role("link", name="Trends", exact=True).first).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_nothing_stands_in_anybodys_way(
    page: Page, live_server: Any, ada: User, wish: Any, width: int, theme: Any
) -> None:
    wish.NEWSROOM_TWO_FACTOR = "required"
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    logged_in(page, live_server.url, "ada").goto(f"{live_server.url}/admin/")
    phone = Phone(page.locator(".key").inner_text())
    look(page, width)
    page.get_by_label("Code").fill(phone.code())
    page.get_by_label("Your password").fill("ada")
    page.get_by_role("button", name="Turn it on").click()
    look(page, width)
    page.goto(f"{live_server.url}/admin/two_factor/")
    look(page, width)
    page.context.clear_cookies()
    log_in(page, live_server.url, "ada")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text("This code is wrong")).to_be_visible()
    look(page, width)
    assert two_factor.has(ada)
