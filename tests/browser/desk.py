"""The ways into the desk, for all browser tests."""

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page


def log_in(page: Page, base: str, name: str) -> Page:
    """By the form; people of tests have their name as password."""
    page.goto(f"{base}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Log in").click()
    return page


def logged_in(page: Page, base: str, name: str) -> Page:
    """Somebody who came in before the test began: the browser has the cookie, and no page yet."""
    client, key = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(User.objects.get(username=name))
    cookie = {"name": key, "value": client.cookies[key].value, "url": base}
    page.context.add_cookies([cookie | {"httpOnly": True, "sameSite": "Lax"}])
    return page
