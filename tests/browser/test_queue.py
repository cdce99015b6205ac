"""The queue in a browser: by keyboard, in bulk, filtered, on a phone, and as axe hears it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.desk import logged_in
from trends.models import Article, Assignment
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "/admin/trends/article/queue/"
LONG = "Offshoreaccountingirregularitieswithoutanybreak and a ferry that never came back to port"


@pytest.fixture
def ferry(wes: User) -> Article:
    """Waits for everything but its headline."""
    return make_article("The ferry", by=wes, lede="So.")


def visit(page: Page, base: str, name: str, query: str = "") -> Page:
    logged_in(page, base, name)
    page.goto(f"{base}{QUEUE}{query}")
    return page


def serious(page: Page) -> list[Any]:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        (v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}
    ]


def test_a_claim_by_keyboard(page: Page, live_server: Any, wes: User, ferry: Article) -> None:
    visit(page, live_server.url, "wes")
    page.get_by_role("button", name="Claim Context of The ferry").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 section is yours now.")).to_be_visible()
    expect(page.get_by_role("button", name="Claim Context of The ferry")).to_have_count(0)
    assert Assignment.objects.get().owner == wes


def test_all_of_a_page_are_assigned_and_found(
    page: Page, live_server: Any, wes: User, ada: User, ferry: Article
) -> None:
    visit(page, live_server.url, "ada")
    expect(page.get_by_label("Who")).to_be_hidden()
    page.get_by_label("With the selected").select_option("assign")
    page.get_by_label("Who").select_option(label="Wes")
    day = str(timezone.localdate())
    page.get_by_label("Due on").fill(day)
    page.get_by_label("All on this page").check()
    expect(page.get_by_text("6 selected")).to_be_visible()
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text(f"Wes has 6 sections to do, due on {day}.")).to_be_visible()
    page.get_by_label("Owner").select_option(label="Wes")
    page.get_by_label("Section").select_option(label="Evidence")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("checkbox", name="Select")).to_have_count(1)
    assert "section=evidence" in page.url
    link = page.get_by_role("link", name="Evidence", exact=True)
    link.click()
    expect(page.locator("#section-evidence")).to_be_in_viewport()


def test_enter_in_a_field_does_what_was_chosen(
    page: Page, live_server: Any, ada: User, ferry: Article
) -> None:
    visit(page, live_server.url, "ada", "?section=actions")
    page.get_by_label("With the selected").select_option("not_needed")
    page.get_by_role("checkbox", name="Select Actions").check()
    page.get_by_label("Not needed, because").fill("It is a notice.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 section is marked as not needed.")).to_be_visible()
    ferry.refresh_from_db()
    assert ferry.not_needed == {"actions": "It is a notice."}
    assert not Assignment.objects.exists()


def test_on_a_phone_nothing_sticks_out(page: Page, live_server: Any, ada: User, wes: User) -> None:
    make_article(LONG, by=wes)
    page.set_viewport_size({"width": 390, "height": 800})
    for address in (QUEUE, f"/admin/trends/article/handover/?giver={wes.pk}"):
        visit(page, live_server.url, "ada") if address == QUEUE else page.goto(
            live_server.url + address
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert serious(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    page: Page, live_server: Any, ada: User, wes: User, ferry: Article, theme: Any
) -> None:
    Assignment.objects.put(
        ferry, "context", by=ada, now=timezone.now(), owner=wes, due_on=timezone.localdate().min
    )
    page.emulate_media(color_scheme=theme)
    visit(page, live_server.url, "ada")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("Nothing is selected. Tick the sections")).to_be_visible()
    assert serious(page) == []


def test_without_scripts_it_works_as_well(
    browser: Any, live_server: Any, ada: User, ferry: Article
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    visit(page, live_server.url, "ada")
    page.get_by_label("With the selected").select_option("claim")
    page.get_by_role("checkbox", name="Select Author of The ferry").check()
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("1 section is yours now.")).to_be_visible()
    page.context.close()
