"""Pictures in the reader's browser: what is seen before they come, and which file comes."""

import io
import re
from typing import Any

import pytest
from PIL import Image as Pillow
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.people import person
from trends.models import Article, Image
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = "/trends/pump/"
BACKGROUND = "el => getComputedStyle(el).backgroundImage"


@pytest.fixture
def piece() -> Article:
    file = io.BytesIO()
    Pillow.effect_mandelbrot((2000, 1200), (-2, -1, 1, 1), 40).convert("RGB").save(file, "JPEG")
    hero = Image.objects.ingest(
        file.getvalue(),
        alt_text="A dark shape with a rough edge",
        caption="The edge never ends.",
        credit="Ida Holm",
        licence="CC BY 4.0",
    )
    words: dict[str, Any] = {
        "standfirst": "The harbour gets a second pump house, and the town pays for half of it.",
        "lede": "The town will build a second pump house at the harbour.",
    }
    return make_article("A pump", slug="pump", by=person("pam"), publish=True, hero=hero, **words)


@pytest.mark.parametrize(("path", "frame"), [(PATH, ".hero > .frame"), ("/", ".lead > .frame")])
def test_a_slow_picture_has_a_placeholder(
    page: Page, live_server: LiveServer, piece: Article, path: str, frame: str
) -> None:
    """The policy lets it through: the page's console stays empty, as in every test here."""
    held: list[Route] = []
    page.route("**/media/**", lambda route: held.append(route))
    page.goto(f"{live_server.url}{path}", wait_until="domcontentloaded")
    expect(page.locator(frame)).to_be_visible()
    assert page.locator(frame).evaluate(BACKGROUND).startswith('url("data:image/')
    assert not page.locator(f"{frame} img").evaluate("img => img.complete")
    box = page.locator(frame).bounding_box()
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    assert page.locator(f"{frame} img").evaluate("img => img.naturalWidth > 0")
    assert page.locator(frame).bounding_box() == box  # nothing moves when it comes


def test_a_phone_gets_a_small_file(
    browser: Browser, live_server: LiveServer, piece: Article
) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3)
    page = phone.new_page()
    page.goto(f"{live_server.url}{PATH}", wait_until="load")
    name = page.locator(".hero img").evaluate("img => img.currentSrc").rpartition("/")[2]
    phone.close()
    assert piece.hero is not None
    (file,) = (f for f in piece.hero.renditions["hero"] if f["name"] == name)
    assert (file["format"], file["width"]) == ("avif", 960)


def test_the_caption_leads_to_the_licence(
    page: Page, live_server: LiveServer, piece: Article
) -> None:
    page.goto(f"{live_server.url}{PATH}")
    caption = page.get_by_role("figure").locator("figcaption")
    expect(caption).to_have_text(re.compile(r"The edge never ends\.\s*Ida Holm\s*CC BY 4\.0"))
    link = caption.get_by_role("link", name="CC BY 4.0")
    expect(link).to_have_attribute("href", "https://creativecommons.org/licenses/by/4.0/")
