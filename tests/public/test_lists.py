"""Front page, topics, authors, corrections, about."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from trends.models import Article, Author, Edition, Topic
from trends.models.making import make_article, make_author
from trends.public import views

from .conftest import READY, MakePiece

PAGES = ["/", "/trends/", "/topics/", "/archive/", "/corrections/", "/about/", "/search/"]


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_newsroom_has_all_its_pages(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.text.count("<h1") == 1


def test_the_front_page_leads_with_the_newest(client: Client, live: MakePiece) -> None:
    for minutes in range(6):
        live(f"Piece {minutes}", minutes_ago=minutes)
    context = client.get("/").context
    assert context["lead"].title == "Piece 0"
    secondary = [edition.title for edition in context["secondary"]]
    assert secondary == ["Piece 1", "Piece 2", "Piece 3"]
    assert [edition.title for edition in context["latest"]] == ["Piece 4", "Piece 5"]


def test_topics_are_counted(client: Client, live: MakePiece, topic: Topic) -> None:
    live("One", topic=topic)
    live("Two", topic=topic)
    Topic.objects.create(name="Empty", slug="empty")
    counts = {found.name: found.live_count for found in client.get("/topics/").context["topics"]}
    assert counts == {"Harbours": 2}


def test_topics_are_counted_to_a_thousand(
    client: Client, live: MakePiece, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("One", "Two", "Three", "Four"):
        live(title, topic=topic)
    monkeypatch.setattr(views, "MOST_COUNTED", 3)
    page = client.get("/topics/")
    assert "3+ trends" in page.text
    assert page.context["topics"][0].live_count == 4
    Edition.objects.filter(title="Four").delete()
    assert "3 trends" in client.get("/topics/").text


def test_a_topic_lists_its_pieces(client: Client, piece: Article, live: MakePiece) -> None:
    live("Of another topic")
    context = client.get("/topics/harbours/").context
    assert [edition.title for edition in context["editions"]] == [piece.title]
    assert context["feeds"][0]["url"] == "http://127.0.0.1:8000/topics/harbours/feed.rss"


def test_an_author_has_a_page_with_the_pieces(client: Client, piece: Article) -> None:
    response = client.get("/authors/nora-vale/")
    assert [edition.title for edition in response.context["editions"]] == [piece.title]
    assert "writes about water" in response.text


def test_a_renamed_author_shows_everywhere_at_once(
    client: Client, piece: Article, author: Author
) -> None:
    author.name = "Nora Holm"
    author.save()
    for path in ("/", f"/trends/{piece.slug}/", "/feeds/trends.rss"):
        assert "Nora Holm" in client.get(path).text


def test_who_is_only_in_a_draft_is_unknown(client: Client, pam: User, topic: Topic) -> None:
    una = make_author("Una Dorn")
    make_article("A merger", by=pam, topic=topic, author=[una], **READY)
    unknown = client.get("/authors/nobody/").content
    for path in ("/authors/una-dorn/", "/topics/harbours/"):
        for end in ("", "feed.rss"):
            response = client.get(path + end)
            assert (response.status_code, response.content) == (404, unknown)


class TestCorrections:
    def test_they_stand_newest_first_under_the_title_in_force(
        self, client: Client, piece: Article, pam: User
    ) -> None:
        piece.correct(by=pam, text="It is the second, not the third.")
        piece.correct(by=pam, text="It stands in Havn.", kind="clarification")
        piece.title = "Havn gets a pump house"
        piece.save()
        piece.record_revision(by=pam)
        piece.publish_now(by=pam)
        found = client.get("/corrections/").context["corrections"]
        assert [row.text for row in found] == [
            "It stands in Havn.",
            "It is the second, not the third.",
        ]
        assert {row.edition.title for row in found} == {"Havn gets a pump house"}

    def test_the_front_page_shows_three(self, client: Client, piece: Article, pam: User) -> None:
        for number in range(4):
            piece.correct(by=pam, text=f"Correction {number}")
        found = client.get("/").context["corrections"]
        assert [row.text[-1] for row in found] == ["3", "2", "1"]

    def test_those_of_a_retracted_piece_go(self, client: Client, piece: Article, pam: User) -> None:
        piece.correct(by=pam, text="It is the second.")
        piece.retract(by=pam, notice="It was not so.")
        assert client.get("/corrections/").context["corrections"] == []

    def test_they_have_pages(self, client: Client, piece: Article, pam: User) -> None:
        for number in range(21):
            piece.correct(by=pam, text=f"Correction {number}")
        older = client.get("/corrections/").context["older_url"]
        assert [row.text for row in client.get(older).context["corrections"]] == ["Correction 0"]
