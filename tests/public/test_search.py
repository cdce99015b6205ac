"""/search/: results, highlights, facets, suggestions, pages."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trends.models import Article, Edition, Topic
from trends.models.making import make_article
from trends.models.searching import Hits
from trends.public import search, search_form

from .conftest import READY, MakePiece


def context_of(client: Client, **asked: Any) -> Any:
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return response.context


def titles(client: Client, **asked: Any) -> list[str]:
    return [result.edition.title for result in context_of(client, **asked)["results"]]


@pytest.fixture
def three(live: MakePiece, topic: Topic) -> None:
    other = Topic.objects.create(name="Rails", slug="rails")
    live("Crane", minutes_ago=3, topic=topic, context="The turbine stands & turns.")
    live("Turbine", minutes_ago=2, topic=other)
    live("Quay", minutes_ago=1, topic=topic, context="No turbine here.")


@pytest.mark.usefixtures("three")
class TestResults:
    def test_the_best_match_is_first(self, client: Client) -> None:
        assert titles(client, q="turbine") == ["Turbine", "Quay", "Crane"]
        assert titles(client, q="turbine", order="newest") == ["Quay", "Turbine", "Crane"]

    def test_what_was_asked_for_is_marked_and_nothing_is_markup(self, client: Client) -> None:
        page = client.get("/search/?q=turbine+stands").text
        assert "The <mark>turbine stands</mark> &amp; turns." in page.replace("\n", " ")
        hostile = client.get("/search/", {"q": "<mark><script>alert(1)</script>"}).text
        assert "<script>alert" not in hostile
        assert "Search for “&lt;mark&gt;&lt;script&gt;" in hostile

    def test_facets_count_and_narrow(self, client: Client) -> None:
        facets = context_of(client, q="turbine")["facets"]
        shown = [(facet.label, facet.count, facet.url) for facet in facets["Topic"]]
        assert shown == [
            ("Harbours", 2, "/search/?q=turbine&topic=harbours"),
            ("Rails", 1, "/search/?q=turbine&topic=rails"),
        ]
        assert "Year" not in facets  # all of one year: nothing would be left out
        Edition.objects.filter(title="Crane").update(
            first_published_at=timezone.now().replace(year=2020, month=2, day=1)
        )
        years = context_of(client, q="turbine")["facets"]["Year"]
        assert (years[-1].label, years[-1].count) == ("2020", 1)
        assert titles(client, q="turbine", year="2020") == ["Crane"]

    def test_a_facet_in_use_can_be_taken_away_and_is_kept_by_the_form(self, client: Client) -> None:
        response = client.get("/search/?q=turbine&topic=harbours&order=newest")
        form = response.context["form"]
        assert titles(client, q="turbine", topic="harbours") == ["Quay", "Crane"]
        assert form.chips == [
            {"label": "Topic: Harbours", "remove_url": "/search/?q=turbine&order=newest"}
        ]
        assert '<input type="hidden" name="topic" value="harbours"' in response.text

    def test_pages(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search, "SIZE", 2)
        first = context_of(client, q="turbine")
        assert (first["earlier_url"], first["later_url"]) == ("", "/search/?q=turbine&page=2")
        second = context_of(client, q="turbine", page="2")
        assert [result.edition.title for result in second["results"]] == ["Crane"]
        assert (second["earlier_url"], second["later_url"]) == ("/search/?q=turbine", "")
        assert second["canonical"].endswith("/search/?q=turbine&page=2")
        assert titles(client, q="turbine", page="9") == ["Crane"]

    def test_many_are_capped(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("trends.models.searching.MOST", 2)
        response = client.get("/search/?q=turbine")
        assert "1,000+ trends" in response.text
        assert titles(client, q="turbine") == ["Turbine", "Quay"]  # the newest two, the best first

    def test_the_site_s_zone_says_which_year_it_is(self, client: Client) -> None:
        moment = timezone.now().replace(year=2020, month=12, day=31, hour=22)
        Edition.objects.filter(title="Crane").update(first_published_at=moment)
        with timezone.override("Asia/Tokyo"):
            assert titles(client, q="turbine", year="2020") == []
            assert titles(client, q="turbine", year="2021") == ["Crane"]
            assert context_of(client, q="turbine")["facets"]["Year"][-1].label == "2021"


@pytest.mark.usefixtures("three")
class TestNothingFound:
    def test_a_typo_is_answered_with_what_was_meant(self, client: Client) -> None:
        response = client.get("/search/?q=trubine&order=newest")
        assert response.context["meant"] == "turbine"
        assert "Nothing for “trubine”. Did you mean" in response.text
        assert 'href="/search/?q=turbine&amp;order=newest"' in response.text
        assert len(response.context["results"]) == 3

    def test_a_word_of_no_live_piece_is_never_suggested(
        self, client: Client, live: MakePiece, pam: User
    ) -> None:
        def meant() -> str:
            found: str = context_of(client, q="xylophne")["meant"]
            return found

        make_article("The xylophone", by=pam, **READY)
        planned = make_article("The xylophone", by=pam, **READY)
        planned.submit(by=pam)
        planned.approve(by=pam)
        planned.schedule(by=pam, live_from=timezone.now().replace(year=2100))
        retracted = live("A xylophone", minutes_ago=9)
        assert meant() == "xylophone"  # the control
        retracted.retract(by=pam, notice="No.")
        live("A xylophone", minutes_ago=9).remove(by=pam, note="Law.")
        assert meant() == ""

    def test_limits_are_named_and_no_other_word_is_looked_for(self, client: Client) -> None:
        response = client.get("/search/?q=trubine&topic=rails")
        assert "Nothing within these limits" in response.text
        assert response.context["meant"] == ""

    def test_the_page_helps_on(self, client: Client) -> None:
        page = client.get("/search/?q=zzzz").text
        assert "Nothing for “zzzz”." in page
        assert 'href="/topics/harbours/"' in page
        assert "signs alone" in client.get("/search/?q=-turbine").text

    @pytest.mark.parametrize(
        "asked",
        [{"topic": "none"}, {"year": "none"}, {"year": "1"}, {"year": "9" * 30}, {"order": "x"},
         {"page": "-1"}, {"page": "x"}, {"utm_source": "x"}],
    )  # fmt: skip
    def test_what_is_unknown_changes_nothing(self, client: Client, asked: dict[str, str]) -> None:
        plain = client.get("/search/?q=turbine").content
        assert client.get("/search/", {"q": "turbine"} | asked).content == plain


def test_a_long_question_is_refused_in_a_sentence(client: Client, piece: Article) -> None:
    response = client.get("/search/", {"q": "x" * 201})
    assert "more than 200 characters" in response.text
    assert response.context["results"] == []
    assert titles(client, q="pump " * 40) == [piece.title]


def test_results_are_not_for_search_engines(client: Client, piece: Article) -> None:
    assert context_of(client, q="pump")["robots_meta"] == "noindex"
    assert "max-snippet" in context_of(client)["robots_meta"]
    assert client.get("/search/?q=a%00b").status_code == 400


def test_the_pages_are_as_many_as_the_newest_matches_need() -> None:
    assert search_form.LAST_PAGE * search.SIZE == 1000
    assert Hits([], is_cut=False).best_first() == []


class TestAnything(TestCase):
    """Whatever is asked, both databases have an answer."""

    @settings(max_examples=60)
    @given(
        st.text(
            alphabet=st.one_of(
                st.sampled_from("ab1-\"'*:()^{}+&|!<>\\%_,.;# éß½²ªİ漢字\u00ad\u200d\ue000\u0301"),
                st.characters(codec="utf-8", exclude_characters="\0"),
            ),
            max_size=40,
        )
    )
    def test_never_an_error(self, asked: str) -> None:
        for path in ("/search/", "/trends/"):
            response = self.client.get(path, {"q": asked})
            assert response.status_code == 200, asked
