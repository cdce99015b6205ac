"""My desk: what is mine to do, what stands in the way, what is new."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.forms import page_url
from tests.admin.noting import complain
from tests.admin.queues import FULL, put
from tests.people import person, role
from trends.models import Article, Autosave, Member, Note, Notice, Topic
from trends.models import agenda as ask
from trends.models.making import make_article

HOME = "/admin/"


def titles(part: Any) -> list[str]:
    return [row.article.title for row in part.rows]


def home(client: Client) -> dict[str, Any]:
    page: Any = client.get(HOME)
    assert page.status_code == 200
    context: dict[str, Any] = page.context_data
    return context | {"text": page.content.decode()}


@pytest.fixture
def ferry(wes: User) -> Article:
    return make_article("The ferry", by=wes, **FULL | {"context": ""})


def test_it_works(desk: Any, wes: User, ada: User, ferry: Article) -> None:
    put(ferry, "context", ada, owner=wes, due_on=timezone.localdate() - timedelta(2))
    put(ferry, "evidence", ada, owner=wes)
    page = home(desk(wes))
    owed = [(one.label, one.state, one.days_late) for one in page["owed"].rows]
    assert owed == [("Context", "pending", 2), ("Evidence", "drafting", 0)]
    assert f"/admin/trends/article/{ferry.pk}/change/#section-context" in page["text"]
    assert "2 days late" in page["text"]


def test_what_is_done_or_gone_is_not_owed(desk: Any, wes: User, ada: User, pam: User) -> None:
    for n in range(2):
        put(make_article(f"Piece {n}", by=wes, **FULL), "context", ada, owner=wes, done=not n)
    Article.objects.get(title="Piece 1").discard(by=pam)
    assert home(desk(wes))["owed"].rows == []


def test_who_waits_for_a_review(desk: Any, wes: User, ada: User, ferry: Article) -> None:
    own = make_article("Of Ada", by=ada, **FULL)
    own.submit(by=ada)
    ferry.submit(by=wes)
    page = home(desk(ada))
    assert titles(page["review"]) == ["Of Ada", "The ferry"]
    assert "submitted by you" in page["text"]
    assert "from Wes" in page["text"]
    assert home(desk(wes))["review"].rows == []


def test_blocked_and_why(desk: Any, wes: User, ada: User, pam: User, ferry: Article) -> None:
    ferry.hold(by=pam, note="The lawyer reads it.")
    back = make_article("Came back", by=wes, **FULL)
    back.submit(by=wes)
    back.return_to_writer(by=ada, note="Who said so?")
    faulty = make_article("No standfirst", by=wes, lede="So.")
    faulty.submit(by=wes)
    again = make_article("Submitted again", by=wes, **FULL)
    for step in ("submit", "return_to_writer", "submit"):
        getattr(again, step)(by=wes, note="Please.")
    found = {one.article.title: (one.kind, one.who, one.said) for one in of(wes)}
    assert found == {
        "The ferry": ("held", "Pam", "The lawyer reads it."),
        "Came back": ("returned", "Ada", "Who said so?"),
        "No standfirst": ("not ready", "", "The standfirst is empty."),
    }
    text = home(desk(wes))["text"]
    assert "<b>Ada:</b> Who said so?" in text
    assert [one.article.title for one in of(pam, may_publish=True)] == ["No standfirst"]
    assert list(of(ada)) == []


def test_an_embargo_blocks_nothing(wes: User, pam: User, ferry: Article) -> None:
    ferry.set_embargo(until=timezone.now() + timedelta(days=2), by=pam)
    ferry.submit(by=wes)
    ferry.approve(by=pam)
    ferry.schedule(by=pam, live_from=timezone.now() + timedelta(days=3))
    assert list(of(wes)) == []


def of(user: User, *, may_publish: bool = False) -> list[ask.Blocked]:
    return list(ask.blocked(user, timezone.now(), may_publish=may_publish))


def test_going_live_today(desk: Any, ada: User, pam: User, settings: Any) -> None:
    """Today ends where the site is: at 22:00 UTC in a Berlin summer."""
    settings.TIME_ZONE = "Europe/Berlin"
    noon = datetime.fromisoformat("2026-06-10T12:00+02:00")
    for n, hours in enumerate((11, 13)):
        piece = make_article(f"Piece {n}", by=ada, **FULL)
        piece.submit(by=ada)
        piece.approve(by=ada)
        piece.schedule(by=pam, live_from=noon + timedelta(hours=hours), now=noon)
    with time_machine.travel(noon, tick=False):
        begins = home(desk(pam))["begins"].rows
    assert [edition.article.title for edition in begins] == ["Piece 0"]


def test_what_colleagues_are_late_with(desk: Any, wes: User, ada: User, ferry: Article) -> None:
    put(ferry, "context", ada, owner=wes, due_on=timezone.localdate() - timedelta(1))
    put(ferry, "author", ada, due_on=timezone.localdate() - timedelta(3))
    page = home(desk(ada))
    assert [(one.label, one.owner) for one in page["late"].rows] == [
        ("Author", None), ("Context", wes),
    ]  # fmt: skip
    assert home(desk(wes))["late"].rows == []


def test_news_of_colleagues_since_i_was_here(
    desk: Any, wes: User, ada: User, ferry: Article
) -> None:
    start = timezone.now()
    Member.objects.create(user=wes, here_at=start - timedelta(days=1))
    ferry.submit(by=wes)
    ferry.return_to_writer(by=ada, note="Who said so?")
    other = make_article("Of Ada", by=ada, **FULL)
    other.submit(by=ada)
    page = home(desk(wes))
    assert page["since"] == start - timedelta(days=1)
    assert [(one.title, [e.what for e in one.events]) for one in page["news"]] == [
        ("The ferry", ["Return to writer"])
    ]


def test_news_stay_while_one_looks_again(wes: User) -> None:
    member, now = Member.of(wes), timezone.now()
    week, hour, minute = timedelta(days=7), timedelta(hours=1), timedelta(minutes=1)
    assert member.arrive(now) == now - week
    assert Member.of(wes).arrive(now + minute) == now - week
    assert Member.of(wes).arrive(now + hour) == now
    assert Member.of(wes).arrive(now + hour + minute) == now


def test_what_i_am_told_and_what_i_typed(desk: Any, wes: User, ada: User, ferry: Article) -> None:
    now = timezone.now()
    Notice.objects.tell([wes], "mention", "Ada asks: is it so?", by=ada, now=now, article=ferry)
    tell_of_context = {"article": ferry, "section": "context"}
    Notice.objects.tell([wes], "return", "Too long.", by=ada, now=now, **tell_of_context)
    Autosave.objects.keep(wes.pk, f"article:{ferry.pk}:k", ferry.pk, form="title=x", now=now)
    text = home(desk(wes))["text"]
    assert "Ada asks: is it so?" in text
    for notice in Notice.objects.of(wes):  # opening one marks it as read (test_notices_page.py)
        assert f'name="open" value="{notice.pk}">{notice.text}</button>' in text
    assert "Typed and not saved" in text
    assert "Ada asks" not in home(desk(ada))["text"]


def test_open_notes_for_me(desk: Any, wes: User, ada: User, ferry: Article) -> None:
    now = timezone.now()
    other = make_article("Of Ada", by=ada, **FULL)
    old, new = (
        Note.objects.write(ferry, text, by=ada, now=now + timedelta(minutes=n))
        for n, text in enumerate(("Old", "New"))
    )
    urgent = complain(ferry, "Not so.", received_on=now.date(), due_on=now.date() + timedelta(3))
    complain(other, "Nor this.", by=ada)
    Note.objects.write(other, "Not of Wes", by=ada, now=now)
    page = home(desk(wes))
    assert [one.note for one in page["notes"].rows] == [urgent, new, old]
    assert "3 days left" in page["text"]
    assert f'href="{page_url(ferry, "notes")}#note-{urgent.pk}"' in page["text"]
    assert [str(one.note) for one in home(desk(ada))["notes"].rows] == [
        "Nor this.", "Not so.", "Not of Wes",
    ]  # fmt: skip
    for note in (old, new):
        note.close(by=ada, now=now)
    urgent.close(by=ada, now=now, outcome="Settled.")
    assert "Open notes for me" not in home(desk(wes))["text"]


def test_what_is_to_be_looked_at_again(
    desk: Any, wes: User, ada: User, pam: User, ferry: Article
) -> None:
    ferry.publish_now(by=pam)
    robots = make_article("The robots", by=ada, publish=True, **FULL)
    make_article("A draft", by=wes, review_by=timezone.localdate(), **FULL)
    Article.objects.filter(pk=ferry.pk).update(review_by=timezone.localdate())
    Article.objects.filter(pk=robots.pk).update(review_by=timezone.localdate() - timedelta(1))
    assert home(desk(wes))["look_again"].rows == [ferry]
    page = home(desk(pam))
    assert page["look_again"].rows == [robots, ferry]
    assert ", Ada</span>" in page["text"]
    Article.objects.update(review_by=timezone.localdate() + timedelta(1))
    assert "To look at again" not in home(desk(pam))["text"]


def test_staff_without_a_role_are_told_so(desk: Any, otto: User) -> None:
    page = home(desk(otto))
    assert page["has_pieces"] is False
    assert "Your account has no role yet." in page["text"]


def test_an_administrator_finds_the_accounts(desk: Any, db: None) -> None:
    tess = person("tess")
    tess.groups.add(role("Administrator"))
    assert 'href="/admin/auth/user/"' in home(desk(tess))["text"]


def test_more_than_fits_is_said(desk: Any, wes: User, ada: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(ask, "MOST", 2)
    monkeypatch.setattr("trends.admin.my_desk.MOST", 2)
    for n in range(3):
        put(make_article(f"Piece {n}", by=wes, **FULL), "context", ada, owner=wes)
    page = home(desk(wes))
    assert (len(page["owed"].rows), page["owed"].has_more) == (2, True)
    assert "All of it in the queue" in page["text"]


def test_as_many_queries_for_many_rows(desk: Any, ada: User, wes: User, pam: User) -> None:
    client = desk(pam)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(HOME)
        return len(found)

    def more(n: int) -> None:
        topic = Topic.objects.create(name=f"Topic {n}", slug=f"t{n}")
        piece = make_article(f"Piece {n}", by=pam, topic=topic, **FULL | {"standfirst": ""})
        put(piece, "context", ada, owner=pam)
        put(piece, "author", ada, owner=wes, due_on=timezone.localdate() - timedelta(1))
        piece.submit(by=wes)
        held = make_article(f"Held {n}", by=pam, **FULL)
        held.hold(by=ada, note="Wait.")
        complain(held, by=ada)
        live = make_article(f"Live {n}", by=ada, publish=True, **FULL)
        Article.objects.filter(pk=live.pk).update(review_by=timezone.localdate())

    more(0)
    client.get(HOME)  # who was never here is noted once
    few = queries()
    for n in range(1, 6):
        more(n)
    assert queries() == few <= 32
