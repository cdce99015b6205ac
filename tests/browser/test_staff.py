"""Accounts in a real browser: from the invitation to the desk."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.desk import logged_in
from tests.people import person, role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "two ferries and a crane"


@pytest.fixture
def tess(db: None) -> User:
    role("Editor")
    user = person("tess")
    user.groups.add(role("Administrator"))
    return user


def test_from_the_invitation_to_the_desk(
    page: Page, new_page: Any, live_server: Any, tess: User, settings: Any
) -> None:
    settings.NEWSROOM_BASE_URL = live_server.url
    logged_in(page, live_server.url, "tess")
    page.goto(f"{live_server.url}/admin/auth/user/")
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("Name").fill("Ida Holm")
    page.get_by_label("Mail address").fill("ida@example.org")
    page.get_by_label("Role").select_option(label="Editor")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("Ida Holm gets a mail at ida@example.org")).to_be_visible()
    call_command("work", once=True, verbosity=0)
    (message,) = mail.outbox
    link = re.search(r"http\S+/admin/reset/\S+", message.body)
    assert link
    ida = new_page()
    ida.goto(link[0])
    ida.get_by_label("New password:").fill(NEW)
    ida.get_by_label(re.compile("confirm", re.IGNORECASE)).fill(NEW)
    ida.get_by_role("button", name="Set the password").click()
    ida.get_by_role("link", name="Log in").click()
    ida.get_by_label("Username").fill("ida")
    ida.get_by_label("Password").fill(NEW)
    ida.get_by_role("button", name="Log in").click()
    expect(ida.get_by_role("link", name="Trends", exact=True).first).to_be_visible()
