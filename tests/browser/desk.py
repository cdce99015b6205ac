"""The way into the desk, for all browser tests."""

from playwright.sync_api import Page


def log_in(page: Page, base: str, name: str) -> Page:
    """By the form; people of tests have their name as password."""
    page.goto(f"{base}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Log in").click()
    return page
