"""Four people and a piece: Wes writes, Ada edits, Pam publishes, Otto has no business here."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import log_in
from tests.browser.test_desk import box
from tests.people import person
from trends.models import Article
from trends.models.making import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Not far ahead: sessions of today still hold then.
NOON = (datetime.now(UTC) + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
LIVE_FROM = NOON + timedelta(hours=2)


class Newsroom:
    """The four in browsers of their own, before one piece of Wes."""

    def __init__(self, server: str, new_page: Callable[[], Page]) -> None:
        self.server = server
        self.users = {name: person(name) for name in ("wes", "ada", "pam", "otto")}
        self.wes, self.ada, self.pam, self.otto = (
            log_in(new_page(), server, name) for name in self.users
        )
        self.reader = new_page()

    def desk(self, page: Page, path: str = "change") -> Page:
        page.goto(f"{self.server}/admin/trends/article/{Article.objects.get().pk}/{path}/")
        return page

    def page_of(self, article: Article) -> int:
        answer = self.reader.request.get(f"{self.server}/trends/{article.slug}/")
        self.text = answer.text()  # of the page asked last
        return answer.status


@pytest.fixture
def newsroom(live_server: LiveServer, new_page: Callable[[], Page]) -> Newsroom:
    return Newsroom(live_server.url, new_page)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("successfully")


def step(page: Page, name: str) -> Locator:
    """Open the page of a step by its button."""
    page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def write_in(page: Page, editor: str, words: str) -> None:
    box(page, editor).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def draft(newsroom: Newsroom) -> Article:
    """What Wes has begun, with all that a piece needs to go out."""
    author = make_author("Wes Quill", bio="Writes about heat.")
    return make_article(
        "The ferry runs on waste heat", author=[author], by=newsroom.users["wes"],
        standfirst="Norlake's ferry has made its first ten trips on heat from a smelter.",
        lede="The ferry made 10 trips on waste heat.",
        evidence=[{"claim": "Ten trips were made", "url": "https://harbour.example/trips"}],
    )  # fmt: skip


def say(page: Page, verb: str, **fields: str) -> None:
    """Take a step by its page, as people find it: from the bar of the piece."""
    button = step(page, verb)
    for label, words in fields.items():
        page.get_by_label(label.replace("_", " ")).first.fill(words)
    button.click()
    expect(page.locator(".messagelist")).to_be_visible()


def test_from_draft_to_readers(newsroom: Newsroom) -> None:
    with time_machine.travel(NOON, tick=True):
        article = draft(newsroom)
        say(newsroom.desk(newsroom.wes), "Submit")
        say(newsroom.desk(newsroom.ada), "Return", Reason="Say where the heat is from.")
        wes = newsroom.desk(newsroom.wes)
        wes.get_by_role("link", name="History").click()
        expect(wes.get_by_role("main")).to_contain_text("Say where the heat is from.")
        newsroom.desk(wes)
        write_in(wes, "Context", "The smelter stands 2 km away.")
        save(wes)
        say(newsroom.desk(wes), "Submit")
        say(newsroom.desk(newsroom.ada), "Approve")
        say(newsroom.desk(newsroom.pam), "Schedule", Live_from=f"{LIVE_FROM:%Y-%m-%dT%H:%M}")
    assert_begins_at(newsroom, article)


def assert_begins_at(newsroom: Newsroom, article: Article) -> None:
    with time_machine.travel(LIVE_FROM - timedelta(seconds=1), tick=False):
        assert newsroom.page_of(article) == 404
    with time_machine.travel(LIVE_FROM, tick=False):
        assert newsroom.page_of(article) == 200
    assert "2 km away" in newsroom.text


def test_two_at_once_and_neither_loses_a_word(newsroom: Newsroom) -> None:
    article = draft(newsroom)
    ada, wes = newsroom.desk(newsroom.ada), newsroom.desk(newsroom.wes)
    ada.get_by_label("Claim").first.fill("Eleven trips were made")
    write_in(wes, "Context", "The smelter stands 2 km away.")
    save(ada)
    save(wes)
    article.refresh_from_db()
    assert "2 km away" in article.context
    assert article.evidence.get().claim == "Eleven trips were made"


def test_one_figure_is_corrected_and_a_half_written_analysis_stays(newsroom: Newsroom) -> None:
    article = draft(newsroom)
    article.publish_now(by=newsroom.users["pam"])
    wes = newsroom.desk(newsroom.wes)
    write_in(wes, "Analysis", "This half sentence is not")
    save(wes)
    pam = newsroom.desk(newsroom.pam)
    box(pam, "Headline").click()
    pam.keyboard.press("Control+a")
    pam.keyboard.type("The ferry made 11 trips on waste heat.")
    save(pam)
    button = step(pam, "Publish now")
    expect(pam.get_by_role("checkbox", name=re.compile("^Headline"))).to_be_checked()
    expect(pam.get_by_role("checkbox", name=re.compile("^Analysis"))).not_to_be_checked()
    pam.get_by_role("radio", name=re.compile("^Correction", re.IGNORECASE)).check()
    pam.get_by_label("What readers are told").fill("We said 10 trips; it was 11.")
    button.click()
    expect(pam.locator(".messagelist")).to_be_visible()
    assert newsroom.page_of(article) == 200
    assert "11 trips" in newsroom.text
    assert "We said 10 trips; it was 11." in newsroom.text
    assert "half sentence" not in newsroom.text
    article.refresh_from_db()
    assert "half sentence" in article.analysis


def test_otto_gets_nowhere(newsroom: Newsroom) -> None:
    article = draft(newsroom)
    for path in ("change", "history", "preview", "publish_now"):
        url = f"{newsroom.server}/admin/trends/article/{article.pk}/{path}/"
        assert newsroom.otto.request.get(url).status == 403
    for path in ("", "queue/", "health/"):
        url = f"{newsroom.server}/admin/trends/article/{path}"
        assert newsroom.otto.request.get(url).status == 403
