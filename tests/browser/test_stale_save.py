"""Two change the same sentence: both texts side by side, and a choice by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin.forms import page_url
from tests.browser.desk import log_in
from tests.people import person
from tests.workflow.conftest import edit
from trends.models import Article
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


@pytest.fixture
def article(page: Page, live_server: LiveServer) -> Article:
    """Ada has the form open and typed in it; Pam saved meanwhile. Both changed the headline."""
    article = make_article("Norlake", by=person("ada"), lede="It goes.", context="Since May.")
    log_in(page, live_server.url, "ada").goto(live_server.url + page_url(article))
    for name, words in {"Headline": "It runs on heat.", "Context": "Since June."}.items():
        box(page, name).click()
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    edit(article, by=person("pam"), lede="<p>It stays.</p>", analysis="<p>Heat is cheap.</p>")
    return article


def save(page: Page) -> Locator:
    """Save, and be asked."""
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answered:
        page.keyboard.press("Control+s")
    assert answered.value.status == 409
    question = page.get_by_role("region", name="Somebody changed the same. Which one stands?")
    expect(question.get_by_role("group", name="Headline")).to_be_visible()
    return question


# The key that chooses, and how many texts, which scroll by keyboard, lie before the button.
BY_KEY = [("Space", 2, "It runs on heat."), ("ArrowDown", 1, "It stays.")]


@pytest.mark.parametrize(("key", "texts", "stands"), BY_KEY)
def test_choosing_by_keyboard(
    page: Page, article: Article, key: str, texts: int, stands: str
) -> None:
    question = save(page)
    expect(question.get_by_role("group")).to_have_count(1)
    expect(question.locator("pre")).to_have_text(["It runs on heat.", "It stays."])
    question.get_by_role("radio", name="Keep yours").focus()
    page.keyboard.press(key)
    expect(question.get_by_role("radio", checked=True)).to_be_focused()
    button = question.get_by_role("button", name="Save with these choices")
    for _ in range(texts + 1):
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("successfully")
    article.refresh_from_db()
    assert article.lede == f"<p>{stands}</p>"
    assert (article.context, article.analysis) == ("<p>Since June.</p>", "<p>Heat is cheap.</p>")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_everybody_can_use_it(page: Page, article: Article, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    mine, theirs = save(page).locator(".side").all()
    one, other = mine.bounding_box(), theirs.bounding_box()
    assert one is not None
    assert other is not None
    beside = other["x"] >= one["x"] + one["width"]
    assert beside == (width > 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html']}" for v in found] == []


def test_no_choice_saves_nothing(page: Page, article: Article) -> None:
    """Saved again without an answer, it is asked again, and all that was typed is still there."""
    save(page)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("radio", name="Keep yours")).to_be_visible()
    expect(box(page, "Headline")).to_have_text("It runs on heat.")
    article.refresh_from_db()
    assert article.lede == "<p>It stays.</p>"
