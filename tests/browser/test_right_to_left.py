"""A page of a language that is written from right to left, in a real browser."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from playwright.sync_api import Page
from pytest_django import Settings

from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Pixels of other words between the pieces of a date.
TORN = """time => time.getBoundingClientRect().width -
    [...time.getClientRects()].reduce((all, piece) => all + piece.width, 0)"""
# How far the last character of a paragraph stands to the right of its first, in pixels.
DOT = """paragraph => {
    const text = paragraph.firstChild
    const left = place => {
        const range = document.createRange()
        range.setStart(text, place)
        range.setEnd(text, place + 1)
        return range.getBoundingClientRect().left
    }
    return left(text.length - 1) - left(0)
}"""


def test_dates_and_quotations_keep_their_own_order(
    page: Page, client: Client, pam: User, settings: Settings
) -> None:
    settings.LANGUAGE_CODE = "ar"
    proof = {"claim": "مضخة", "source_title": "محضر", "excerpt": "The pump, it says, is old."}
    article = make_article(
        "مضخة جديدة",
        by=pam,
        slug="pump",
        standfirst="نعم.",
        lede="نعم.",
        evidence=[proof],
        publish=True,
    )
    with translation.override("ar"):
        html = client.get(f"/trends/{article.slug}/").text
    page.set_viewport_size({"width": 390, "height": 900})
    page.set_content(html)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert abs(page.locator("main time").first.evaluate(TORN)) < 1
    assert page.locator("blockquote p").evaluate(DOT) > 0  # behind the words, not before them
