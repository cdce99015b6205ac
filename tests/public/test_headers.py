"""Headers: what browsers may do with a page, and what caches may keep."""

import base64
import hashlib
import re
from wsgiref.headers import Headers

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from newsroom.static_headers import static_headers
from trends.headers import csp_nonce, security_headers
from trends.models import Article
from trends.public import policy, styles

PAGES = [
    "/", "/trends/", "/topics/harbours/", "/authors/nora-vale/", "/archive/",
    f"/archive/{timezone.localdate():%Y/%m}/", "/corrections/", "/about/", "/about/ownership/",
]  # fmt: skip
DOCUMENTS = ["/feeds/trends.rss", "/feeds/trends.json", "/sitemap.xml", "/robots.txt", "/llms.txt"]
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
def test_a_page_may_run_nothing_and_use_its_own_sheets(
    client: Client, piece: Article, path: str
) -> None:
    response = client.get(path)
    said = response["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'none'", "frame-ancestors 'none'"):
        assert rule in said
    assert "unsafe" not in said
    sheets = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in sheets]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert f"style-src {hashes};" in said
    assert sum(len(sheet.encode()) for sheet in sheets) <= styles.LIMIT


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

    route = "admin/trends/"


def test_static_files_and_pictures_are_kept_for_a_year() -> None:
    for said, told in (("max-age=315360000, public, immutable", policy.FOR_EVER), ("x", "x")):
        headers = Headers([("Cache-Control", said)])
        static_headers(headers, "icon.0123456789ab.svg", "/static/icon.0123456789ab.svg")
        assert headers["Cache-Control"] == told


def test_an_icon_is_where_programs_look_for_it(client: Client, db: None) -> None:
    response = client.get("/favicon.ico", follow=True)
    response.close()
    assert (response.status_code, len(response.redirect_chain)) == (200, 1)


def test_what_says_nothing_of_caches_is_kept_by_none() -> None:
    response = security_headers(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert response.headers["Cache-Control"] == "no-store"
