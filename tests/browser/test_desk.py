"""A writer at work in a real browser, under the desk's own content security policy."""

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.people import person
from trends.models import Article
from trends.models.making import make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wes_writes(page: Page, live_server: LiveServer) -> Page:
    """Wes before an empty form."""
    person("wes")
    make_author("Wes Quill")
    logged_in(page, live_server.url, "wes")
    page.goto(f"{live_server.url}/admin/trends/article/add/")
    return page


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def add(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Add another {name}").click()


def save(page: Page) -> Article:
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("successfully")
    return Article.objects.get()


def test_a_piece_is_written_by_keyboard(wes_writes: Page) -> None:
    page = wes_writes
    box(page, "Title:").press_sequentially("The ferry runs on waste heat")
    expect(page.locator("#id_slug")).to_have_value("the-ferry-runs-on-waste-heat")  # folded
    box(page, "Headline").click()
    page.keyboard.type("It made ten trips. [[E1]]")
    page.keyboard.press("Enter")
    page.get_by_role("toolbar", name="Headline: formatting").get_by_label("blockquote").click()
    page.keyboard.type("Warm work.")
    add(page, "Piece of evidence")
    page.keyboard.type("Ten trips were made")
    article = save(page)
    assert article.lede == (
        "<p>It made ten trips. [[E1]]</p><blockquote><p>Warm work.</p></blockquote>"
    )
    assert article.evidence.get().number == 1


def test_rows_move_by_key_and_by_pointer(wes_writes: Page) -> None:
    page = wes_writes
    box(page, "Title:").fill("Ferry")
    for number, words in enumerate(["One", "Two", "Three"]):
        add(page, "Key point")
        page.locator(f"#id_key_points-{number}-text").fill(words)
    page.locator("#key_points-2").get_by_role("button", name="Move up").press("Enter")
    article = save(page)
    assert texts(article) == ["One", "Three", "Two"]
    handle, last = page.locator("#key_points-0 .drag"), page.locator("#key_points-2")
    handle.drag_to(last, target_position={"x": 10, "y": height(last) - 5})
    save(page)
    assert texts(article) == ["Three", "Two", "One"]


def height(place: Locator) -> int:
    size = place.bounding_box()
    assert size is not None
    return int(size["height"])


def texts(article: Article) -> list[str]:
    return list(article.key_points.values_list("text", flat=True))


def test_an_author_is_found_by_typing(wes_writes: Page) -> None:
    page = wes_writes
    box(page, "Title:").fill("Ferry")
    add(page, "Author")
    page.locator("[role=combobox][aria-label=Author]").click()
    page.get_by_role("searchbox").fill("Qui")
    page.get_by_role("option", name="Wes Quill").click()
    assert str(save(page).bylines.get()) == "Wes Quill"
