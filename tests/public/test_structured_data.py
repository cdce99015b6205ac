"""JSON-LD: right, complete, and saying what the page says."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from trends.models import Article, Edition, Image

from .conftest import MakePiece, make_picture

SITE = "http://127.0.0.1:8000"


def nodes(client: Client, path: str) -> dict[str, Any]:
    """Nodes of the page's graph by type."""
    page = client.get(path).text
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def article(client: Client, piece: Article, kind: str = "AnalysisNewsArticle") -> Any:
    return nodes(client, f"/trends/{piece.slug}/")[kind]


def test_a_full_piece(client: Client, full: Article) -> None:
    found = article(client, full)
    url = f"{SITE}/trends/{full.slug}/"
    assert (found["url"], found["mainEntityOfPage"]) == (url, url)
    assert found["headline"] == full.title
    assert found["description"] == full.standfirst
    assert (found["articleSection"], found["keywords"]) == ("Harbours", ["Harbours"])
    assert (found["inLanguage"], found["isAccessibleForFree"]) == ("en", True)
    assert found["wordCount"] == Edition.objects.get(article=full).words
    assert found["publisher"] == {"@id": f"{SITE}/#publisher"}
    assert found["backstory"] == "We asked the council twice."


def test_each_author_has_a_name_and_a_page(client: Client, full: Article) -> None:
    assert article(client, full)["author"] == [
        {"@type": "Person", "name": "Nora Vale", "url": f"{SITE}/authors/nora-vale/"},
        {"@type": "Person", "name": "Tom Reed", "url": f"{SITE}/authors/tom-reed/"},
    ]


def test_the_desk_stands_in_for_nobody(client: Client, live: MakePiece) -> None:
    desk = {"@type": "Organization", "name": "Newsroom", "url": f"{SITE}/"}
    assert article(client, live("A pump"))["author"] == [desk]


def test_the_hero_in_three_shapes(client: Client, full: Article) -> None:
    images = article(client, full)["image"]
    assert [(image["width"], image["height"]) for image in images] == [
        (1600, 900),
        (1200, 900),
        (900, 900),
    ]
    assert {image["creditText"] for image in images} == {"Ida Holm"}
    assert all(image["url"].startswith(f"{SITE}/media/") for image in images)


def test_pictures_of_the_text_follow(client: Client, live: MakePiece, picture: Image) -> None:
    """In the order in which readers come upon them; none that readers don't get."""
    first, second = make_picture(credit="Ada Lind"), make_picture(credit="Bo Falk")
    hidden = make_picture(credit="Not yet")
    figures = {i.pk: f'<figure data-picture="{i.pk}"></figure>' for i in (first, second, hidden)}
    text = f"<p>See.</p>{figures[second.pk]}{figures[hidden.pk]}{figures[first.pk]}"
    piece = live("A pump", hero=picture, context=text)
    hidden.not_before = timezone.localdate() + timedelta(days=1)
    hidden.save()
    images = article(client, piece)["image"]
    assert [image["creditText"] for image in images] == ["Ida Holm"] * 3 + ["Bo Falk", "Ada Lind"]
    assert [(image["width"], image["height"]) for image in images[3:]] == [(1280, 960)] * 2


def test_evidence_is_cited(client: Client, full: Article) -> None:
    assert article(client, full)["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "Minutes of the council",
            "url": "https://example.org/minutes",
            "publisher": {"@type": "Organization", "name": "Town of Havn"},
            "datePublished": "2025-03-04",
        }
    ]


def test_a_correction_is_told(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text="It is the second.")
    (correction,) = article(client, piece)["correction"]
    assert correction["text"] == "It is the second."


def test_dates_are_those_of_the_page(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text="It is the second.")
    found = article(client, piece)
    page = client.get(f"/trends/{piece.slug}/").text
    for name in ("datePublished", "dateModified"):
        assert f'datetime="{found[name]}"' in page
        assert f'_time" content="{found[name]}"' in page


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("report", "NewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("sponsored", "AdvertiserContentArticle"),
    ],
)
def test_the_kind_decides_the_type(client: Client, live: MakePiece, kind: str, name: str) -> None:
    piece = live("A pump", kind=kind, sponsor="Pumps & Co", disclosure="Pumps & Co paid for it.")
    assert article(client, piece, name)["sponsor"]["name"] == "Pumps & Co"


def test_what_is_empty_is_left_out(client: Client, live: MakePiece) -> None:
    found = article(client, live("A pump"))
    assert not {"citation", "correction", "backstory", "sponsor"} & set(found)


def test_the_way_to_the_page(client: Client, piece: Article) -> None:
    trail = nodes(client, f"/trends/{piece.slug}/")["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in trail] == ["Newsroom", "Harbours", piece.title]
    assert [step["position"] for step in trail] == [1, 2, 3]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/trends/", ["Trends"]),
        ("/topics/", ["Topics"]),
        ("/topics/harbours/", ["Topics", "Harbours"]),
        ("/authors/nora-vale/", ["Nora Vale"]),
        ("/corrections/", ["Corrections"]),
    ],
)
def test_the_way_to_a_list(client: Client, piece: Article, path: str, names: list[str]) -> None:
    trail = nodes(client, path)["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in trail] == ["Newsroom", *names]
    assert trail[-1]["item"] == f"{SITE}{path}"


def test_the_publisher_says_where_its_policies_are(client: Client, piece: Article) -> None:
    for path in ("/", "/trends/", "/topics/", "/authors/nora-vale/", f"/trends/{piece.slug}/"):
        publisher = nodes(client, path)["NewsMediaOrganization"]
        assert publisher["publishingPrinciples"] == f"{SITE}/about/"
        assert publisher["correctionsPolicy"] == f"{SITE}/about/corrections/"
        for policy in ("correctionsPolicy", "ownershipFundingInfo", "actionableFeedbackPolicy"):
            assert client.get(publisher[policy].removeprefix(SITE)).status_code == 200


def test_an_author_s_page_is_a_profile(client: Client, piece: Article) -> None:
    person = nodes(client, "/authors/nora-vale/")["ProfilePage"]["mainEntity"]
    assert (person["@type"], person["name"]) == ("Person", "Nora Vale")
    assert person["description"].startswith("Nora Vale writes")


@pytest.mark.parametrize("path", ["/trends/", "/topics/harbours/"])
def test_a_list_names_what_it_shows(client: Client, piece: Article, path: str) -> None:
    listed = nodes(client, path)["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [item["url"] for item in listed] == [f"{SITE}/trends/{piece.slug}/"]


def test_no_text_ends_the_element(client: Client, live: MakePiece) -> None:
    piece = live("Of </script> and <!-- & \u2028 more")
    assert article(client, piece)["headline"] == "Of </script> and <!-- & \u2028 more"
