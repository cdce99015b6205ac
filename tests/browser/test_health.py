"""Site health, names to resolve and merging in a real browser: accessible, and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.people import person
from trends.models import Article, Assignment
from trends.models.making import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."
PAGES = [
    "article/health/",
    "article/health/?rule=context-pending",
    "article/health/?rule=author-pending",
    "author/unresolved/",
    "author/{lee}/merge/",
    "author/",
]


@pytest.fixture
def ada_looks(page: Page, live_server: LiveServer) -> Page:
    person("wes")
    person("ada")
    lee = make_author("A. Lee", unresolved=True)
    make_author("Ann Lee", bio="Writes.")
    make_article("By a name that an import found", author=[lee])
    for n in range(3):
        make_article(f"Live piece {n}", standfirst=STANDFIRST, lede="So.", publish=True)
    return logged_in(page, live_server.url, "ada")


def open_page(page: Page, base: str, place: str) -> None:
    author = make_author("B. Ek", unresolved=True) if "{lee}" in place else None
    page.goto(f"{base}/admin/trends/{place.format(lee=author.pk if author else '')}")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("place", PAGES)
def test_nothing_stands_in_anybodys_way(
    ada_looks: Page, live_server: LiveServer, place: str, width: int
) -> None:
    page = ada_looks
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, live_server.url, place)
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_section_is_given_to_somebody(ada_looks: Page, live_server: LiveServer) -> None:
    page = ada_looks
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Site health").click()
    page.get_by_role("link", name="Context is pending").click()
    page.get_by_label("Live piece 1").check()
    page.get_by_label("Who").select_option("Wes")
    page.get_by_role("button", name="Assign the section").click()
    expect(page.locator(".messagelist")).to_contain_text("Wes has Context of 1 piece to do.")
    assert Assignment.objects.get().article.title == "Live piece 1"


def test_an_author_is_asked_for(ada_looks: Page, live_server: LiveServer) -> None:
    page = ada_looks
    open_page(page, live_server.url, "article/health/?rule=author-pending")
    page.get_by_label("Live piece 1").check()
    page.get_by_role("button", name="Assign author…").click()
    expect(page.get_by_role("heading", name="Assign author")).to_be_visible()
    expect(page.locator(".pieces")).to_contain_text("Live piece 1")
    expect(page.locator(".pieces")).not_to_contain_text("Live piece 0")


def test_a_name_is_resolved_with_one_click(ada_looks: Page, live_server: LiveServer) -> None:
    page = ada_looks
    open_page(page, live_server.url, "author/")
    page.get_by_role("link", name="Names to resolve (1)").click()
    page.get_by_role("button", name="It is Ann Lee").click()
    expect(page.locator(".messagelist")).to_contain_text("“A. Lee” is merged into “Ann Lee”")
    article = Article.objects.get(title="By a name that an import found")
    assert [byline.author.name for byline in article.bylines.all()] == ["Ann Lee"]
