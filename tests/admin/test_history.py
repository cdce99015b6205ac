"""Everything that happened to a piece in one list, and what changed between two saves."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.forms import page_url, save
from trends.admin import timeline
from trends.admin.words import differences
from trends.models import Article, Assignment, Topic
from trends.models.making import make_article, make_author

STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def article(ada: User) -> Article:
    return make_article("Norlake", by=ada, lede="It goes west.", evidence=["It goes"])


def history(client: Any, article: Article, query: str = "") -> Any:
    return client.get(page_url(article, "history") + query)


def test_saves_and_steps_stand_in_one_list(
    desk: Any, ada: User, pam: User, article: Article
) -> None:
    save(desk(pam), article, title="Norlake moves")
    article.submit(by=ada, note="Please look.")
    events = history(desk(ada), article).context_data["events"]
    assert [(event.what, event.who) for event in events] == [
        ("Submit for review", "Ada"), ("Saved revision 2", "Pam"), ("Saved revision 1", "Ada"),
    ]  # fmt: skip
    assert [event.words for event in events] == ["Please look.", "Title and facts", "First save"]


def test_what_a_step_decided_is_said(desk: Any, ada: User, article: Article) -> None:
    article.set_embargo(until=datetime(2040, 1, 1, 10, tzinfo=UTC), by=ada)
    (event, _) = history(desk(ada), article).context_data["events"]
    assert (event.what, event.details) == ("Embargo", ["Until 2040-01-01 10:00 UTC"])


def test_an_assignment_is_a_step_too(desk: Any, ada: User, wes: User, article: Article) -> None:
    due, now = date(2040, 5, 1), timezone.now()
    Assignment.objects.put(article, "context", by=ada, now=now, owner=wes, due_on=due)
    (event, _) = history(desk(ada), article).context_data["events"]
    assert (event.what, event.details) == ("Assignment", ["Context: Wes, due 1 May 2040"])


def test_a_step_that_nobody_foresaw_is_shown(desk: Any, ada: User, article: Article) -> None:
    article.record("checked_true", by=ada, now=timezone.now(), details={"sections": ["gone"]})
    (event, _) = history(desk(ada), article).context_data["events"]
    assert (event.what, event.details) == ("Checked true", ["Sections: gone"])


def test_what_readers_were_told_is_there(desk: Any, pam: User) -> None:
    live = live_piece(pam)
    save(desk(pam), live, lede="<p>It goes east.</p>")
    live = Article.objects.get()
    live.correct(by=pam, text="It goes east, not west.", sections=["lede"])
    text = history(desk(pam), live, "?show=steps").content.decode()
    assert "It goes east, not west." in text
    assert "Correct</b>" in text


@pytest.mark.parametrize(
    ("show", "kinds"),
    [
        ("", {"saves", "steps", "notes"}),
        ("saves", {"saves"}),
        ("steps", {"steps"}),
        ("notes", {"notes"}),
        ("nonsense", {"saves", "steps", "notes"}),
    ],
)
def test_one_kind_alone(desk: Any, ada: User, article: Article, show: str, kinds: set[str]) -> None:
    article.submit(by=ada)
    article.notes.create(text="Who said so?", by=ada, at=timezone.now())
    events = history(desk(ada), article, f"?show={show}").context_data["events"]
    assert {event.kind for event in events} == kinds


def test_a_long_history_has_pages(desk: Any, ada: User, article: Article) -> None:
    for n in range(timeline.PAGE + 20):
        article.notes.create(text=f"Note {n}", by=ada, at=timezone.now())
    client = desk(ada)
    first, second, third = (history(client, article, f"?page={n}").context_data for n in (1, 2, 3))
    assert (len(first["events"]), first["older_page"]) == (timeline.PAGE, 2)
    assert first["events"][0].words == f"Note {timeline.PAGE + 19}"
    assert (len(second["events"]), second["older_page"]) == (21, 0)
    assert second["events"][-1].what == "Saved revision 1"
    assert third["events"] == []


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "²"])
def test_a_page_that_is_none(desk: Any, ada: User, article: Article, page: str) -> None:
    assert history(desk(ada), article, f"?page={page}").status_code == 200


def test_its_queries_do_not_grow(desk: Any, ada: User, article: Article) -> None:
    client = desk(ada)
    history(client, article)
    with CaptureQueriesContext(connection) as few:
        history(client, article)
    for n in range(20):
        article.notes.create(text=f"Note {n}", by=ada, at=timezone.now())
        save(client, Article.objects.get(), lede=f"<p>It goes {n}.</p>")
    with CaptureQueriesContext(connection) as many:
        page = history(client, article)
    assert len(page.context_data["events"]) == 41
    assert len(many) == len(few) <= 14


def test_two_revisions_are_compared(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, lede="<p>It goes east.</p>")
    text = history(desk(ada), article, "?from=1&to=2").content.decode()
    assert "<del> west.</del>" in text
    assert "<ins> east.</ins>" in text


def test_the_older_one_stands_first(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, lede="<p>It goes east.</p>")
    found = history(desk(ada), article, "?from=2&to=1").context_data["comparison"]
    assert (found.older.number, found.newer.number) == (1, 2)


def test_each_save_leads_to_what_it_changed(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, lede="<p>It goes east.</p>")
    text = history(desk(ada), article).content.decode()
    assert "?from=1&amp;to=2" in text
    assert "?from=0&amp;to=1" not in text


def live_piece(pam: User) -> Article:
    return make_article(
        "Norlake", by=pam, standfirst=STANDFIRST, lede="It goes west.", publish=True
    )


def test_a_live_piece_says_what_readers_lack(desk: Any, pam: User) -> None:
    live = live_piece(pam)
    assert "readers see this text already" in history(desk(pam), live).content.decode()
    save(desk(pam), live, lede="<p>It goes east.</p>")
    text = history(desk(pam), live).content.decode()
    assert "What changes for readers" in text
    assert "<ins> east.</ins>" in text
    compared = history(desk(pam), live, "?from=1&to=2").content.decode()
    assert "What changes for readers" not in compared


def test_a_piece_that_nobody_reads_lacks_nothing(desk: Any, ada: User, article: Article) -> None:
    assert "for readers" not in history(desk(ada), article).content.decode()


@pytest.mark.parametrize("query", ["?from=1&to=99", "?from=x&to=", "?from=1&to=1"])
def test_what_can_not_be_compared_is_left_out(
    desk: Any, ada: User, article: Article, query: str
) -> None:
    page = history(desk(ada), article, query)
    assert page.context_data["comparison"] is None
    assert "Select two different saves" in page.content.decode()


def test_references_are_compared_by_name(ada: User, article: Article) -> None:
    before = article.snapshot()
    article.topic = Topic.objects.create(name="Robots", slug="robots")
    article.save()
    article.bylines.create(author=make_author("Wes Quill"), role="Data")
    words = {section.name: section.after for section in differences(before, article.snapshot())}
    assert "Topic: Robots" in words["head"]
    assert words["author"] == "Wes Quill · Role: Data"
