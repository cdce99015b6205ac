"""Publishing in the browser: one click from the piece, some seconds to undo it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin.forms import page_url
from tests.browser.desk import logged_in
from tests.people import person
from tests.workflow.conftest import READY, edit
from trends.models import Article, Status
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def find_faults(page: Page) -> list[str]:
    result = Axe().run(page, options={"preload": False})  # preloading asks for sheets
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in result.response["violations"]]


@pytest.fixture
def draft() -> Article:
    person("pam")
    return make_article("A second pump house for the harbour", by=person("wes"), **READY)


def test_publish_and_undo(
    page: Page, live_server: LiveServer, settings: Any, draft: Article
) -> None:
    settings.NEWSROOM_PUBLISH_GRACE = 600
    logged_in(page, live_server.url, "pam").goto(live_server.url + page_url(draft))
    page.get_by_role("button", name="Save and publish…").click()
    heading = page.get_by_role("heading", name="Publish now", exact=True)
    expect(heading).to_be_focused()
    assert find_faults(page) == []
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Readers see it in 5")).to_be_visible()  # it counts: 10 min → 59…
    assert find_faults(page) == []
    page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone. Readers never saw it.")).to_be_visible()
    assert draft.status() == Status.UNPUBLISHED


def test_the_button_goes_when_it_is_public(
    page: Page, live_server: LiveServer, settings: Any, draft: Article
) -> None:
    settings.NEWSROOM_PUBLISH_GRACE = 2
    logged_in(page, live_server.url, "pam").goto(live_server.url + page_url(draft, "publish_now"))
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Readers see it now.")).to_be_visible()
    expect(page.locator("#undo").get_by_role("button")).to_have_count(0)
    assert draft.status() == Status.LIVE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_of_a_live_piece(
    page: Page, live_server: LiveServer, draft: Article, scheme: Any
) -> None:
    draft.publish_now(by=None)
    edit(draft, by=None, context="<p>The first one dates from 1963. [[E1]]</p>")
    page.emulate_media(color_scheme=scheme)
    logged_in(page, live_server.url, "pam").goto(live_server.url + page_url(draft, "publish_now"))
    expect(page.get_by_label("What readers are told")).to_be_hidden()
    page.get_by_label("Correction: a fact was wrong").check()
    expect(page.get_by_label("What readers are told")).to_be_visible()
    assert find_faults(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_retraction_is_worded(page: Page, live_server: LiveServer, draft: Article) -> None:
    draft.publish_now(by=None)
    logged_in(page, live_server.url, "pam").goto(live_server.url + page_url(draft, "retract"))
    notice = page.get_by_label("Notice for readers")
    page.get_by_label("for legal reasons").check()
    expect(notice).to_have_value("We have taken this piece back for legal reasons.")
    notice.fill("Our own words.")
    page.get_by_label("it was wrong").check()
    expect(notice).to_have_value("Our own words.")
    assert find_faults(page) == []
