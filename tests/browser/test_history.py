"""The history of a piece in a real browser: names, comparing, restoring."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.people import person
from trends.models import Article
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def article() -> Article:
    """Live, and changed since: two saves, a note, a name."""
    ada = person("ada")
    article = make_article(
        "Norlake moves", by=ada, publish=True, lede="It goes west. " * 40,
        standfirst="A sentence that is long enough to stand.",
    )  # fmt: skip
    article.context = "<p>It is new.</p>"
    article.save()
    article.record_revision(by=ada)
    article.revisions.get(number=1).rename("As sent to the lawyers")
    return article


@pytest.fixture
def history(page: Page, live_server: LiveServer, article: Article) -> Page:
    """Ada before the history."""
    logged_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/history/")
    return page


def test_two_saves_are_compared_by_keyboard(history: Page) -> None:
    page = history
    page.get_by_label("From revision 1").focus()
    page.keyboard.press("Space")
    page.get_by_label("To revision 2").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Compare the two").press("Enter")
    heading = "From revision 1 (As sent to the lawyers) to revision 2"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("ins")).to_contain_text("It is new.")


def test_a_save_is_named_where_it_stands(history: Page, article: Article) -> None:
    page = history
    row = page.locator("#revision-2")
    row.get_by_text("Name…").click()
    row.get_by_label("Name of revision 2").fill("For the board")
    row.get_by_role("button", name="Save name").click()
    expect(page.locator("#revision-2 .named")).to_have_text("For the board")


def test_a_section_comes_back_and_goes_again(history: Page, article: Article) -> None:
    page = history
    page.locator("#revision-1").get_by_role("link", name="Restore").click()
    expect(page.get_by_role("checkbox", name="Context")).to_be_checked()
    page.get_by_role("button", name="Restore the selected sections").click()
    article.refresh_from_db()
    assert article.context == ""
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Restore the selected sections").click()
    article.refresh_from_db()
    assert article.context == "<p>It is new.</p>"


ADDRESSES = ["history/", "history/?from=1&to=2", "history/?from=1", "revisions/1/restore/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_can_use_it(
    history: Page, live_server: LiveServer, article: Article, address: str, scheme: str
) -> None:
    page = history
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/{address}")
    for details in page.locator("#content details").all():
        details.evaluate("details => { details.open = true }")
    results = Axe().run(page)
    assert not results.response["violations"], results.generate_report()


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_fits_a_phone(
    history: Page, live_server: LiveServer, article: Article, address: str
) -> None:
    page = history
    article.notes.create(text="x" * 300, by=person("pam"), at=article.created_at)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
