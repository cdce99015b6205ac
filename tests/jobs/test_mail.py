"""Mail of notices: one for a person, about all that is new."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from tests.people import person
from trends.jobs.mail import NOUNS
from trends.models import Article, Assignment, Job, Member, Notice
from trends.models.making import make_article
from trends.snapshot import CAN_BE_PENDING

pytestmark = pytest.mark.django_db


@pytest.fixture
def wes(db: None) -> User:
    wes = person("wes")
    wes.email = "wes@example.org"
    wes.save()
    return wes


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("The ferry", by=wes)


def tell(*users: User, text: str = "Ada asks: whose boat is it?", **about: Any) -> None:
    Notice.objects.tell(users, Notice.Kind.MENTION, text, by=None, now=timezone.now(), **about)


def work() -> list[Any]:
    """The mails that the worker sends now."""
    before = len(mail.outbox)
    call_command("work", once=True, verbosity=0)
    return mail.outbox[before:]


def test_it_works(wes: User, ada: User, piece: Article) -> None:
    Assignment.objects.put(piece, "context", by=ada, owner=wes, now=timezone.now())
    [sent] = work()
    assert sent.to == ["wes@example.org"]
    assert sent.subject == "Ada gave you Context of “The ferry”"
    place = f"http://127.0.0.1:8000/admin/trends/article/{piece.pk}/change/#section-context"
    assert f"Hello Wes,\n\nAda gave you Context of “The ferry”.\n{place}\n" in sent.body
    assert Notice.objects.get().mailed_at is not None
    assert not Job.objects.filter(kind="mail").exists()
    assert work() == []


def test_all_that_is_new_in_one_mail(wes: User, ada: User) -> None:
    pieces = [make_article(f"Ferry {n}", by=ada) for n in range(5)]
    for piece in pieces:
        for section in CAN_BE_PENDING[:6]:
            Assignment.objects.put(piece, section, by=ada, owner=wes, now=timezone.now())
    tell(wes)
    [sent] = work()
    assert sent.subject == "Newsroom: 30 assignments, 1 mention"
    assert sent.body.count("/change/#section-") == 30


def test_a_mail_has_words_for_all_that_is_told(wes: User) -> None:
    assert set(NOUNS) == set(Notice.Kind)
    for kind in Notice.Kind:
        Notice.objects.tell([wes], kind, "So.", by=None, now=timezone.now())
    [sent] = work()
    assert "1 release stopped, 1 failed job" in sent.subject


def test_a_note_stands_below_its_sentence(wes: User, ada: User, piece: Article) -> None:
    piece.submit(by=wes)
    piece.return_to_writer(by=ada, note="Who said 420?\nAnd <when>?")
    [sent] = work()
    assert sent.subject == "Ada returned “The ferry”"
    assert "Ada returned “The ferry”.\nWho said 420?\nAnd <when>?\nhttp://" in sent.body


def test_what_is_read_is_not_mailed(wes: User) -> None:
    tell(wes)
    Notice.objects.of(wes).read(timezone.now())
    assert work() == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_not_to_who_left_meanwhile(wes: User, change: dict[str, Any]) -> None:
    tell(wes)
    User.objects.filter(pk=wes.pk).update(**change)
    assert work() == []
    assert not Job.objects.filter(kind="mail").exists()


def test_an_account_that_is_gone(wes: User) -> None:
    tell(wes)
    wes.delete()
    assert work() == []
    assert not Job.objects.filter(kind="mail").exists()


def test_not_to_who_wants_none_by_now(wes: User) -> None:
    tell(wes)
    Member.objects.create(user=wes, mail=Member.Mail.NEVER)
    assert work() == []


@override_settings(SENDS_MAIL=False)
def test_a_site_without_mail_keeps_notices_in_the_desk(wes: User) -> None:
    tell(wes)
    assert work() == []
    assert Notice.objects.get().mailed_at is None


def test_sent_again_it_has_the_same_number(wes: User, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(wes)
    with monkeypatch.context() as patch:
        patch.setattr(Job, "finish", killed)
        [first] = work()
    assert Notice.objects.get().mailed_at is None
    Job.objects.all().begin_anew(timezone.now() - timedelta(seconds=1))
    [second] = work()
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    tell(wes)
    [third] = work()
    assert third.extra_headers["Message-ID"] != first.extra_headers["Message-ID"]


def killed(job: Job) -> None:
    raise RuntimeError("as good as killed")


def test_a_subject_is_one_line_and_short(wes: User) -> None:
    tell(wes, text=f"{'Very ' * 60}long\nBcc: all@example.org")
    [sent] = work()
    assert len(sent.subject) <= 151
    assert "\n" not in sent.subject


def test_a_mail_is_not_longer_than_people_read(wes: User) -> None:
    for n in range(52):
        tell(wes, text=f"Number {n}.")
    [sent] = work()
    assert "Number 49." in sent.body
    assert "Number 50." not in sent.body
    assert "And 2 more.\n" in sent.body
    assert not Notice.objects.filter(mailed_at=None).exists()
