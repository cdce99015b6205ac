"""Who is told what, and when a job waits for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from tests.people import person
from trends.models import Job, Member, Notice
from trends.models.member import next_digest

NOW = datetime(2026, 3, 28, 20, tzinfo=UTC)


@pytest.fixture
def wes(db: None) -> User:
    wes = person("wes")
    wes.email = "wes@example.org"
    wes.save()
    return wes


def tell(*users: User, by: User | None = None, now: datetime = NOW) -> None:
    Notice.objects.tell(users, Notice.Kind.MENTION, "Look at it.", by=by, now=now)


def test_it_works(wes: User) -> None:
    tell(wes)
    assert Notice.objects.of(wes).unread().get().text == "Look at it."
    job = Job.objects.get()
    assert (job.kind, job.key, job.run_at) == ("mail", str(wes.pk), NOW)


def test_one_mail_for_many_notices(wes: User) -> None:
    tell(wes)
    tell(wes, now=NOW + timedelta(minutes=1))
    job = Job.objects.get()
    assert (job.run_at, job.asked, Notice.objects.count()) == (NOW, 2, 2)


def test_nobody_is_told_of_own_doings_nor_when_gone(wes: User, ada: User) -> None:
    ada.is_active = False
    tell(wes, ada, by=wes)
    assert not Notice.objects.exists()


def test_no_mail_without_an_address_or_against_their_wish(wes: User, ada: User) -> None:
    Member.objects.create(user=wes, mail=Member.Mail.NEVER)
    tell(wes, ada)
    assert Notice.objects.count() == 2
    assert not Job.objects.exists()


@override_settings(TIME_ZONE="Europe/Berlin")
def test_the_digest_comes_at_seven_where_the_site_is(wes: User) -> None:
    Member.objects.create(user=wes, mail=Member.Mail.DAILY)
    tell(wes)
    # The clocks go forward in this night: seven is at 5:00 UTC, not at 6:00.
    assert Job.objects.get().run_at == datetime(2026, 3, 29, 5, tzinfo=UTC)
    assert next_digest(datetime(2026, 3, 29, 5, tzinfo=UTC)) == datetime(2026, 3, 30, 5, tzinfo=UTC)


def test_what_was_given_up_begins_anew(db: None) -> None:
    later = NOW + timedelta(hours=1)
    Job.objects.create(kind="mail", key="1", run_at=later, attempts=9, given_up_at=NOW)
    Job.objects.add("mail", "1", run_at=NOW)
    job = Job.objects.get()
    assert (job.run_at, job.attempts, job.given_up_at) == (NOW, 0, None)
    Job.objects.add("mail", "1", run_at=later)
    assert Job.objects.get().run_at == NOW
