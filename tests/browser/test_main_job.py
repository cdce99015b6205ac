"""The main job: a page is imported, gets an author, is published, and readers see it."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import log_in
from tests.corpus import CORPUS, needs_corpus
from tests.people import person
from trends.models import Article
from trends.models.making import make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = """Trends

A pump house for the harbour, and a bill for the town

What happened:The council has voted for a second pump house. It will stand beside the fir…

Headline

What happened:The council has voted for a second pump house. It will stand besid…

Context

The council has voted for a second pump house. It will stand beside the first one. \
Work begins in the spring.

Evidence

Pending intelligence enrichment.

Analysis

Two storms flooded the market. Also Read: Why the old pumps failed twice \
Also Read: What mattered in the north: 7 March, 2026 \
This second house could halve the risk.

Key Points

  • The harbour gets a second pump house before the winter storms.
  • The town pays one half of it and the port the other half.

Actions

Pending intelligence enrichment.

Author

Editorial author not yet assigned.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "trend-page.txt"
    path.write_text(OWN)
    return path


def assign(page: Page, base: str, author: str) -> None:
    """By the bulk action of the list."""
    page.goto(f"{base}/admin/trends/article/")
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_label("Action:").select_option(label="Assign author…")
    page.get_by_role("button", name=re.compile("^(Go|Run)$")).click()  # Django 5.2, 6.1
    page.locator("[role=combobox][aria-label=Author]").click()
    page.get_by_role("searchbox").fill(author[:4])
    page.get_by_role("option", name=author).click()
    page.get_by_role("button", name="Assign author").click()


def publish(page: Page, article: Article) -> None:
    page.get_by_role("link", name=article.title).click()
    page.get_by_role("link", name="Publish now").click()
    page.get_by_role("button", name="Publish now").click()


def tell(page: Page, live_server: LiveServer, source: Path) -> Article:
    """From the saved page to the reader."""
    call_command("import_trends", str(source), verbosity=0)
    person("pam")
    make_author("Ines Calder", bio="Covers harbours and what they cost.")
    article = Article.objects.get()
    assert article.pending_sections() == ["evidence", "actions", "author"]
    log_in(page, live_server.url, "pam")
    assign(page, live_server.url, "Ines Calder")
    publish(page, article)
    page.goto(f"{live_server.url}/trends/{article.slug}/")
    return article


def check_page(page: Page, article: Article) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(article.title)
    headings = page.locator("article h2").all_text_contents()
    wanted = ["Headline", "Context", "Evidence", "Analysis", "Key Points", "Actions", "Author"]
    assert [text.strip() for text in headings if text.strip() in wanted] == wanted
    text = page.locator("main").inner_text()
    assert text.count("Pending intelligence enrichment.") == 2
    assert "Editorial author not yet assigned." not in text
    assert "Ines Calder" in text
    assert not re.search(r"also read:|what happened:", text, re.IGNORECASE)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_pasted_page_reaches_readers(page: Page, live_server: LiveServer, own: Path) -> None:
    article = tell(page, live_server, own)
    check_page(page, article)
    labels = [link.label for link in article.related_links.all()]
    assert labels == ["Why the old pumps failed twice", "What mattered in the north: 7 March, 2026"]


@needs_corpus
def test_the_seed_page_reaches_readers(page: Page, live_server: LiveServer) -> None:
    article = tell(page, live_server, CORPUS / "trend-page.txt")
    check_page(page, article)
    assert "Stargate hub" in article.related_links.all()[0].label
