"""Headers: what browsers may do with a page, and what caches may keep."""

import base64
import hashlib
import re

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from trends.headers import csp_nonce, security_headers
from trends.models import Article

PAGES = ["/", "/trends/", "/topics/harbours/", "/authors/nora-vale/", "/corrections/", "/about/"]
DOCUMENTS = ["/feeds/trends.rss", "/sitemap.xml", "/robots.txt"]
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("path", [*PAGES, *DOCUMENTS, "/unknown/", "/about", "/admin/login/"])
def test_no_answer_goes_without_them(client: Client, piece: Article, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src" in headers["Content-Security-Policy"]
    assert "Cross-Origin-Resource-Policy" in headers


@pytest.mark.parametrize("path", [*PAGES, "/unknown/", "/trends/?q=%00"])
def test_a_page_may_run_nothing_and_use_its_own_sheet(
    client: Client, piece: Article, path: str
) -> None:
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    (sheet,) = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy


def test_pages_hold_nothing_that_the_policy_forbids(client: Client, full: Article) -> None:
    for path in (*PAGES, f"/trends/{full.slug}/"):
        page = client.get(path).text
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", page)
        assert set(re.findall(r"<script[^>]*>", page)) <= {'<script type="application/ld+json">'}


@pytest.mark.parametrize("path", [*PAGES, *DOCUMENTS, "/unknown/", "/about"])
def test_readers_get_no_cookie_whoever_they_are(
    client: Client, piece: Article, pam: User, path: str
) -> None:
    anonymous = client.get(path)
    client.force_login(pam)
    known = client.get(path)
    assert known.content == anonymous.content
    for response in (anonymous, known):
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_feeds_may_be_read_by_other_sites_and_pages_not(client: Client, piece: Article) -> None:
    for path in DOCUMENTS:
        assert client.get(path)["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/")["Cross-Origin-Resource-Policy"] == "same-origin"


def test_readers_only_read(client: Client, piece: Article) -> None:
    for path in (*PAGES, *DOCUMENTS, f"/trends/{piece.slug}/", "/unknown/", "/media/x.jpg"):
        assert client.post(path).status_code == 405


class TestDesk:
    def test_nothing_of_it_is_kept(self, client: Client, pam: User) -> None:
        assert "no-store" in client.get("/admin/login/")["Cache-Control"]
        client.force_login(pam)
        for path in ("/admin/", "/admin/trends/article/", "/admin/jsi18n/"):
            assert "no-store" in client.get(path)["Cache-Control"]

    def test_each_request_has_its_own_nonce(self, client: Client, db: None) -> None:
        seen = {client.get("/admin/login/")["Content-Security-Policy"] for _ in range(3)}
        assert len(seen) == 3
        assert all("script-src 'self' 'nonce-" in policy for policy in seen)
        assert not any("unsafe" in policy for policy in seen)

    def test_templates_get_the_nonce_of_the_header(self) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            request.resolver_match = Desk()  # type: ignore[assignment]
            return HttpResponse(f"{csp_nonce(request)['csp_nonce']}")

        response = security_headers(view)(RequestFactory().get("/"))
        assert isinstance(response, HttpResponse)
        assert f"'nonce-{response.text}'" in response["Content-Security-Policy"]


class Desk:
    """What Django knows of a request to the admin."""

    app_names = ("admin",)


def test_what_says_nothing_of_caches_is_kept_by_none() -> None:
    response = security_headers(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert response.headers["Cache-Control"] == "no-store"
