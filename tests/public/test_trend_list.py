"""/trends/: filters and keyset pages."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from trends.models import Article, Author, Edition, Topic
from trends.models.making import make_article, make_author
from trends.public import paging

from .conftest import READY, MakePiece


def titles(client: Client, **asked: str) -> list[str]:
    response = client.get("/trends/", asked)
    assert response.status_code == 200
    return [edition.title for edition in response.context["editions"]]


@pytest.fixture
def three(live: MakePiece, topic: Topic, author: Author) -> None:
    live("Sluice", minutes_ago=3, topic=topic, context="It has a wooden gate.")
    live("Quay", minutes_ago=2, author=[author], context="The gate is of steel.")
    live("Crane", minutes_ago=1, topic=topic, author=[author, make_author("Tom Reed")])


@pytest.mark.usefixtures("three")
class TestFilters:
    def test_without_any_all_are_listed_newest_first(self, client: Client) -> None:
        assert titles(client) == ["Crane", "Quay", "Sluice"]
        assert client.get("/trends/").context["is_filtered"] is False

    def test_by_topic(self, client: Client) -> None:
        assert titles(client, topic="harbours") == ["Crane", "Sluice"]

    def test_by_author_the_second_of_a_byline_too(self, client: Client) -> None:
        assert titles(client, author="nora-vale") == ["Crane", "Quay"]
        assert titles(client, author="tom-reed") == ["Crane"]

    def test_by_words_all_of_which_must_be_there(self, client: Client) -> None:
        assert titles(client, q="gate") == ["Quay", "Sluice"]
        assert titles(client, q="GATE  steel") == ["Quay"]
        assert titles(client, q="quay gate") == ["Quay"]
        assert titles(client, q="gate crane") == []

    def test_signs_of_a_pattern_mean_themselves(self, client: Client) -> None:
        assert titles(client, q="%") == []
        assert titles(client, q="_") == []

    def test_by_day_both_ends_included(self, client: Client) -> None:
        today = timezone.localdate()
        yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
        assert len(titles(client, since=f"{yesterday}", until=f"{today}")) == 3
        assert titles(client, since=f"{tomorrow}") == []
        assert titles(client, until=f"{yesterday - timedelta(days=1)}") == []

    def test_with_evidence(self, client: Client, live: MakePiece) -> None:
        live("Ferry", evidence=[{"claim": "It sails.", "source_title": "Log"}])
        assert titles(client, evidence="yes") == ["Ferry"]
        assert len(titles(client)) == 4

    def test_in_another_order(self, client: Client, pam: User) -> None:
        assert titles(client, order="oldest") == ["Sluice", "Quay", "Crane"]
        Article.objects.get(title="Quay").correct(by=pam, text="It was so.")
        assert titles(client, order="updated") == ["Quay", "Crane", "Sluice"]
        assert titles(client) == ["Crane", "Quay", "Sluice"]
        chips = client.get("/trends/?order=updated&evidence=yes").context["chips"]
        assert [chip["label"] for chip in chips] == ["With evidence", "Last updated"]

    def test_all_at_once(self, client: Client) -> None:
        assert titles(client, topic="harbours", author="nora-vale", q="crane") == ["Crane"]

    def test_a_filter_in_use_can_be_taken_away(self, client: Client) -> None:
        asked = {"topic": "harbours", "q": "gate"}
        chips = client.get("/trends/", asked).context["chips"]
        assert chips == [
            {"label": "“gate”", "remove_url": "/trends/?topic=harbours"},
            {"label": "Topic: Harbours", "remove_url": "/trends/?q=gate"},
        ]

    def test_a_filtered_list_is_not_for_search_engines(self, client: Client) -> None:
        assert client.get("/trends/?q=gate").context["robots_meta"] == "noindex"
        assert "max-snippet" in client.get("/trends/").context["robots_meta"]


@pytest.mark.parametrize(
    "asked",
    [
        {"topic": "nothing"},
        {"author": "nobody"},
        {"since": "yesterday"},
        {"since": "2025-02-30"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"q": "x" * 201},
        {"order": "best"},
        {"evidence": "no"},
    ],
)
def test_a_wrong_value_is_named_in_the_form(
    client: Client, piece: Article, asked: dict[str, str]
) -> None:
    response = client.get("/trends/", asked)
    assert response.status_code == 200
    assert set(response.context["filter"].form.errors) == set(asked)


def test_two_hundred_characters_are_words_enough(client: Client, piece: Article) -> None:
    assert titles(client, q="pump " * 40) == [piece.title]


def test_a_hundred_different_words_are_looked_for(client: Client, piece: Article) -> None:
    assert titles(client, q=" ".join(chr(0x4E00 + n) for n in range(100))) == []


def test_unknown_parameters_change_nothing(client: Client, piece: Article) -> None:
    plain = client.get("/trends/")
    assert client.get("/trends/?utm_source=x&_next=%2F&topic=").content == plain.content


@pytest.mark.parametrize("value", ["%00", "a%00b", "%ED%A0%80", "%ed%bf%bf"])
def test_what_no_database_takes_is_refused(client: Client, piece: Article, value: str) -> None:
    for path in ("/trends/?q=", "/trends/?older_than=", "/trends/?utm=", "/old/", "/topics/"):
        assert client.get(path + value).status_code == 400


def test_choices_name_what_live_pieces_use(
    client: Client, piece: Article, pam: User, wes: User
) -> None:
    hidden = Topic.objects.create(name="Mergers", slug="mergers")
    make_article("A merger", by=wes, topic=hidden, author=[make_author("Una Dorn")], **READY)
    page = client.get("/trends/").text
    assert "Harbours" in page
    assert "Nora Vale" in page
    assert "Mergers" not in page
    assert "Una Dorn" not in page


def test_days_are_those_of_the_site_s_zone(client: Client, piece: Article) -> None:
    moment = datetime.fromisoformat("2025-03-04T22:30:00+00:00")
    Edition.objects.update(first_published_at=moment)
    with timezone.override("Asia/Tokyo"):
        assert titles(client, since="2025-03-05", until="2025-03-05") == [piece.title]
        assert titles(client, until="2025-03-04") == []


class TestPages:
    @pytest.fixture
    def many(self, piece: Article) -> list[str]:
        """45 pieces, the newest first; ten of them were published in the same moment."""
        start, first = timezone.now() - timedelta(days=100), piece.edition_in_force()
        assert first is not None
        for number in range(44):
            days = timedelta(days=10 if 10 <= number < 20 else number)
            copy(first, title=f"Piece {number:02}", first_published_at=start + days)
        order = Edition.objects.newest_first().values_list("title", flat=True)
        return list(order)

    def test_following_older_meets_every_piece_once(self, client: Client, many: list[str]) -> None:
        seen, url, pages = list[str](), "/trends/", 0
        while url:
            context = client.get(url).context
            seen += [edition.title for edition in context["editions"]]
            url, pages = context["older_url"], pages + 1
        assert seen == many
        assert pages == 3

    @pytest.mark.parametrize("asked", ["order=oldest", "order=updated", "q=pie"])
    def test_so_it_is_in_any_order(self, client: Client, many: list[str], asked: str) -> None:
        seen, url = list[str](), f"/trends/?{asked}"
        while url:
            assert asked in url
            context = client.get(url).context
            seen += [edition.title for edition in context["editions"]]
            url = context["older_url"]
        expected = {
            "order=oldest": Edition.objects.oldest_first(),
            "order=updated": Edition.objects.last_updated_first(),
            "q=pie": Edition.objects.newest_first().exclude(title__contains="house"),
        }
        assert seen == list(expected[asked].values_list("title", flat=True))

    def test_filters_survive(self, client: Client, many: list[str]) -> None:
        first = client.get("/trends/?q=piece&topic=harbours").context
        second = client.get(first["older_url"]).context
        assert first["older_url"].startswith("/trends/?q=piece&topic=harbours&older_than=")
        assert second["newest_url"] == "/trends/?q=piece&topic=harbours"
        assert second["is_filtered"] is True
        assert len(second["editions"]) == 20

    def test_the_first_page_is_the_newest(self, client: Client, many: list[str]) -> None:
        assert client.get("/trends/").context["newest_url"] == ""

    def test_an_older_page_is_a_page_of_its_own(self, client: Client, many: list[str]) -> None:
        older = client.get("/trends/").context["older_url"]
        assert client.get(older).context["canonical"] == f"http://127.0.0.1:8000{older}"

    @pytest.mark.parametrize(
        "cursor", ["x", "1", "-1-1", "1-1-1", "9" * 18 + "-1", "1" * 40, "1-" + "1" * 40, "１-１"]
    )
    def test_a_broken_cursor_gives_the_first_page(
        self, client: Client, many: list[str], cursor: str
    ) -> None:
        assert titles(client, older_than=cursor) == many[:20]

    def test_topic_and_author_pages_go_on_too(self, client: Client, many: list[str]) -> None:
        for path in ("/topics/harbours/", "/authors/nora-vale/"):
            older = client.get(path).context["older_url"]
            assert re.fullmatch(rf"{path}\?older_than=\d+-\d+", older)
            assert len(client.get(older).context["editions"]) == 20


def copy(edition: Edition, **changes: Any) -> None:
    """Another piece with the same content; quicker than to write and publish one."""
    article = Article.objects.create(title=changes["title"], slug=f"a{Article.objects.count()}")
    fields = {f.attname: getattr(edition, f.attname) for f in Edition._meta.concrete_fields}
    fields |= {"id": None, "article_id": article.pk, "slug": article.slug} | changes
    new = Edition.objects.create(**fields)
    new.add_bylines()


def test_a_cursor_says_what_it_was_given() -> None:
    key = (timezone.now(), 7)
    assert paging.read(paging.write(key)) == key


def test_days_evidence_and_order_wait_until_they_are_used(client: Client, live: MakePiece) -> None:
    live("A pump")
    closed, opened = "<details>", "<details open>"
    assert closed in client.get("/trends/?q=pump").text
    for asked in ("since=2020-01-01", "until=never", "evidence=yes", "order=oldest"):
        assert opened in client.get(f"/trends/?{asked}").text
