"""sitemap.xml and robots.txt."""

from datetime import datetime
from xml.etree import ElementTree

from django.contrib.auth.models import User
from django.test import Client

from trends.models import Article
from trends.models.making import make_article

from .conftest import READY

SPACE = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}
SITE = "http://127.0.0.1:8000"


def entries(client: Client) -> dict[str, ElementTree.Element]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    found = ElementTree.fromstring(response.content).findall("s:url", SPACE)
    return {str(entry.findtext("s:loc", "", SPACE)).removeprefix(SITE): entry for entry in found}


def test_it_names_every_page_once(client: Client, piece: Article, pam: User) -> None:
    make_article("A draft", by=pam, **READY)
    assert list(entries(client)) == [
        "/", "/trends/", "/topics/", "/corrections/", "/about/",
        "/topics/harbours/", "/authors/nora-vale/", f"/trends/{piece.slug}/",
    ]  # fmt: skip


def test_only_the_address_in_force_is_named(client: Client, piece: Article, pam: User) -> None:
    first = piece.slug
    piece.slug = "second"
    piece.save()
    piece.publish(by=pam)
    assert "/trends/second/" in entries(client)
    assert f"/trends/{first}/" not in entries(client)


def test_a_change_that_matters_moves_the_date(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text="It is the second.")
    edition = piece.edition_in_force()
    assert edition is not None
    assert edition.public_updated_at is not None
    changed = edition.public_updated_at.replace(microsecond=0)
    for path in ("/", "/topics/harbours/", "/authors/nora-vale/", f"/trends/{piece.slug}/"):
        written = entries(client)[path].findtext("s:lastmod", "", SPACE)
        assert datetime.fromisoformat(written) == changed


def test_a_hero_is_named_by_its_address_alone(client: Client, full: Article) -> None:
    (image,) = entries(client)[f"/trends/{full.slug}/"].findall("image:image", SPACE)
    assert [child.tag for child in image] == [f"{{{SPACE['image']}}}loc"]
    assert image.findtext("image:loc", "", SPACE).startswith(f"{SITE}/media/")


def test_robots_txt_has_four_kinds_of_lines_only(client: Client, db: None) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert {line.partition(":")[0] for line in lines} == {
        "User-agent",
        "Allow",
        "Disallow",
        "Sitemap",
    }
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
