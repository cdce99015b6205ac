"""Chromium, driven on the system's own installation."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

# Said by Chromium itself, and no fault of a page: one asks which of two texts stands; and somebody
# was in a field sooner than the page had put them there.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 409 (Conflict)",
    "Autofocus processing was blocked because a document already has a focused element.",
)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, so Django would refuse the ORM here.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """new_page() is a page of a fresh profile; anything that a console says is an error."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.text not in EXPECTED:
            said.append(f"{message.type}: {message.text}")

    def open_page() -> Page:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.on("console", listen)
        opened.append(page)
        return page

    opened: list[Page] = []
    yield open_page
    for page in opened:
        page.context.close()
    assert said == []


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """The page of a test with one person."""
    return new_page()
