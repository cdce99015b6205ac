"""Files that machines look for, and what pages tell them in headers."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from trends.models import Article, SharedLink

from .conftest import MakePiece

SITE = "http://127.0.0.1:8000"
FILES = [
    "/robots.txt", "/llms.txt", "/.well-known/tdmrep.json", "/.well-known/security.txt",
    "/license.xml", "/speculation-rules.json", "/sitemap.xml", "/sitemap-news.xml",
    "/sitemaps/pages.xml",
]  # fmt: skip
RSL = "{https://rslstandard.org/rsl}"


@pytest.fixture(autouse=True)
def contact(settings: Any) -> None:
    settings.NEWSROOM_SECURITY_CONTACT = "mailto:security@example.org"


def test_they_are_the_same_twice(client: Client, piece: Article) -> None:
    for path in FILES:
        first, second = client.get(path), client.get(path)
        assert first.status_code == 200
        assert first.content == second.content


def test_robots_txt_has_four_kinds_of_lines_only(client: Client, db: None) -> None:
    assert client.get("/robots.txt").text.splitlines() == [
        "User-agent: *",
        "Allow: /",
        "Disallow: /admin/",
        "Disallow: /preview/",
        f"Sitemap: {SITE}/sitemap.xml",
        f"Sitemap: {SITE}/sitemap-news.xml",
    ]


class TestSecurity:
    def test_it_names_whom_to_tell(self, client: Client, db: None, settings: Any) -> None:
        settings.NEWSROOM_SECURITY_POLICY = "https://example.org/security"
        with time_machine.travel(datetime(2025, 3, 4, 23, 59, 59, tzinfo=UTC), tick=False):
            response = client.get("/.well-known/security.txt")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.text.splitlines() == [
            "Contact: mailto:security@example.org",
            "Expires: 2025-08-31T00:00:00Z",
            "Preferred-Languages: en",
            f"Canonical: {SITE}/.well-known/security.txt",
            "Policy: https://example.org/security",
        ]

    def test_it_stays_the_same_for_a_day(self, client: Client, db: None) -> None:
        def at(hour: int) -> bytes:
            then = datetime(2025, 3, 4, tzinfo=UTC) + timedelta(hours=hour)
            with time_machine.travel(then, tick=False):
                return client.get("/.well-known/security.txt").content

        assert at(0) == at(23) != at(24)

    def test_nobody_to_tell_no_file(self, client: Client, db: None, settings: Any) -> None:
        settings.NEWSROOM_SECURITY_CONTACT = ""
        response = client.get("/.well-known/security.txt")
        assert (response.status_code, response.content) == (404, client.get("/nowhere/").content)


class TestLlms:
    def test_it_leads_to_all_that_a_reader_needs(self, client: Client, full: Article) -> None:
        text = client.get("/llms.txt").text
        assert text.startswith("# Newsroom\n\n> Newsroom publishes trends: ")
        assert f"\n- [{full.title}]({SITE}/trends/{full.slug}.md): {full.standfirst}\n" in text
        for line in (
            f"- [Harbours]({SITE}/topics/harbours/)",
            f"- [Atom]({SITE}/feeds/trends.atom)",
        ):
            assert f"\n{line}" in text
        parts = [line for line in text.splitlines() if line.startswith("## ")]
        assert parts == [
            "## " + n for n in ("Newest trends", "Topics", "How we work", "Feeds", "Optional")
        ]

    def test_an_empty_site_has_no_empty_lists(self, client: Client, db: None) -> None:
        text = client.get("/llms.txt").text
        assert "## Newest" not in text
        assert "## Topics" not in text

    def test_what_is_written_is_read_as_it_is(self, client: Client, live: MakePiece) -> None:
        live("[A](b) *pump*\\", slug="pump", standfirst="One\n## line `and` <b>. " * 2)
        assert (
            f"- [\\[A\\](b) \\*pump\\*\\\\]({SITE}/trends/pump.md): "
            "One ## line \\`and\\` \\<b\\>. One ## line \\`and\\` \\<b\\>.\n"
        ) in client.get("/llms.txt").text


class TestPolicy:
    @pytest.mark.parametrize(
        ("chosen", "reserved", "usages"),
        [
            ("allow", 0, {"permits": "all"}),
            ("no-train", 1, {"permits": "search", "prohibits": "ai-train"}),
            ("search-only", 1, {"permits": "search", "prohibits": "ai-all"}),
        ],
    )
    def test_everything_says_the_same(
        self, client: Client, piece: Article, settings: Any, chosen: str, reserved: int, usages: Any
    ) -> None:
        settings.NEWSROOM_AI_POLICY = chosen
        for path in ("/", f"/trends/{piece.slug}/", "/feeds/trends.json", "/llms.txt"):
            response = client.get(path)
            assert response["TDM-Reservation"] == str(reserved)
            assert response["Link"] == '</license.xml>; rel="license"; type="application/rsl+xml"'
        rules = json.loads(client.get("/.well-known/tdmrep.json").content)
        assert rules == [{"location": "/", "tdm-reservation": reserved}]
        licence = client.get("/license.xml")
        assert licence["Content-Type"] == "application/rsl+xml; charset=utf-8"
        (terms,) = ElementTree.fromstring(licence.content).findall(f"{RSL}content/{RSL}license")
        assert {node.tag.removeprefix(RSL): node.text for node in terms} == usages

    def test_nothing_is_given_away_by_default(self, client: Client, db: None) -> None:
        assert client.get("/")["TDM-Reservation"] == "1"


class TestPrefetching:
    """What a browser makes of the rules: tests/browser/test_prefetching.py."""

    def test_public_pages_name_the_rules(self, client: Client, piece: Article) -> None:
        for path in ("/", f"/trends/{piece.slug}/", "/topics/harbours/", "/about/"):
            assert client.get(path)["Speculation-Rules"] == '"/speculation-rules.json"'
        rules = client.get("/speculation-rules.json")
        assert rules["Content-Type"].startswith("application/speculationrules+json")
        assert rules["Cache-Control"] == "public, max-age=86400"
        assert list(json.loads(rules.content)) == ["prefetch"]

    def test_no_other_page_does(self, client: Client, live: MakePiece, pam: User) -> None:
        article = live("A pump")
        article.title += " anew"
        article.save()
        article.record_revision(by=pam)
        _, token = SharedLink.objects.share(article, by=pam, label="Legal", hours=1)
        for path in ("/unknown/", f"/preview/{token}/", "/admin/login/", "/feeds/trends.rss"):
            assert "Speculation-Rules" not in client.get(path)
        assert "TDM-Reservation" not in client.get(f"/preview/{token}/")
