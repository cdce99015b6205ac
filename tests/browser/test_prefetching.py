"""What a browser makes of /speculation-rules.json: a wrong pattern would be no error anywhere."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.people import person
from trends.models import Topic
from trends.models.making import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = {"standfirst": "The harbour gets a second pump house.", "lede": "So it is."}


def test_a_page_is_fetched_before_its_link_is_followed(page: Page, live_server: LiveServer) -> None:
    harbours = Topic.objects.create(name="Harbours", slug="harbours")
    nora = make_author("Nora Vale")
    pam = person("pam")
    for name in ("One", "Two"):
        make_article(name, by=pam, publish=True, topic=harbours, author=[nora], **TEXT)
    chrome, may, ready = page.context.new_cdp_session(page), set[str](), set[str]()

    def may_be_fetched(told: Any) -> None:
        for source in told["preloadingAttemptSources"]:
            url = urlsplit(source["key"]["url"])
            may.add(f"{url.path}?{url.query}" if url.query else url.path)

    def fetched(told: Any) -> None:
        if told["status"] == "Ready":
            ready.add(urlsplit(told["prefetchUrl"]).path)

    chrome.on("Preload.preloadingAttemptSourcesUpdated", may_be_fetched)
    chrome.on("Preload.prefetchStatusUpdated", fetched)
    chrome.send("Preload.enable")
    page.goto(f"{live_server.url}/trends/?topic=harbours")
    page.locator("main a[href='/trends/one/']").hover()
    for _ in range(100):
        if ready:
            break
        page.wait_for_timeout(100)
    assert ready == {"/trends/one/"}
    assert may == {"/", "/trends/one/", "/trends/two/", "/topics/harbours/"}
