"""The form of a piece: what is typed is saved, and only the title is needed."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from tests.admin.forms import add_row, page_url, posted, save
from trends.admin import saving
from trends.models import Article, Stage, Topic
from trends.models.making import make_article, make_author

ADD = "/admin/trends/article/add/"


def test_a_title_is_enough(desk: Any, wes: User) -> None:
    client = desk(wes)
    response = client.post(ADD, posted(client.get(ADD), title="Norlake moves its robots"))
    article = Article.objects.get()
    assert response.status_code == 302
    assert (article.slug, article.created_by) == ("norlake-moves-its-robots", wes)
    assert article.revisions.get().number == 1


def test_without_a_title_nothing_is_saved_and_nothing_is_lost(desk: Any, wes: User) -> None:
    client = desk(wes)
    response = client.post(ADD, posted(client.get(ADD), lede="<p>It goes west.</p>"))
    assert response.status_code == 200
    assert "It goes west." in response.content.decode()
    assert not Article.objects.exists()


def test_a_slug_that_is_taken_gets_a_number(desk: Any, wes: User) -> None:
    make_article("Norlake moves")
    client = desk(wes)
    client.post(ADD, posted(client.get(ADD), title="Norlake moves"))
    assert Article.objects.filter(slug="norlake-moves-2").exists()


def test_a_slug_taken_in_the_same_instant_loses_no_work(
    desk: Any, wes: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the form found free is taken when the row is written.
    rival = partial(make_article, "Tides", slug="tides")
    monkeypatch.setattr(saving, "_clear_legally", lambda *_: rival())
    client, url = desk(wes), reverse("admin:trends_article_add")
    response = client.post(url, posted(client.get(url), title="Tides"), follow=True)
    assert Article.objects.filter(title="Tides", slug="tides-2").exists()
    assert "The slug tides was taken at this moment" in response.text


def test_a_slug_that_another_piece_had_in_public_is_not_given_again(desk: Any, wes: User) -> None:
    other = make_article(
        "Norlake moves", standfirst="The maker of robots leaves the coast at last.",
        lede="It goes.", publish=True,
    )  # fmt: skip
    Article.objects.filter(pk=other.pk).update(slug="norlake-goes")
    client = desk(wes)
    client.post(ADD, posted(client.get(ADD), title="Norlake moves"))
    assert Article.objects.filter(slug="norlake-moves-2").exists()


def test_all_sections_are_saved_at_once(desk: Any, wes: User) -> None:
    quill, client = make_author("Wes Quill"), desk(wes)
    data = posted(
        client.get(ADD), title="Norlake moves", lede="<p>It goes west. [[E1]]</p>",
        context="<p>420 people work there.</p>", not_needed_actions="Nothing to do here",
    )  # fmt: skip
    data = add_row(data, "evidence", claim="It goes", kind="release", verdict="unchecked",
                   disclosure="named", stance="supports")  # fmt: skip
    data = add_row(data, "key_points", text="It goes west.")
    data = add_row(data, "bylines", author=quill.pk)
    data = add_row(data, "related_links", url="https://register.example/a", label="Register")
    assert client.post(ADD, data).status_code == 302
    article = Article.objects.get()
    assert article.lede == "<p>It goes west. [[E1]]</p>"
    assert article.evidence.get().number == 1
    assert article.bylines.get().author == quill
    assert article.pending_sections() == ["analysis"]


def test_a_save_without_a_change_makes_no_revision(desk: Any, ada: User) -> None:
    article = make_article(
        "Norlake", by=ada, lede="It goes.", standfirst="One line.\nAnother.", evidence=["It goes"],
        key_points=["One", "Two"], author=[make_author("Wes Quill")],
    )  # fmt: skip
    save(desk(ada), article)
    assert article.revisions.count() == 1
    article.refresh_from_db()
    assert article.version == 1


def test_a_change_makes_a_revision_with_its_author(desk: Any, ada: User) -> None:
    article = make_article("Norlake", by=ada)
    save(desk(ada), article, title="Norlake moves")
    revision = article.latest_revision
    assert revision is not None
    assert (revision.number, revision.created_by) == (2, ada)


@pytest.mark.parametrize(
    "changes",
    [{"slug": "other"}, {"legal_review_required": "on"}, {"embargo": "2040-01-01T10:00"},
     {"legal_cleared": "on"}],
)  # fmt: skip
def test_what_is_no_content_raises_the_version_too(
    desk: Any, ada: User, changes: dict[str, str]
) -> None:
    article = make_article("Norlake", by=ada)
    save(desk(ada), article, **changes)
    article.refresh_from_db()
    assert (article.version, article.revisions.count()) == (2, 1)


def test_an_edit_voids_the_approval(desk: Any, ada: User) -> None:
    article = make_article("Norlake", by=ada)
    article.submit(by=ada)
    article.approve(by=ada)
    save(desk(ada), article, title="Norlake moves")
    article.refresh_from_db()
    assert article.stage == Stage.DRAFT


def test_an_embargo_cancels_what_is_planned_before_it(desk: Any, ada: User, pam: User) -> None:
    article = make_article("Norlake", by=ada, standfirst="The maker of robots leaves.", lede="It.")
    article.submit(by=ada)
    article.approve(by=ada)
    article.schedule(by=pam, live_from=timezone.now() + timedelta(hours=1))
    response = save(desk(ada), article, embargo="2040-01-01T10:00")
    assert not article.planned()
    assert article.transitions.filter(verb="embargo", by=ada).exists()
    assert response.status_code == 302


def test_legal_review_is_cleared_in_somebodys_name(desk: Any, ada: User) -> None:
    article = make_article("Norlake", by=ada, legal_review_required=True)
    save(desk(ada), article, legal_cleared="on")
    article.refresh_from_db()
    assert article.legal_cleared_by == ada
    save(desk(ada), article, legal_cleared=None)
    article.refresh_from_db()
    assert article.legal_cleared_at is None


def test_a_writer_neither_clears_nor_waives_legal_review(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes, legal_review_required=True)
    save(desk(wes), article, legal_cleared="on", legal_review_required="")
    article.refresh_from_db()
    assert article.legal_review_required
    assert article.legal_cleared_at is None


def test_each_section_says_how_it_stands(desk: Any, ada: User) -> None:
    article = make_article("Norlake", by=ada, lede="It goes.", not_needed={"actions": "None"})
    page = desk(ada).get(page_url(article))
    states = {section.name: section.state for section in page.context_data["sections"]}
    wanted = [states[name] for name in ("lede", "context", "actions")]
    assert wanted == ["done", "pending", "not needed"]


def test_sections_stand_in_reading_order(desk: Any, ada: User) -> None:
    page = desk(ada).get(page_url(make_article("Norlake", by=ada)))
    assert [section.name for section in page.context_data["sections"]][:10] == [
        "head", "picture", "lede", "context", "evidence", "analysis", "key_points", "actions",
        "author", "related",
    ]  # fmt: skip


def test_a_topic_is_kept(desk: Any, ada: User) -> None:
    topic = Topic.objects.create(name="Robots", slug="robots")
    article = make_article("Norlake", by=ada)
    save(desk(ada), article, topic=topic.pk)
    article.refresh_from_db()
    assert article.topic == topic


def test_a_time_that_the_clock_skips_is_refused(desk: Any, ada: User, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    response = save(desk(ada), make_article("Norlake", by=ada), embargo="2030-03-31T02:30")
    assert "The clock skips this time" in response.content.decode()


def test_a_time_that_comes_twice_is_asked_about(desk: Any, ada: User, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    article = make_article("Norlake", by=ada)
    response = save(desk(ada), article, embargo="2030-10-27T02:30")
    assert "2030-10-27T02:30+01:00" in response.content.decode()
    save(desk(ada), article, embargo="2030-10-27T02:30+01:00")
    article.refresh_from_db()
    assert article.embargoed_until == datetime(2030, 10, 27, 1, 30, tzinfo=UTC)
