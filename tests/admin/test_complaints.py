"""A reader complains, a lawyer writes: taken, answered in time, closed with an outcome."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.forms import page_url
from tests.admin.noting import act, complain, write
from trends.models import Article, Complainant, Note
from trends.models.making import make_article

TODAY = timezone.localdate()
GIVEN = {
    "kind": "complaint", "received_on": "2026-03-01", "due_on": "2026-03-15",
    "name": "Rosa Reader", "contact": "rosa@norlake.example",
}  # fmt: skip


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake", by=wes)


def test_it_works(desk: Any, ada: User, article: Article) -> None:
    page = write(desk(ada), article, "That is not so.", section="context", **GIVEN)
    note = Note.objects.get()
    assert (note.kind, note.received_on, note.due_on) == (
        "complaint", date(2026, 3, 1), date(2026, 3, 15)
    )  # fmt: skip
    assert note.complainant.name == "Rosa Reader"
    (thread,) = page.context_data["threads"]
    assert thread.is_late
    assert "days late" in thread.deadline
    page = act(desk(ada), note, "close", outcome="We corrected it.")
    assert "Closed by Ada: We corrected it." in page.content.decode()
    event = desk(ada).get(page_url(article, "history")).context_data["events"][0]
    assert event.what == "Reader’s complaint on Context"
    assert event.details == ["Closed by Ada: We corrected it.", "Who it came from: withheld"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"received_on": ""}, "Enter the day on which it came."),
        ({"due_on": ""}, "Enter the day until which it must be answered."),
        ({"due_on": "soon"}, "This is no date. Enter one like 2031-05-02."),
        ({"received_on": str(TODAY + timedelta(2))}, "This day is still to come."),
        ({"due_on": "2026-02-01"}, "That is before the day on which it came."),
    ],
)
def test_it_has_its_days(
    desk: Any, ada: User, article: Article, changes: dict[str, str], words: str
) -> None:
    page = write(desk(ada), article, "That is not so.", **GIVEN | changes)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Note.objects.exists()


def test_a_comment_has_none_whatever_was_typed(desk: Any, ada: User, article: Article) -> None:
    odd = {"kind": "comment", "received_on": "soon", "due_on": "", "name": "Rosa"}
    assert write(desk(ada), article, "Who said so?", **odd).status_code == 200
    assert Note.objects.get().received_on is None
    assert not Complainant.objects.exists()


def test_a_writer_writes_comments_and_answers(desk: Any, wes: User, article: Article) -> None:
    write(desk(wes), article, "That is not so.", **GIVEN)
    assert Note.objects.get().kind == "comment"
    note = complain(article)
    assert act(desk(wes), note, "close", outcome="No.").status_code == 403
    assert act(desk(wes), note, "reply", text="It is.").status_code == 200


def test_its_days_can_be_changed(desk: Any, ada: User, article: Article) -> None:
    note = complain(article)
    page = act(desk(ada), note, "days", received_on="2026-03-01", due_on="2026-04-15")
    assert "Other days are set: “That is not so.”." in page.content.decode()
    note.refresh_from_db()
    assert (note.received_on, note.due_on) == (date(2026, 3, 1), date(2026, 4, 15))
    act(desk(ada), note, "days", received_on="2026-03-01", due_on="2026-04-15")
    act(desk(ada), note, "days", received_on="2026-02-27", due_on="2026-04-14")
    events = desk(ada).get(page_url(article, "history")).context_data["events"]
    changed = [event for event in events if event.what.startswith("Days of a complaint")]
    assert [(event.who, event.details) for event in changed] == [
        ("Ada", ["Received on: from 2026-03-01 to 2026-02-27",
                 "Deadline: from 2026-04-15 to 2026-04-14"]),
        ("Ada", ["Deadline: from 2026-03-15 to 2026-04-15"]),
    ]  # fmt: skip


def test_its_days_make_sense_and_it_is_open(desk: Any, ada: User, article: Article) -> None:
    note = complain(article)
    page = act(desk(ada), note, "days", received_on="2026-03-01", due_on="2026-02-01")
    assert page.status_code == 422
    assert "That is before the day on which it came." in page.content.decode()
    note.close(by=ada, now=timezone.now(), outcome="Settled.")
    page = act(desk(ada), note, "days", received_on="2026-03-01", due_on="2026-05-01")
    assert "Nothing was changed" in page.content.decode()
    assert "Change its days" not in page.content.decode()
    note.refresh_from_db()
    assert note.due_on == date(2026, 3, 15)


def test_without_an_outcome_it_stays_open(desk: Any, ada: User, article: Article) -> None:
    page = act(desk(ada), complain(article), "close", outcome=" ")
    assert page.status_code == 422
    assert "It is closed with its outcome: enter what came of it." in page.content.decode()
    assert Note.objects.open().exists()


def test_who_it_came_from_is_for_few(
    desk: Any, wes: User, ada: User, pam: User, article: Article
) -> None:
    complain(article, "Wrong.", contact="rosa@norlake.example")
    for user in (wes, ada):
        for page in ("notes", "history", "change"):
            text = desk(user).get(page_url(article, page)).content.decode()
            assert "Rosa" not in text
            assert "rosa@" not in text
    assert "From: withheld" in desk(ada).get(page_url(article, "notes")).content.decode()
    notes = desk(pam).get(page_url(article, "notes")).content.decode()
    assert "From: Rosa Reader, rosa@norlake.example" in notes
    assert "Rosa" not in desk(pam).get(page_url(article, "history")).content.decode()


def test_the_export_says_nothing_of_it(desk: Any, pam: User, article: Article) -> None:
    complain(article, "Nine trips.", contact="rosa@norlake.example")
    rows = desk(pam).post("/admin/trends/article/export/").getvalue().decode()
    assert "Norlake" in rows
    assert "Nine trips" not in rows
    assert "osa" not in rows


def test_it_is_erased_for_good(desk: Any, ada: User, pam: User, article: Article) -> None:
    note = complain(article)
    assert act(desk(ada), note, "erase").status_code == 403
    page = act(desk(pam), note, "erase").content.decode()
    assert "From: erased by Pam on" in page
    assert "Erase for good" not in page
    assert "Rosa" not in page
    assert (note.complainant.name, Complainant.objects.get().name) == ("Rosa Reader", "")
    assert "It was erased already." in act(desk(pam), note, "erase").content.decode()
    event = desk(ada).get(page_url(article, "history")).context_data["events"][0]
    assert event.details[-1].startswith("Who it came from: erased by Pam on")


def test_a_comment_came_from_nobody(desk: Any, pam: User, article: Article) -> None:
    note = Note.objects.write(article, "So.", by=pam, now=timezone.now())
    assert act(desk(pam), note, "erase").status_code == 404


def test_a_legal_note_stops_a_piece_under_legal_review(ada: User, pam: User) -> None:
    article = make_article(
        "Norlake", by=ada, lede="It goes.", legal_review_required=True,
        standfirst="A sentence that is long enough to stand.",
    )  # fmt: skip
    article.legal_cleared_at, article.legal_cleared_by = timezone.now(), pam
    article.save()
    note = complain(article, kind="legal")
    codes = {issue.code: issue.level for issue in article.readiness()}
    assert (codes["open-notes"], codes["legal-note"]) == ("warn", "block")
    with pytest.raises(Exception, match="1 legal note is open"):
        article.publish_now(by=pam)
    note.close(by=pam, now=timezone.now(), outcome="Settled.")
    article.publish_now(by=pam)
    assert article.edition_in_force() is not None
