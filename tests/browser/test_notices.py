"""Notices and jobs in a browser: by keyboard, and a job that failed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.desk import logged_in
from tests.people import person, role
from trends.models import Article, Assignment, Job, Notice
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Offshoreaccountingirregularitieswithoutanybreak and a ferry that never came back to port"


@pytest.fixture
def ferry(wes: User, ada: User) -> Article:
    """Wes is told three things about it."""
    User.objects.filter(pk=wes.pk).update(email="wes@example.org")
    piece = make_article(LONG, by=wes, lede="So.")
    Assignment.objects.put(piece, "context", by=ada, owner=wes, now=timezone.now())
    piece.submit(by=wes)
    piece.return_to_writer(by=ada, note="Who said 420?\nPlease name the source in Evidence.")
    Notice.objects.filter(kind="assignment").update(read_at=timezone.now())
    return piece


def test_reading_what_is_new_by_keyboard(
    page: Page, live_server: Any, wes: User, ferry: Article
) -> None:
    logged_in(page, live_server.url, "wes")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Notices 1").focus()
    page.keyboard.press("Enter")
    page.get_by_label("once a day, at seven").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Mail: once a day, at seven.")).to_be_visible()
    page.get_by_role("button", name="Ada returned", exact=False).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Title")).to_have_value(LONG)
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()


def test_a_failed_job_is_tried_again_and_removed(page: Page, live_server: Any, db: None) -> None:
    person("tess").groups.add(role("Administrator"))
    now = timezone.now()
    Job.objects.create(kind="test", key="7", run_at=now, given_up_at=now, error="OSError: no")
    logged_in(page, live_server.url, "tess")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Jobs").click()
    page.get_by_role("button", name="Try now: test 7").click()
    expect(page.get_by_text("test 7: it is tried again in a moment.")).to_be_visible()
    page.get_by_role("button", name="Remove: test 7").click()
    expect(page.get_by_text("test 7 is off the list")).to_be_visible()
    assert not Job.objects.filter(kind="test").exists()
