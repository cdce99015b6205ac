"""A newcomer's first article: from login to a published trend, without leaving the form.

The limits are the desk's promise: 25 clicks and two minutes of hands and thought.
"""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.counting import count, effort
from tests.browser.desk import log_in
from tests.browser.test_desk import add, box
from tests.people import person
from trends.models import Article, Topic
from trends.models.making import make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "The ferry runs on waste heat"
STANDFIRST = "Norlake's ferry has made its first ten trips on heat that a smelter throws away."
LEDE = "Ten trips, no fuel: the ferry sails on waste heat. "
SOURCE = "https://harbour.example/first-ten-trips"


def choose(page: Page, field: str, name: str) -> None:
    page.locator(f"[role=combobox][aria-label={field}]").click()
    page.keyboard.type(name[:4])
    page.get_by_role("option", name=name).wait_for()
    page.keyboard.press("Enter")


def write(page: Page) -> None:
    box(page, "Title:").click()
    page.keyboard.type(TITLE)
    box(page, "Standfirst:").click()
    page.keyboard.type(STANDFIRST)
    choose(page, "Topic", "Energy")
    paste_a_source(page)
    box(page, "Headline").click()
    page.keyboard.type(LEDE)
    page.keyboard.press("Control+Shift+E")
    expect(page.get_by_role("option", name=re.compile("E1")).first).to_be_visible()
    page.keyboard.press("Enter")
    add(page, "Author")
    choose(page, "Author", "Wes Quill")


def paste_a_source(page: Page) -> None:
    page.get_by_label("Paste a link or a quotation").click()
    page.keyboard.type(SOURCE)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Claim").first).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Ten trips were made")


def test_a_newcomers_first_article(page: Page, live_server: LiveServer) -> None:
    person("pam")
    Topic.objects.create(name="Energy", slug="energy")
    make_author("Wes Quill", bio="Writes about heat.")
    count(page)
    log_in(page, live_server.url, "pam")
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Trends").click()
    page.get_by_role("link", name="Add trend").click()
    form = re.compile(r"/admin/trends/article/(add|\d+/change)/")
    visited: list[str] = []
    page.on("framenavigated", lambda frame: visited.append(frame.url))
    write(page)
    page.keyboard.press("Control+Enter")  # save and publish…
    panel = page.get_by_role("region", name=re.compile("Publish now"))
    panel.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("Published")
    assert all(form.search(url) for url in visited), visited
    article = Article.objects.get()
    response = page.request.get(f"{live_server.url}/trends/{article.slug}/")
    assert response.status == 200
    assert "Wes Quill" in response.text()
    done = effort(page)
    print(f"\nFirst article: {done.clicks} clicks, {done.keys} keys, {done.seconds:.0f} s")
    assert 5 < done.clicks <= 25
    assert done.keys > len(TITLE + STANDFIRST + LEDE)  # the counting counts
    assert done.seconds <= 120
