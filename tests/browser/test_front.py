"""Pinning from the Front page screen, in a real browser."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.desk import logged_in
from trends.models import Article, Pin, Topic
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def pieces(pam: User) -> list[Article]:
    robots = Topic.objects.create(name="Robots", slug="robots")
    return [
        make_article(
            title, by=pam, topic=robots, standfirst=STANDFIRST, lede="So.", publish=True
        )
        for title in ("The oldest", "The older", "The newest")
    ]  # fmt: skip


def test_a_piece_is_chosen_for_a_slot(
    page: Page, live_server: Any, ada: User, pieces: list[Article]
) -> None:
    logged_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Front page").click()
    page.get_by_role("link", name=re.compile("as Secondary 2")).click()
    page.get_by_role("combobox").click()
    page.get_by_role("searchbox").fill("oldest")
    page.get_by_role("option", name="The oldest").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("“The oldest” as")).to_have_value("2")
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.locator(".slot").nth(2)).to_contain_text("The oldest")
    assert Pin.objects.get().slot == 2
