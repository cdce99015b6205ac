"""The main job of the library: a photo becomes the hero of a trend without leaving its form, is
described, published, read on a phone, and cropped anew."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import log_in
from tests.corpus import CORPUS, needs_corpus
from tests.people import person
from trends.models import Article, Image

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
HEAVIEST = 90 * 1024  # bytes of the hero on a phone


def write(page: Page, base: str, photo: Path) -> None:
    """A piece with the photo as its hero, saved once."""
    page.goto(f"{base}/admin/trends/article/add/")
    page.locator("#id_title").fill("A bird walks down the trunk that others walk up")
    page.get_by_role("button", name="Choose a picture").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(photo)
    dialog.get_by_label("Alt text").fill("A small bird hangs head down on bark")
    dialog.get_by_label("Credit").fill("Norlake")
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog).not_to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publish now").click()
    page.get_by_label("Publish all the same").fill("The words follow.")
    page.get_by_role("button", name="Publish now").click()


def heroes_on_a_phone(browser: Browser, url: str) -> list[tuple[str, int]]:
    """(type, bytes) of the pictures that a phone of high density fetches."""
    fetched: list[Response] = []
    context = browser.new_context(viewport=PHONE, device_scale_factor=3, is_mobile=True)
    page = context.new_page()
    page.on("response", lambda r: fetched.append(r) if "/media/" in r.url else None)
    page.goto(url, wait_until="networkidle")
    found = [(r.headers["content-type"], len(r.body())) for r in fetched]
    context.close()
    return found


def move_focus(page: Page, base: str, image: Image) -> None:
    page.goto(f"{base}/admin/trends/image/{image.pk}/change/")
    mark = page.get_by_role("button", name=re.compile("Focal point"))
    mark.press("Shift+ArrowLeft")
    mark.press("ArrowDown")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


@needs_corpus
def test_a_photo_becomes_the_hero(page: Page, browser: Browser, live_server: LiveServer) -> None:
    base = live_server.url
    person("pam")
    log_in(page, base, "pam")
    write(page, base, CORPUS / "photos" / "kleiber.jpg")
    publish(page)
    article, image = Article.objects.get(), Image.objects.get()
    assert article.hero == image
    url = f"{base}/trends/{article.slug}/"
    [(kind, size)] = heroes_on_a_phone(browser, url)
    assert kind == "image/avif"
    assert 5_000 < size <= HEAVIEST
    page.goto(url)
    hero = page.get_by_role("img", name="A small bird hangs head down on bark")
    before = hero.evaluate("image => image.currentSrc")

    move_focus(page, base, image)
    image.refresh_from_db()
    assert image.focal == (0.4, 0.51)
    page.goto(url)
    after = hero.evaluate("image => image.currentSrc")
    assert after != before
    # Whoever has the page of before open still gets its picture.
    for address in (before, after):
        assert page.request.get(base + urlsplit(address).path).ok
