"""Readers know before they choose what is opinion and what is paid for."""

import re
from xml.etree.ElementTree import fromstring

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.public.conftest import READY
from trends.models import Article
from trends.models.making import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/trends/"])
@pytest.mark.parametrize(
    ("kind", "label"), [("sponsored", "Sponsored"), ("opinion", "Opinion"), ("analysis", "")]
)
def test_lists_label_the_kind(client: Client, pam: User, path: str, kind: str, label: str) -> None:
    sponsor = "Nordhaven Port" if kind == "sponsored" else ""
    make_article("A pump house", by=pam, publish=True, kind=kind, sponsor=sponsor, **READY)
    body = client.get(path).text
    assert ("<b>" in body) == bool(label)
    assert f"<b>{label}</b>" in body or not label


@pytest.mark.parametrize(
    ("kind", "label"), [("sponsored", "Sponsored"), ("opinion", "Opinion"), ("analysis", "")]
)
def test_feeds_label_it_too(client: Client, pam: User, kind: str, label: str) -> None:
    """In the title and as a category of what is opinion or paid for; interests come first."""
    is_paid = kind == "sponsored"
    said = {"sponsor": "Nordhaven <Port>" if is_paid else "", "disclosure": "We hold shares."}
    make_article("A pump house", by=pam, publish=True, kind=kind, **said, **READY)
    (item,) = fromstring(client.get("/feeds/trends.rss").content).iter("item")
    assert item.findtext("title") == (f"{label}: A pump house" if label else "A pump house")
    assert [category.text for category in item.iter("category")] == [label] * bool(label)
    content = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    assert re.findall("<strong>(.*?)</strong>", content) == [
        *["Paid for by"] * is_paid, "Disclosure:",
    ]  # fmt: skip
    assert ("Nordhaven &lt;Port&gt;" in content) == is_paid


@pytest.mark.parametrize("path", ["/", "/trends/", "/topics/harbours/", "/authors/nora-vale/"])
def test_a_shared_list_has_a_picture(client: Client, full: Article, path: str) -> None:
    page = client.get(path).text
    assert '<meta property="og:image" content="http://127.0.0.1:8000/media/' in page
    heading = {"/": "Newsroom", "/trends/": "Trends"}
    name = heading.get(path) or ("Harbours" if "topics" in path else "Nora Vale")
    assert f'<meta property="og:title" content="{name}">' in page
