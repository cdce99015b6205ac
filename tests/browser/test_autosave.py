"""What is typed survives a closed tab, a lost network, the end of a session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import log_in, logged_in
from tests.people import person
from trends.models import Article, Autosave
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEYS = "() => Object.keys(localStorage).filter((key) => key.startsWith('desk:'))"


@pytest.fixture
def piece() -> Article:
    return make_article("Ferries run on heat", by=person("wes"), lede="It made ten trips.")


@pytest.fixture
def url(live_server: LiveServer, piece: Article) -> str:
    return f"{live_server.url}/admin/trends/article/{piece.pk}/change/"


@pytest.fixture
def wes_edits(page: Page, live_server: LiveServer, url: str) -> Page:
    logged_in(page, live_server.url, "wes")
    # The readiness panel asks as well, and the console tells when nobody answers.
    page.context.route("**/check/", lambda route: route.fulfill(body=""))
    page.goto(url)
    page.wait_for_load_state("networkidle")  # some tests take the network away
    return page


def title(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Title:", exact=True)


def back(page: Page) -> None:
    page.get_by_role("button", name="Bring it back").click()


def copies(page: Page) -> Any:
    return page.evaluate(KEYS)


def kept(page: Page) -> None:
    """Wait until the desk has what was typed."""
    expect(page.locator(".submit-row")).to_contain_text("Kept at")


def test_a_closed_tab_costs_nothing(wes_edits: Page, url: str, piece: Article) -> None:
    title(wes_edits).fill("Typed and never saved")
    kept(wes_edits)
    assert copies(wes_edits) == []
    again = wes_edits.context.new_page()
    wes_edits.close()
    again.goto(url)
    expect(again.get_by_text("and did not save it")).to_be_visible()
    back(again)
    expect(title(again)).to_have_value("Typed and never saved")
    again.get_by_role("button", name="Save", exact=True).click()
    expect(again.locator(".messagelist")).to_contain_text("successfully")
    expect(again.get_by_text("and did not save it")).to_have_count(0)
    piece.refresh_from_db()
    assert piece.title == "Typed and never saved"
    assert not Autosave.objects.exclude(saved_at=None).exists()


def test_prose_is_kept_as_it_is_typed(wes_edits: Page) -> None:
    wes_edits.get_by_role("textbox", name="Context", exact=True).click()
    wes_edits.keyboard.type("In the old harbour.")
    kept(wes_edits)
    assert "old+harbour" in Autosave.objects.exclude(saved_at=None).get().form


def test_leaving_asks_only_for_what_is_not_kept(wes_edits: Page, url: str) -> None:
    asked: list[str] = []
    wes_edits.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    title(wes_edits).fill("Kept")
    kept(wes_edits)
    wes_edits.goto(url)
    assert asked == []
    title(wes_edits).press_sequentially("Not kept")
    wes_edits.goto(url)
    assert asked == ["beforeunload"]


def test_without_a_network_the_browser_keeps_it(wes_edits: Page, url: str) -> None:
    context = wes_edits.context
    context.set_offline(True)
    title(wes_edits).fill("Typed at sea")
    expect(wes_edits.locator("#unsaved")).to_have_text("Offline: kept in this browser.")
    assert len(copies(wes_edits)) == 1
    again = context.new_page()
    wes_edits.close()
    context.set_offline(False)
    again.goto(url)
    expect(again.get_by_text("only this browser kept it")).to_be_visible()
    back(again)
    expect(title(again)).to_have_value("Typed at sea")
    expect(again.get_by_text("only this browser kept it")).to_have_count(0)
    assert copies(again) == []


def test_back_on_the_network_the_desk_keeps_it(wes_edits: Page) -> None:
    wes_edits.context.set_offline(True)
    title(wes_edits).fill("Typed at sea")
    expect(wes_edits.locator("#unsaved")).to_have_text("Offline: kept in this browser.")
    wes_edits.context.set_offline(False)
    kept(wes_edits)
    assert copies(wes_edits) == []


def test_logging_out_leaves_nothing_in_the_browser(wes_edits: Page, url: str) -> None:
    wes_edits.context.set_offline(True)
    title(wes_edits).fill("Mine alone")
    expect(wes_edits.locator("#unsaved")).to_have_text("Offline: kept in this browser.")
    other = wes_edits.context.new_page()
    wes_edits.close()
    other.context.set_offline(False)
    other.goto(url.replace("change/", "history/"))
    assert len(copies(other)) == 1
    other.get_by_role("button", name="Log out").click()
    expect(other.get_by_text("You are logged out.")).to_be_visible()
    assert copies(other) == []


def test_somebody_else_finds_nothing_in_the_browser(
    wes_edits: Page, live_server: LiveServer
) -> None:
    person("ada")
    wes_edits.evaluate("() => { localStorage.setItem('desk:999:article:1:x', '{}'); }")
    wes_edits.goto(f"{live_server.url}/admin/")
    assert copies(wes_edits) == []


def test_a_session_that_ended_costs_no_text(wes_edits: Page, piece: Article) -> None:
    page = wes_edits
    title(page).fill("Typed too long")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    expect(page.get_by_label("Username")).to_be_focused()
    page.get_by_label("Username").fill("wes")
    page.get_by_label("Password").fill("wes")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("and did not save it")).to_be_visible()
    back(page)
    expect(title(page)).to_have_value("Typed too long")


def test_the_end_of_a_session_is_told_and_healed_in_another_tab(
    wes_edits: Page, live_server: LiveServer, piece: Article
) -> None:
    Session.objects.all().delete()
    title(wes_edits).fill("Typed on")
    line = wes_edits.locator("#unsaved")
    expect(line).to_contain_text("You are logged out: log in in another tab")
    other = wes_edits.context.new_page()
    log_in(other, live_server.url, "wes")
    title(wes_edits).press_sequentially("!")
    kept(wes_edits)
    wes_edits.get_by_role("button", name="Save", exact=True).click()
    expect(wes_edits.locator(".messagelist")).to_contain_text("successfully")


def test_two_at_work_are_told(
    wes_edits: Page, new_page: Callable[[], Page], live_server: LiveServer, url: str
) -> None:
    person("ada")
    ada = logged_in(new_page(), live_server.url, "ada")
    ada.goto(url)
    expect(ada.locator("#present")).to_have_text("Wes is editing this piece too.")
    title(wes_edits).fill("Typed")
    expect(wes_edits.locator("#present")).to_have_text("Ada is editing this piece too.")


def test_two_clicks_save_once(wes_edits: Page, piece: Article) -> None:
    title(wes_edits).fill("Saved once")
    wes_edits.get_by_role("button", name="Save", exact=True).dblclick(no_wait_after=True)
    expect(wes_edits.locator(".messagelist")).to_contain_text("successfully")
    piece.refresh_from_db()
    assert piece.title == "Saved once"
    assert piece.revisions.count() == 2


def test_what_is_too_long_to_be_sent_stays(
    wes_edits: Page, url: str, settings: Any, piece: Article
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 9000
    wes_edits.route("**/autosave/", lambda route: route.fulfill(json={"kept": 0, "said": ""}))
    wes_edits.goto(url)
    field = wes_edits.get_by_role("textbox", name="Standfirst:", exact=True)
    field.fill("Ж" * 1500)
    wes_edits.get_by_role("button", name="Save", exact=True).click()
    expect(wes_edits.get_by_text("Too long to save at once")).to_be_visible()
    expect(field).to_have_value("Ж" * 1500)
    field.fill("Shorter.")
    wes_edits.get_by_role("button", name="Save", exact=True).click()
    expect(wes_edits.locator(".messagelist")).to_contain_text("successfully")
    piece.refresh_from_db()
    assert piece.standfirst == "Shorter."
