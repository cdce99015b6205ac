"""Compression, ETag and 304."""

import gzip

import brotli  # type: ignore[import-untyped]
import pytest
from django.test import Client

from trends.models import Article, Image
from trends.public.delivery import best

from .conftest import make_picture

PATHS = ["/", "/trends/", "/archive/", "/feeds/trends.rss", "/sitemap.xml"]


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_page_is_not_sent_again(client: Client, piece: Article, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    lengths = {"Content-Length", "Content-Type"}
    assert again.headers == {n: v for n, v in first.headers.items() if n not in lengths}
    assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


def test_what_is_unchanged_keeps_all_its_headers(client: Client, full: Article) -> None:
    """Browsers put them in the place of those that they kept: of a page with a sheet of its own
    for the picture that is still to come, the policy must go on naming it."""
    Image.objects.update(
        renditions=make_picture().renditions | {"placeholder": "data:image/webp;base64,AAAA"}
    )
    path = f"/trends/{full.slug}/"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "img-src 'self' data:" in again["Content-Security-Policy"]
    of_the_body = {"Content-Type", "Content-Length"}
    assert dict(again.headers) == {n: v for n, v in first.headers.items() if n not in of_the_body}


def test_a_changed_page_is(client: Client, piece: Article) -> None:
    etag = client.get("/")["ETag"]
    piece.retract(by=None, notice="It was not so.")
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_each_encoding_has_a_strong_tag_of_its_own(
    client: Client, piece: Article, path: str
) -> None:
    plain = client.get(path)
    packed = {
        coding: client.get(path, headers={"Accept-Encoding": coding}) for coding in ("br", "gzip")
    }
    assert brotli.decompress(packed["br"].content) == plain.content
    assert gzip.decompress(packed["gzip"].content) == plain.content
    tags = {response["ETag"] for response in (plain, *packed.values())}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)
    for coding, response in packed.items():
        assert response["Content-Encoding"] == coding
        assert response["Content-Length"] == str(len(response.content))
        headers = {"Accept-Encoding": coding, "If-None-Match": response["ETag"]}
        assert client.get(path, headers=headers).status_code == 304


def test_the_same_page_is_the_same_bytes(client: Client, piece: Article) -> None:
    for coding in ("br", "gzip"):
        headers = {"Accept-Encoding": coding}
        assert client.get("/", headers=headers).content == client.get("/", headers=headers).content


@pytest.mark.parametrize("path", [*PATHS, "/unknown/", "/about"])
def test_head_is_get_without_the_body(client: Client, piece: Article, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.content == b""
    assert (head.status_code, head.headers) == (get.status_code, get.headers)


def test_what_could_be_packed_says_so(client: Client, piece: Article) -> None:
    for path in (*PATHS, "/unknown/", "/robots.txt"):
        assert client.get(path)["Vary"] == "Accept-Encoding"


def test_a_short_answer_stays_as_it_is(client: Client, db: None) -> None:
    response = client.get("/robots.txt", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=1.0", "br"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("gzip;q=x, ;;, br;q=..", ""),
    ],
)
def test_the_reader_chooses_the_coding(accepted: str, coding: str) -> None:
    assert best(accepted) == coding
