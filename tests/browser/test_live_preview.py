"""The live preview: the public page of what is typed, beside the form."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.people import person
from trends.models import Article
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "".join(f"<p>Trip {n} went well, as far as anybody could tell.</p>" for n in range(60))


@pytest.fixture
def article(db: None) -> Article:
    return make_article(
        "The ferry runs on waste heat", by=person("ada"), lede="It made ten trips.", context=LONG
    )


@pytest.fixture
def form(page: Page, live_server: LiveServer, article: Article) -> Page:
    logged_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    expect(page.locator("#panel .summary")).to_be_visible()
    return page


def shown(form: Page) -> FrameLocator:
    return form.frame_locator("#live-preview iframe.shown")


def test_it_follows_what_is_typed(form: Page, article: Article) -> None:
    standfirst = form.locator("#id_standfirst")
    standfirst.focus()
    form.keyboard.press("Alt+Shift+P")
    expect(shown(form).locator("h1")).to_have_text("The ferry runs on waste heat")
    form.keyboard.type("Heat from a smelter drives it.")  # the focus stayed where it was
    expect(shown(form).locator(".standfirst")).to_have_text("Heat from a smelter drives it.")
    form.locator("#id_title").press("Escape")
    expect(form.locator("#live-preview")).not_to_be_visible()
    expect(form.locator("#live-preview iframe")).to_have_count(0)
    article.refresh_from_db()
    assert article.standfirst == ""


def test_it_keeps_its_place_and_the_way_back(form: Page) -> None:
    before = form.evaluate("history.length")
    form.get_by_role("button", name="Live preview").click()
    expect(shown(form).locator("h1")).to_be_visible()
    place = "document.querySelector('#live-preview iframe.shown').contentWindow"
    form.evaluate(f"{place}.scrollTo({{ top: 900, behavior: 'instant' }})")
    form.locator("#id_title").fill("The ferry runs on cold air")
    expect(shown(form).locator("h1")).to_have_text("The ferry runs on cold air")
    assert form.evaluate(f"{place}.scrollY") == 900
    assert form.evaluate("history.length") == before


def test_a_second_question_waits_for_the_first(form: Page) -> None:
    held: list[Route] = []
    form.route("**/preview/", lambda route: held.append(route))
    with form.expect_request("**/preview/"):
        form.get_by_role("button", name="Live preview").click()
    form.locator("#id_title").fill("The ferry runs on cold air")
    form.wait_for_timeout(1500)  # longer than it waits after the last key
    assert len(held) == 1
    held[0].continue_()
    form.unroute("**/preview/")
    expect(shown(form).locator("h1")).to_have_text("The ferry runs on cold air")


def test_phone_and_desktop(form: Page) -> None:
    form.get_by_role("button", name="Live preview").click()
    expect(shown(form).locator("h1")).to_be_visible()
    width = "document.querySelector('#live-preview iframe.shown').contentWindow.innerWidth"
    assert form.evaluate(width) == 390
    form.get_by_role("radio", name="Desktop").check()
    assert form.evaluate(width) == 1280
    form.get_by_role("button", name="Close", exact=True).click()
    expect(form.get_by_role("button", name="Live preview")).to_be_focused()


def test_nothing_of_it_comes_before_it_is_opened(form: Page) -> None:
    loaded: list[str] = []
    form.on("request", lambda request: loaded.append(request.url))
    form.locator("#id_title").fill("The ferry runs on cold air")
    with form.expect_response(lambda answer: answer.url.endswith("/check/")):
        pass
    assert not [url for url in loaded if "preview" in url]


def test_what_is_no_piece_is_not_shown(form: Page) -> None:
    """The page to log in, say: the last drawing stays, and it is said."""
    form.get_by_role("button", name="Live preview").click()
    expect(shown(form).locator("h1")).to_be_visible()
    form.route("**/preview/", lambda route: route.fulfill(body="Log in", content_type="text/html"))
    form.locator("#id_title").fill("The ferry runs on cold air")
    expect(form.locator("#live-preview [role=status]")).to_contain_text("could not be drawn")
    expect(shown(form).locator("h1")).to_have_text("The ferry runs on waste heat")


def test_its_links_lead_away_from_it(form: Page) -> None:
    form.get_by_role("button", name="Live preview").click()
    with form.expect_popup() as opened:
        shown(form).get_by_role("link", name="Corrections").first.click()
    expect(opened.value.locator("h1")).to_have_text("Corrections")
    shown(form).get_by_role("link", name="How we know").first.click()
    expect(shown(form).locator("#how-we-know")).to_be_in_viewport()
    form.keyboard.press("Escape")
    expect(form.locator("#live-preview")).not_to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(form: Page, width: int, scheme: str) -> None:
    form.set_viewport_size({"width": width, "height": 844})
    form.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    form.reload()
    form.get_by_role("button", name="Live preview").click()
    expect(shown(form).locator("h1")).to_be_visible()
    found = Axe().run(form, options={"preload": False, "iframes": False})
    assert found.violations_count == 0, found.generate_report()
    assert form.evaluate("document.documentElement.scrollWidth") <= width
