"""Every screen of the newsroom around a piece: nothing stands in anybody's way, and it fits."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.browser.newsroom import furnish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/admin/trends"
PIECES = f"{DESK}/article"
# Of what is right nothing is collected.
QUICKLY = {"preload": False, "resultTypes": ["violations"]}


def as_it_comes(page: Page) -> None:
    """Whatever folds is open."""
    page.evaluate(
        "document.querySelectorAll('#content details').forEach((one) => { one.open = true })"
    )


def a_complaint(page: Page) -> None:
    as_it_comes(page)
    page.get_by_label("Kind").select_option(label="Reader’s complaint")
    expect(page.get_by_label("Deadline").first).to_be_visible()


def another_link(page: Page) -> None:
    page.get_by_label("For whom").fill("The source")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Address of the link")).to_be_visible()


def nothing_said(page: Page) -> None:
    page.locator("form").evaluate("(form) => { form.noValidate = true }")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_label("Your name")).to_have_attribute("aria-invalid", "true")


# Who looks at which address, after doing what.
SCREENS: list[tuple[str, str, Callable[[Page], None]]] = [
    ("ada", "/admin/", as_it_comes),
    ("ada", f"{DESK}/notice/", as_it_comes),
    ("ada", f"{PIECES}/notes/", as_it_comes),
    ("ada", f"{PIECES}/notes/?show=formal", as_it_comes),
    ("ada", f"{PIECES}/{{piece}}/notes/", a_complaint),
    ("ada", f"{PIECES}/{{piece}}/history/", as_it_comes),
    ("ada", f"{PIECES}/{{piece}}/readers/", as_it_comes),
    ("ada", f"{PIECES}/{{piece}}/links/", another_link),
    ("ada", f"{PIECES}/{{live}}/related/?q=Piece", as_it_comes),
    ("ada", f"{PIECES}/front/", as_it_comes),
    ("ada", f"{PIECES}/front/pin/", as_it_comes),
    ("ada", f"{PIECES}/front/pin/?piece={{live}}", as_it_comes),
    ("ada", f"{PIECES}/front/{{pin}}/", as_it_comes),
    ("pam", f"{PIECES}/calendar/?view=month", as_it_comes),
    ("pam", f"{PIECES}/calendar/?view=week", as_it_comes),
    ("pam", f"{PIECES}/calendar/?view=list", as_it_comes),
    ("pam", f"{DESK}/release/", as_it_comes),
    ("pam", f"{DESK}/release/add/", as_it_comes),
    ("pam", f"{DESK}/release/{{release}}/change/", as_it_comes),
    ("pam", f"{DESK}/release/{{release}}/move/", as_it_comes),
    ("pam", f"{DESK}/release/{{release}}/add_pieces/", as_it_comes),
    ("tess", "/admin/", as_it_comes),
    ("tess", f"{DESK}/job/", as_it_comes),
    ("tess", f"{DESK}/access/", as_it_comes),
    ("tess", "/admin/auth/user/", as_it_comes),
    ("tess", "/admin/auth/user/invite/", as_it_comes),
    ("nobody", "/admin/password_reset/", as_it_comes),
    ("nobody", "/admin/password_reset/done/", as_it_comes),
    ("nobody", "/admin/reset/x/y/", as_it_comes),
    ("nobody", "/admin/reset/{reset}/", as_it_comes),
    ("nobody", "/preview/{token}/", nothing_said),
    ("nobody", "/", as_it_comes),
    ("nobody", "/topics/robots/", as_it_comes),
]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_stands_in_anybodys_way(
    new_page: Callable[[], Page], live_server: LiveServer, width: int, scheme: Any
) -> None:
    places = furnish(timezone.now())
    pages: dict[str, Page] = {}
    found = {}
    for number, (who, address, do) in enumerate(SCREENS):
        if who not in pages:
            pages[who] = (
                new_page() if who == "nobody" else logged_in(new_page(), live_server.url, who)
            )
            pages[who].set_viewport_size({"width": width, "height": 900})
            pages[who].emulate_media(color_scheme=scheme)
        page = pages[who]
        answer = page.goto(live_server.url + address.format(**places))
        assert answer is not None
        assert answer.ok, address
        do(page)
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{number:02}-{width}.png", full_page=True)
        if wrong := faults(page, width):
            found[address] = wrong
    assert found == {}


def faults(page: Page, width: int) -> list[Any]:
    violations = Axe().run(page, options=QUICKLY).response["violations"]
    wrong = [
        (one["id"], one["nodes"][0]["html"])
        for one in violations
        if one["impact"] in {"serious", "critical"}
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*wrong, *([f"{wide}px wide"] if wide > width else [])]
