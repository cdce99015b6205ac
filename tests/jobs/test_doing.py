"""A job that is done, and one that goes wrong."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from tests.jobs.conftest import Register
from tests.people import person, role
from trends.jobs.doing import do, last_words
from trends.models import Job, Notice, Topic
from trends.models.job import ATTEMPTS

pytestmark = pytest.mark.django_db
Given = list[tuple[str, dict[str, Any]]]


def write(key: str, payload: dict[str, Any], now: datetime) -> None:
    Topic.objects.create(name=key, slug=key)


def write_and_fail(key: str, payload: dict[str, Any], now: datetime) -> None:
    write(key, payload, now)
    raise ValueError("first line\nthe tide is out")


def claimed(kind: str = "test", attempts: int = 0, **payload: Any) -> Job:
    Job.objects.add(kind, "tides", run_at=timezone.now(), **payload)
    Job.objects.update(attempts=attempts)
    job = Job.objects.claim(timezone.now())
    assert job is not None
    return job


def written() -> int:
    return Topic.objects.count()


def test_it_works(register: Register) -> None:
    given: Given = []
    register(lambda key, payload, now: given.append((key, payload)))
    assert do(claimed(until="noon"))
    assert given == [("tides", {"until": "noon"})]
    assert not Job.objects.exists()


def test_a_failure_takes_back_what_was_written_and_is_kept(register: Register) -> None:
    register(write_and_fail)
    assert not do(claimed())
    job = Job.objects.get()
    assert (written(), job.error, job.attempts) == (0, "ValueError: the tide is out", 1)
    assert job.run_at > timezone.now()


def test_who_lost_the_job_takes_back_what_was_written(register: Register) -> None:
    register(write)
    job = claimed()
    Job.objects.update(lease="another's")
    assert not do(job)
    assert written() == 0
    assert Job.objects.get().error == ""


def test_an_error_of_the_past_goes_with_the_job_that_is_done(register: Register) -> None:
    register(write)
    job = claimed()
    Job.objects.update(error="ValueError: no", asked=2)
    assert do(job)
    assert (written(), Job.objects.get().error) == (1, "")


# --- slow ones ---


def test_a_slow_one_works_outside_of_the_transaction_and_writes_within(register: Register) -> None:
    depths: list[int] = []

    def work(key: str, payload: dict[str, Any], now: datetime) -> Any:
        depths.append(len(connection.savepoint_ids))

        def ending() -> None:
            depths.append(len(connection.savepoint_ids))
            write(key, payload, now)

        return ending

    register(work, slow=True)
    assert do(claimed())
    assert depths == [0, 1]  # of savepoints: a test is one transaction
    assert (written(), Job.objects.count()) == (1, 0)


def test_a_slow_one_may_have_nothing_to_write(register: Register) -> None:
    register(lambda *_: None, slow=True)
    assert do(claimed())
    assert not Job.objects.exists()


# --- those that come back ---


def test_one_that_comes_regularly_puts_itself_on_the_list_again(register: Register) -> None:
    register(write, next_at=lambda now: now + timedelta(hours=1))
    assert do(claimed())
    job = Job.objects.get()
    assert job.run_at > timezone.now() + timedelta(minutes=59)
    assert (job.lease, job.attempts) == ("", 0)


# --- given up ---


@pytest.fixture
def tess(db: None) -> User:
    tess = person("tess")
    tess.groups.add(role("Administrator"))
    tess.email = "tess@example.org"
    tess.save()
    return tess


def test_administrators_are_told_once_when_it_is_given_up(
    register: Register, tess: User, root: User, ada: User
) -> None:
    register(write_and_fail)
    do(claimed(attempts=ATTEMPTS - 2))
    assert not Notice.objects.exists()
    Job.objects.update(run_at=timezone.now())
    job = Job.objects.claim(timezone.now())
    assert job is not None
    do(job)
    said = "A job was given up after 8 attempts: A test tides.\nValueError: the tide is out"
    assert set(Notice.objects.values_list("user", "text")) == {(tess.pk, said), (root.pk, said)}
    assert Job.objects.filter(kind="mail", key=str(tess.pk)).exists()


def test_failing_mail_is_not_told_by_mail(register: Register, tess: User) -> None:
    register(write_and_fail, kind="mail")
    do(claimed("mail", attempts=ATTEMPTS - 1))
    assert Notice.objects.get().user == tess
    assert Job.objects.get().key == "tides"


def test_what_kills_its_workers_is_given_up_too(register: Register, tess: User) -> None:
    register(write)
    do(claimed(attempts=ATTEMPTS))
    job = Job.objects.get(kind="test")
    assert job.error == "Undoable: 8 workers died while they did this job."
    assert (written(), job.given_up_at is not None) == (0, True)


def test_an_unknown_kind_waits_for_a_worker_that_knows_it(register: Register) -> None:
    assert not do(claimed("of tomorrow"))
    assert "knows no such kind of job" in Job.objects.get().error


# --- what is kept of an error ---


def test_no_password_is_kept() -> None:
    error = OSError("no answer of smtp://desk:tide7@mail.example.org:587")
    assert last_words(error) == "OSError: no answer of smtp://…@mail.example.org:587"


@override_settings(MAIL_PASSWORD="tide7")
def test_nor_one_that_the_site_knows() -> None:
    assert last_words(ValueError("b'tide7' refused")) == "ValueError: b'…' refused"


def test_an_error_without_words_has_a_type() -> None:
    assert last_words(KeyError()) == "KeyError: "
