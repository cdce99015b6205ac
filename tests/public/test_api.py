"""The JSON API: what it answers, and that it is what OpenAPI says."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from trends.models import Article, Author, Topic
from trends.models.making import make_article, make_author
from trends.public import paging
from trends.public.api import lists, openapi, urls
from trends.public.filters import TrendFilter

from .conftest import MakePiece, make_picture
from .described import faults

API = "/api/v1"
DOCS = Path(settings.BASE_DIR, "docs", "api.md")


def get(client: Client, path: str, **asked: str) -> Any:
    response = client.get(f"{API}{path}", asked)
    assert response.status_code == 200, response.text
    assert response["Content-Type"].startswith("application/json")
    return response.json()


@pytest.fixture
def newsroom(full: Article, piece: Article, live: MakePiece, author: Author, pam: User) -> Article:
    """A piece with everything, one that was corrected, and one that was retracted."""
    piece.correct(by=pam, text="It is the second one, not the third.")
    live("Wrong", slug="wrong").retract(by=pam, notice="It was not so.", reason="wrong")
    author.portrait = make_picture(licence="CC BY 4.0", source_url="https://example.org/p")
    author.save()
    return full


def test_every_answer_is_as_described(client: Client, newsroom: Article) -> None:
    described = get(client, "/openapi.json")
    shapes, used = described["components"]["schemas"], set()
    samples = {
        "/trends/{slug}": [f"/trends/{newsroom.slug}", "/trends/wrong"],
        "/topics/{slug}": ["/topics/harbours"],
        "/authors/{slug}": ["/authors/nora-vale"],
    }
    for path, item in described["paths"].items():
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for sample in samples.get(path, [path]):
            assert faults(get(client, sample), schema, shapes) == [], sample
            used.add(sample)
    for path in ("/trends?x=1", "/trends?topic=x", "/nothing"):
        answer = client.get(f"{API}{path}")
        assert answer["Content-Type"] == "application/problem+json"
        assert faults(answer.json(), shapes["Problem"], shapes) == [], path
    assert len(used) == len(described["paths"]) + 1


def test_control_a_difference_is_noticed(client: Client, newsroom: Article) -> None:
    shapes = get(client, "/openapi.json")["components"]["schemas"]
    found = get(client, f"/trends/{newsroom.slug}")
    for change in ({"new": 1}, {"title": None}, {"kind": "song"}, {"published_at": "2025-01-01"}):
        assert faults(found | change, shapes["Trend"], shapes)
    del found["evidence"][0]["claim"]
    assert faults(found, shapes["Trend"], shapes) == [".evidence.0.claim is missing"]


def test_the_description_is_whole() -> None:
    described = openapi.document()
    text = json.dumps(described)
    names = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert names | {"Index"} == set(described["components"]["schemas"])
    routes = {pattern.name for pattern in urls.urlpatterns} - {"api_unknown"}
    assert routes == {operation.route for operation in openapi.OPERATIONS}
    asked = described["paths"]["/trends"]["get"]["parameters"]
    assert [p["name"] for p in asked] == [*TrendFilter.base_filters, "older_than"]
    assert {p["name"]: p["schema"] for p in asked}["since"] == {"type": "string", "format": "date"}


def test_the_description_leaves_the_filters_alone(client: Client, piece: Article) -> None:
    openapi.document()
    assert get(client, "/trends", topic="harbours")["trends"]


def test_the_page_of_the_docs_names_everything() -> None:
    text = DOCS.read_text()
    for operation in openapi.OPERATIONS:
        assert f"`{API}{operation.path}`" in text
    for name in (*TrendFilter.base_filters, paging.PARAMETER, "after", *openapi.PROBLEMS):
        assert re.search(rf"\b{name}\b", text), name
    assert set(re.findall(r"`(/api/v1/[^`?]*)`", text)) == {
        f"{API}{operation.path}" for operation in openapi.OPERATIONS
    }


class TestTrend:
    def test_it_has_all_that_the_page_says(self, client: Client, newsroom: Article) -> None:
        found = get(client, f"/trends/{newsroom.slug}")
        page = f"{settings.NEWSROOM_BASE_URL}/trends/{newsroom.slug}/"
        mark = f'\u00a0<sup><a href="{page}#e1">E1</a></sup>'
        assert (found["status"], found["url"], found["kind"]) == ("live", page, "analysis")
        assert [part["name"] for part in found["sections"]] == [
            "lede", "context", "evidence", "analysis", "key_points", "actions", "author",
            "backstory",
        ]  # fmt: skip
        assert found["sections"][3] == {
            "name": "analysis", "label": "Analysis", "url": f"{page}#analysis",
            "html": f"<p>It comes late.{mark}</p>", "text": "It comes late.", "cites": [1],
        }  # fmt: skip
        assert '/trends/the-first-pump-house/">the first</a>' in found["sections"][1]["html"]
        assert found["key_points"] == [
            {"html": f"The council agrees.{mark}", "text": "The council agrees.", "cites": [1]}
        ]
        assert found["actions"][0]["audience"] == "Residents"
        assert found["evidence"][0]["excerpt"] == "Seven to two, with the words <script>."
        assert found["evidence"][0]["dated_on"] == "2025-03-04"
        assert [credit["slug"] for credit in found["authors"]] == ["nora-vale", "tom-reed"]
        assert found["also_read"][0]["api_url"].endswith(f"{API}/trends/the-first-pump-house")
        presets = {file["preset"] for file in found["hero"]["renditions"]}
        assert presets == {"hero", "whole", "4x3", "1x1", "social"}
        assert found["pending"] == []

    def test_what_is_pending_is_named_and_never_worded(
        self, client: Client, piece: Article, settings: Any
    ) -> None:
        path = f"/trends/{piece.slug}"
        found = get(client, path)
        assert found["pending"] == ["context", "evidence", "analysis", "key_points", "actions"]
        assert [part["name"] for part in found["sections"]] == ["lede", "author"]
        for form in (f"{API}{path}", f"{path}.md"):
            assert "pending intelligence" not in client.get(form).text.lower()
        settings.NEWSROOM_SHOW_PENDING = "off"
        assert get(client, path)["pending"] == []

    def test_corrections_come_along(self, client: Client, newsroom: Article) -> None:
        (change,) = get(client, "/trends/a-second-pump-house-for-the-harbour")["changes"]
        assert (change["kind"], change["is_serious"]) == ("correction", False)
        (row,) = get(client, "/corrections")["corrections"]
        assert row["text"] == change["text"] == "It is the second one, not the third."

    def test_a_described_source_keeps_its_name(self, client: Client, live: MakePiece) -> None:
        source = {"claim": "So", "source_title": "Zed", "publisher": "Zed", "speaker": "Zed",
                  "url": "https://example.org/zed", "disclosure": "described"}  # fmt: skip
        (found,) = get(client, f"/trends/{live('A', evidence=[source]).slug}")["evidence"]
        assert (found["claim"], found["disclosure"], found["url"]) == ("So", "described", None)
        assert "zed" not in json.dumps(found).lower()

    def test_a_check_counts_while_nothing_changed_since(
        self, client: Client, piece: Article
    ) -> None:
        path, hour = f"/trends/{piece.slug}", timedelta(hours=1)
        updated = piece.editions.get().public_updated_at
        assert updated
        for checked, is_said in ((updated - hour, False), (updated + hour, True)):
            piece.editions.update(last_checked_at=checked)
            assert bool(get(client, path)["checked_at"]) is is_said
            assert ("Last checked on" in client.get(f"{path}.md").text) is is_said


class TestLists:
    def test_they_are_filtered_as_the_page_is(self, client: Client, newsroom: Article) -> None:
        asked: list[dict[str, str]] = [
            {}, {"topic": "harbours"}, {"author": "tom-reed"}, {"q": "third"},
            {"topic": "harbours", "author": "nora-vale"}, {"since": "2100-01-01"},
        ]  # fmt: skip
        for query in asked:
            page = client.get("/trends/", query).context["editions"]
            found = get(client, "/trends", **query)["trends"]
            assert [row["title"] for row in found] == [edition.title for edition in page]
        assert [row["slug"] for row in get(client, "/trends", author="tom-reed")["trends"]] == [
            newsroom.slug
        ]

    def test_pages_lead_through_everything(
        self, client: Client, live: MakePiece, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paging, "SIZE", 2)
        monkeypatch.setattr(lists, "SIZE", 2)
        for n in range(5):
            topic = Topic.objects.create(name=f"T{n}", slug=f"t{n}")
            article = live(f"Piece {n}", topic=topic, author=[make_author(f"A{n}")], minutes_ago=n)
            article.correct(by=None, text=f"Correction {n}.")
        for path, key in (("/trends", "slug"), ("/topics", "slug"), ("/authors", "slug"),
                          ("/corrections", "text")):  # fmt: skip
            seen = walk(client, path, key)
            assert len(seen) == len(set(seen)) == 5, path
        assert walk(client, "/topics", "slug") == [f"t{n}" for n in range(5)]

    def test_in_a_list_a_hero_has_files_of_one_shape(
        self, client: Client, newsroom: Article
    ) -> None:
        rows = {row["slug"]: row for row in get(client, "/trends")["trends"]}
        files = rows[newsroom.slug]["hero"]["renditions"]
        assert {file["preset"] for file in files} == {"hero"}
        assert rows["the-first-pump-house"]["hero"] is None


def walk(client: Client, path: str, key: str) -> list[str]:
    """One field of all rows, page by page."""
    seen, url = [], f"{API}{path}"
    while url:
        response = client.get(url)
        found = response.json()
        seen += [row[key] for row in found[path.strip("/")]]
        assert len(found[path.strip("/")]) <= 2
        links = response.headers["Link"].split(", ")
        assert [one for one in links if "next" in one] == (
            [f'<{found["next"]}>; rel="next"'] if found["next"] else []
        )
        url = (found["next"] or "").removeprefix(settings.NEWSROOM_BASE_URL)
    return seen


def test_topics_and_authors_are_those_of_live_pieces(client: Client, newsroom: Article) -> None:
    Topic.objects.create(name="Secret", slug="secret")
    make_article("Draft", author=[make_author("Secret")])
    assert [row["slug"] for row in get(client, "/topics")["topics"]] == ["harbours"]
    assert get(client, "/topics/harbours")["trend_count"] == 2
    slugs = [row["slug"] for row in get(client, "/authors")["authors"]]
    assert slugs == ["nora-vale", "tom-reed"]
    portrait = get(client, "/authors/nora-vale")["portrait"]
    assert portrait["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
