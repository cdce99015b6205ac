"""The newsroom around a piece: Wes asks Ada, Ada asks somebody outside, Pam decides."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from newsroom.mail import mailer
from tests.browser.desk import logged_in
from tests.people import person
from tests.workflow.conftest import READY
from tests.workflow.releases import NAMES, ready
from trends.compat import mail_settings
from trends.models import Article
from trends.models.making import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDFIRST = "Norlake builds a second pump house, and the town pays for half of it."
# Not far ahead: sessions of today still hold then.
NOON = (datetime.now(UTC) + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def at_desk(new_page: Callable[[], Page], live_server: LiveServer) -> Callable[[str], Page]:
    """at_desk(name) is the browser of that person, who came in before."""
    return lambda name: logged_in(new_page(), live_server.url, name)


@pytest.fixture
def mails(settings: Any, tmp_path: Path, live_server: LiveServer) -> Callable[[], list[Any]]:
    """mails() lets the worker do what waits, and reads what it has written to the folder."""
    settings.NEWSROOM_BASE_URL, settings.SENDS_MAIL = live_server.url, True
    for name, value in mail_settings(mailer(tmp_path.as_uri())).items():
        setattr(settings, name, value)

    def work() -> list[EmailMessage]:
        call_command("work", once=True, verbosity=0)
        return [read(file) for file in tmp_path.iterdir()]

    return work


def read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)  # type: ignore[arg-type]


@pytest.fixture
def article() -> Article:
    """What Wes has begun; Ada can be reached by mail."""
    User.objects.filter(pk=person("ada").pk).update(email="ada@example.org")
    person("pam")
    author = make_author("Wes Quill", bio="Writes about water.")
    return make_article("A second pump house", by=person("wes"), author=[author], **READY)


def test_from_a_mention_to_publication(
    at_desk: Callable[[str], Page], new_page: Callable[[], Page], article: Article,
    live_server: LiveServer, mails: Callable[[], list[EmailMessage]],
) -> None:  # fmt: skip
    form = f"{live_server.url}/admin/trends/article/{article.pk}/change/"
    wes = at_desk("wes")
    wes.goto(form)
    mention(wes, "Who counted the votes, @ada?")
    expect(wes.locator("#id_standfirst")).to_have_value(STANDFIRST)
    wes.keyboard.press("Control+s")
    expect(wes.locator(".messagelist")).to_contain_text("successfully")

    [sent] = mails()
    assert sent["To"] == "ada@example.org"
    assert "Who counted the votes, @ada?" in sent.get_content()
    [link] = re.findall(r"http\S+/notes/\S+", sent.get_content())
    ada = at_desk("ada")
    ada.goto(link)
    expect(ada.get_by_text("Who counted the votes,")).to_be_visible()
    ada.goto(form)
    expect(ada.locator("#section-evidence a[data-notes]")).to_have_text("Notes on Evidence (1)")

    ada.get_by_role("link", name="Shared links").click()
    shared = make_link(ada, "Dr Hale")
    reviewer = new_page()
    reviewer.goto(shared)
    expect(reviewer.locator(".standfirst")).to_have_text(STANDFIRST)
    advise(reviewer, "It is the town's third.")
    assert reviewer.context.cookies() == []
    ada.goto(ada.url)
    expect(ada.locator(".advice")).to_contain_text("It is the town's third.")

    pam = at_desk("pam")
    pam.goto(form.replace("/change/", "/publish_now/"))
    assert reviewer.request.get(shared).status == 200
    pam.get_by_role("button", name=re.compile("^Publish now")).click()
    expect(pam.locator(".messagelist")).to_be_visible()
    assert reviewer.request.get(shared).status == 404
    assert STANDFIRST in page_at(reviewer, f"{live_server.url}/trends/{article.slug}/")


def mention(page: Page, words: str) -> None:
    """In a note on Evidence, while the standfirst is typed and not saved."""
    page.locator("#id_standfirst").fill(STANDFIRST)
    page.locator("#section-evidence a[data-notes]").click()
    dialog = page.get_by_role("dialog", name="Notes")
    dialog.get_by_role("textbox", name="Note:").fill(words)
    dialog.get_by_role("button", name="Add note").click()
    expect(dialog.get_by_role("status")).to_contain_text("Ada has been told.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def make_link(page: Page, label: str) -> str:
    page.get_by_label("For whom").fill(label)
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Address of the link").input_value()


def advise(page: Page, words: str) -> None:
    page.get_by_label("Your name").fill("Maud Hale")
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you.")


def page_at(page: Page, address: str) -> str:
    answer = page.request.get(address)
    assert answer.status == 200
    return answer.text()


def test_five_pieces_at_the_same_second_and_one_leads(
    at_desk: Callable[[str], Page], page: Page, live_server: LiveServer
) -> None:
    pam = person("pam")
    person("ada")
    for name in NAMES:
        ready(name, pam)
    base = live_server.url
    plan_all(at_desk("pam"), base)

    with time_machine.travel(NOON - timedelta(microseconds=1), tick=False):
        assert not any(name in page_at(page, f"{base}/trends/") for name in NAMES)
    with time_machine.travel(NOON, tick=False):
        assert all(name in page_at(page, f"{base}/trends/") for name in NAMES)
    with time_machine.travel(NOON, tick=True):
        page.goto(base)
        before = page.locator(".lead h2").inner_text()
        chosen = next(name for name in NAMES if name != before)
        ada = at_desk("ada")
        pin_as_lead(ada, base, chosen)
        page.reload()
        expect(page.locator(".lead h2")).to_have_text(chosen)
        ada.get_by_role("button", name=f"Unpin {chosen}").click()
        expect(ada.get_by_text(f"“{chosen}” is unpinned")).to_be_visible()
        page.reload()
        expect(page.locator(".lead h2")).to_have_text(before)


def plan_all(page: Page, base: str) -> None:
    page.goto(f"{base}/admin/trends/release/add/?blank=1")
    page.get_by_label("Name").fill("Harbour day")
    page.get_by_label("Live from").fill(f"{NOON:%Y-%m-%dT%H:%M}")
    page.get_by_label("Pieces").select_option(list(NAMES))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Plan all of it").click()
    expect(page.get_by_text("All of it is planned.")).to_be_visible()


def pin_as_lead(page: Page, base: str, title: str) -> None:
    page.goto(f"{base}/admin/trends/article/")
    page.get_by_role("row", name=re.compile(title)).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label="Pin to…")
    page.get_by_role("button", name=re.compile("Go|Run")).first.click()
    expect(page.get_by_label(f"“{title}” as")).to_have_value("0")
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_text(f"“{title}” is pinned: Front page, Lead")).to_be_visible()
