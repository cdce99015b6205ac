"""Ada shares a draft, somebody without an account comments, Pam publishes, the link is dead."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.people import person
from trends.models import Article
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(db: None) -> Article:
    return make_article(
        "The ferry runs on waste heat", by=person("ada"),
        standfirst="Norlake's ferry has made its first ten trips on heat from a smelter.",
        lede="The ferry made ten trips.",
    )  # fmt: skip


def test_a_draft_is_shared_and_dies_when_it_is_published(
    new_page: Callable[[], Page], live_server: LiveServer, article: Article
) -> None:
    ada = logged_in(new_page(), live_server.url, "ada")
    ada.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    ada.get_by_role("link", name="Shared links").click()
    ada.get_by_label("For whom").fill("Dr Hale")
    ada.get_by_role("button", name="Make a link").click()
    address = ada.get_by_label("Address of the link").input_value()
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ada.get_by_role("button", name="Copy").click()
    expect(ada.get_by_role("status")).to_contain_text("is copied")
    assert ada.evaluate("navigator.clipboard.readText()") == address

    reviewer = new_page()
    path = live_server.url + re.sub(r"^https?://[^/]+", "", address)
    reviewer.goto(path)
    expect(reviewer.get_by_role("complementary", name="Preview")).to_contain_text("Dr Hale")
    reviewer.get_by_label("Your name").fill("Maud Hale")
    reviewer.get_by_label("Your comment").fill("It was eleven trips.")
    reviewer.get_by_role("button", name="Send").click()
    expect(reviewer.get_by_role("status")).to_contain_text("Thank you.")
    assert reviewer.context.cookies() == []

    ada.get_by_role("link", name="The ferry runs on waste heat").click()
    ada.get_by_role("link", name="Shared links").click()
    expect(ada.get_by_role("main")).to_contain_text("It was eleven trips.")

    article.publish_now(by=person("pam"))
    dead = reviewer.request.get(path)
    assert (dead.status, dead.text()) == (404, reviewer.request.get(f"{path}no").text())
