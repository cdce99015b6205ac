"""Where no script runs: written, saved, published, and taken back in time."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import log_in
from tests.people import person
from trends.models import Article, Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDFIRST = "The harbour gets a second pump house, and the town pays for half of what it costs."


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Pam's page, in which no script runs."""
    person("pam")
    context = browser.new_context(java_script_enabled=False)
    yield log_in(context.new_page(), live_server.url, "pam")
    context.close()


def write(page: Page, base: str) -> Article:
    page.goto(f"{base}/admin/trends/article/add/")
    page.get_by_label("Title:", exact=True).fill("A second pump house for the harbour")
    page.get_by_label("Standfirst:", exact=True).fill(STANDFIRST)
    page.get_by_role("textbox", name="Headline:", exact=True).fill("The town builds it. [[E1]]")
    page.get_by_role("textbox", name="Paste a link or a quotation").fill("The council voted.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("successfully")
    return Article.objects.get()


def publish(page: Page, article: Article, base: str) -> None:
    """With the source of the evidence, which readiness asks for."""
    form = f"{base}/admin/trends/article/{article.pk}/change/"
    page.goto(form)
    page.get_by_role("group", name="E1", exact=True).get_by_label("Source title:").fill("Minutes")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(form)
    page.get_by_role("link", name="Publish now").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("A second pump house")


def test_readers_get_it(plain: Page, live_server: LiveServer, settings: Any) -> None:
    settings.NEWSROOM_PUBLISH_GRACE = 0
    article = write(plain, live_server.url)
    publish(plain, article, live_server.url)
    plain.goto(f"{live_server.url}/trends/{article.slug}/")
    expect(plain.get_by_role("heading", level=1)).to_have_text(article.title)
    expect(plain.get_by_text("The town builds it.")).to_be_visible()
    assert article.status() == Status.LIVE


def test_it_is_taken_back(plain: Page, live_server: LiveServer, settings: Any) -> None:
    settings.NEWSROOM_PUBLISH_GRACE = 600
    article = write(plain, live_server.url)
    publish(plain, article, live_server.url)
    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_text("Undone. Readers never saw it.")).to_be_visible()
    assert plain.goto(f"{live_server.url}/trends/{article.slug}/").status == 404  # type: ignore[union-attr]
    assert article.status() == Status.UNPUBLISHED
