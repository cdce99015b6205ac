"""Notes: threads, complaints with their days, who is told, and how they are asked for."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.admin.forms import page_url
from tests.admin.noting import DUE, RECEIVED, complain
from tests.people import person
from trends.models import Article, Assignment, Complainant, Note, Notice
from trends.models.making import make_article

NOW = timezone.now()


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake", by=wes)


def write(article: Article, text: str, by: User, **facts: Any) -> Note:
    return Note.objects.write(article, text, by=by, now=NOW, **facts)


def test_it_works(article: Article, ada: User, wes: User) -> None:
    note = write(article, "Who said so, @wes?", ada, section="context")
    assert list(note.mentioned.all()) == [wes]
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.article) == (wes, Notice.Kind.MENTION, article)
    assert notice.section == "context"
    assert notice.text == ("Ada mentions you in a note on “Norlake”, Context: Who said so, @wes?")
    assert notice.desk_url == f"{page_url(article, 'notes')}?section=context"
    write(article, "And this, @wes?", ada)
    assert Notice.objects.first().desk_url == page_url(article, "notes")


def test_nobody_is_told_who_may_not_see_it(article: Article, ada: User, otto: User) -> None:
    note = write(article, "@otto @zoe @ada", ada)
    assert list(note.mentioned.all()) == [ada]
    assert not Notice.objects.exists()  # not even Ada, who wrote it


def test_a_note_and_its_notices_are_one(article: Article, ada: User, monkeypatch: Any) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr(type(Notice.objects.all()), "tell", fail)
    with pytest.raises(OSError):  # noqa: PT011
        write(article, "@wes", ada)
    assert not Note.objects.exists()


def test_what_is_sent_twice_is_there_once(article: Article, ada: User, wes: User) -> None:
    note = write(article, "Who said so, @wes?", ada)
    assert write(article, "Who said so, @wes?", ada) == note
    assert Notice.objects.count() == 1
    write(article, "Who said so, @wes?", wes)
    write(article, "Who said so, @wes?", ada, section="context")
    write(article, "Who said so, @wes?", ada, reply_to=note)
    later = NOW + timedelta(minutes=2)
    Note.objects.write(article, "Who said so, @wes?", by=ada, now=later)
    assert Note.objects.count() == 5


def test_an_answer_is_told_to_who_began(article: Article, ada: User, wes: User) -> None:
    note = write(article, "Who said so?", ada, section="context")
    answer = write(article, "The minutes.", wes, reply_to=note)
    again = write(article, "Which, @wes?", ada, reply_to=answer)
    assert [answer.reply_to, again.reply_to] == [note, note]
    told = Notice.objects.order_by("pk").values_list("user__username", "text", "section")
    assert list(told) == [
        ("ada", "Wes answers your note on “Norlake”, Context: The minutes.", "context"),
        ("wes", "Ada mentions you in a note on “Norlake”, Context: Which, @wes?", "context"),
    ]
    assert list(Note.objects.open()) == [note]


def test_the_words_of_a_complaint_stay_on_the_desk(article: Article, ada: User) -> None:
    note = complain(article, "Rosa is wronged, @wes", by=ada)
    write(article, "Rosa is right, @wes", ada, reply_to=note)
    texts = [notice.text for notice in Notice.objects.order_by("pk")]
    assert texts == [
        "Ada mentions you in a reader’s complaint on “Norlake”",
        "Ada mentions you in a note on “Norlake”",
    ]


def test_closing_and_opening_again(article: Article, ada: User, wes: User) -> None:
    note = write(article, "Who said so?", ada)
    assert note.close(by=wes, now=NOW)
    assert not note.close(by=ada, now=NOW)
    assert (note.closed_by, note.closed_at) == (wes, NOW)
    assert note.reopen(by=ada, now=NOW)
    assert not note.reopen(by=wes, now=NOW)
    assert (note.closed_by, note.closed_at, note.reopened_by) == (None, None, ada)


def test_of_two_at_once_the_first_one_counts(article: Article, ada: User, wes: User) -> None:
    write(article, "Who said so?", ada)
    one, other = Note.objects.get(), Note.objects.get()
    assert one.close(by=wes, now=NOW)
    assert not other.close(by=ada, now=NOW)
    assert other.closed_by == wes


def test_a_complaint_is_closed_with_an_outcome(article: Article, wes: User) -> None:
    note = complain(article)
    with pytest.raises(ValueError, match="outcome"):
        note.close(by=wes, now=NOW, outcome=" ")
    assert note.close(by=wes, now=NOW, outcome="Corrected.")
    note.reopen(by=wes, now=NOW)
    assert note.outcome == "Corrected."  # a beginning of the next one


def test_who_it_came_from_is_erased_once(article: Article, ada: User, pam: User) -> None:
    who = complain(article, contact="rosa@norlake.example").complainant
    assert who.erase(by=pam, now=NOW)
    assert not who.erase(by=ada, now=NOW)
    assert (who.name, who.contact, who.erased_by, str(who)) == ("", "", pam, "erased")


def test_nobody_said_who_it_came_from(article: Article) -> None:
    complain(article, name="")
    assert not Complainant.objects.exists()


LAWS: list[dict[str, Any]] = [
    {"kind": "complaint"},
    {"kind": "legal", "received_on": RECEIVED},
    {"kind": "comment", "due_on": DUE},
    {"kind": "comment", "outcome": "So."},
]


@pytest.mark.parametrize("facts", LAWS)
def test_the_database_keeps_the_days(article: Article, wes: User, facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(article, "So.", wes, **facts)


def test_the_database_keeps_the_outcome_and_the_replies(article: Article, wes: User) -> None:
    note = complain(article)
    reply = write(article, "So.", wes, reply_to=note)
    for row in (note, reply):
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.filter(pk=row.pk).update(closed_at=NOW, closed_by=wes)


def texts(rows: Any) -> set[str]:
    return {note.text for note in rows}


def test_what_is_whose_business(wes: User, ada: User) -> None:
    mine, other = make_article("Of Wes", by=wes), make_article("Of Ada", by=ada)
    owed = make_article("Owed", by=ada)
    Assignment.objects.put(owed, "context", by=ada, now=NOW, owner=wes)
    for article in (mine, other, owed):
        write(article, f"On {article}", ada)
    write(owed, "Later, @wes", ada, reply_to=write(owed, "Thread", ada))
    write(other, "Barred, @wes", ada)
    assert texts(Note.objects.for_desk_of(wes)) == {"On Of Wes", "On Owed", "Thread"}
    assert texts(Note.objects.open().for_desk_of(ada)) == {
        "On Of Ada", "On Owed", "Thread", "Barred, @wes"
    }  # fmt: skip
    assert texts(Note.objects.mentioning(wes)) == {"Thread"}
    assert "On Of Ada" not in texts(Note.objects.seen_by(wes))


def test_a_mention_ends_with_the_piece(wes: User, ada: User) -> None:
    """Who may no longer see a piece has no business with its notes."""
    kim = person("kim")
    kim.groups.set(wes.groups.all())
    article = make_article("Of Ada", by=ada)
    row = Assignment.objects.put(article, "context", by=ada, now=NOW, owner=kim)
    write(article, "Look, @kim", ada)
    assert Note.objects.for_desk_of(kim).exists()
    assert row is not None
    row.delete()
    assert not Note.objects.for_desk_of(kim).exists()
    assert Note.objects.for_desk_of(ada).exists()
    article.discard(by=ada)
    assert not Note.objects.for_desk_of(ada).exists()


def test_what_is_late_and_what_comes_first(article: Article, wes: User) -> None:
    write(article, "Comment", wes)
    soon, late = DUE + timedelta(days=5), complain(article, "Late")
    complain(article, "Soon", due_on=soon, kind="legal")
    complain(article, "Done").close(by=wes, now=NOW, outcome="So.")
    today = DUE + timedelta(days=2)
    assert texts(Note.objects.late(today)) == {"Late"}
    assert texts(Note.objects.late(DUE)) == set()
    assert [n.text for n in Note.objects.open().most_urgent_first()] == ["Late", "Soon", "Comment"]
    assert texts(Note.objects.open().formal()) == {"Late", "Soon"}
    assert (late.days_left(today), late.days_left(DUE)) == (-2, 0)


def test_they_are_counted_by_section(article: Article, wes: User) -> None:
    for text, section in (("Who?", "context"), ("When?", "context"), ("So.", "")):
        write(article, text, wes, section=section)
    write(article, "Yes.", wes, reply_to=Note.objects.open()[0])
    assert Note.objects.open().counted() == {"context": 2, "": 1}
