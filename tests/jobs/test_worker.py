"""`manage.py work`: how it begins, waits and ends."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from tests.jobs.conftest import Register
from tests.jobs.driving import Proof, add_jobs, effects
from trends.jobs.registry import daily
from trends.jobs.worker import Worker, ensure_regular_jobs
from trends.models import Job


def work() -> str:
    out = StringIO()
    call_command("work", once=True, stdout=out)
    return out.getvalue().strip()


def add(*keys: str, kind: str = "test", run_at: datetime | None = None) -> None:
    for key in keys:
        Job.objects.add(kind, key, run_at=run_at or timezone.now())


def fail(key: str, payload: Any, now: datetime) -> None:
    if key == "bad":
        raise ValueError("no")


@pytest.mark.django_db
def test_once_does_all_that_is_due(register: Register) -> None:
    register(fail)
    add("1", "2", "bad")
    add("tomorrow", run_at=timezone.now() + timedelta(days=1))
    assert work() == "2 done, 1 failed."
    assert set(Job.objects.values_list("key", flat=True)) == {"bad", "tomorrow"}


@pytest.mark.django_db
def test_it_puts_regular_jobs_on_the_list(register: Register) -> None:
    register(lambda *_: None, kind="hourly", next_at=lambda now: now + timedelta(hours=1))
    assert work() == "1 done, 0 failed."
    job = Job.objects.get()
    assert job.run_at > timezone.now()
    Job.objects.update(given_up_at=timezone.now())
    ensure_regular_jobs()
    ensure_regular_jobs()
    again = Job.objects.get()
    assert (again.given_up_at, again.asked) == (None, job.asked + 1)


@pytest.mark.django_db
def test_sessions_that_have_ended_go_once_a_day() -> None:
    for name, days in (("old", -1), ("new", 1)):
        end = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=name, session_data="", expire_date=end)
    work()
    assert Session.objects.get().session_key == "new"
    assert Job.objects.get(kind="sessions").run_at > timezone.now()


def test_daily_is_an_hour_of_the_site(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    next_at = daily(4)
    at = datetime.fromisoformat
    # The clocks go forward in the night to the 29th.
    assert next_at(at("2026-03-28T02:59:00+00:00")) == at("2026-03-28T03:00:00+00:00")
    assert next_at(at("2026-03-28T03:00:00+00:00")) == at("2026-03-29T02:00:00+00:00")


@pytest.mark.django_db
def test_told_to_end_it_ends_after_the_job_at_hand(register: Register) -> None:
    def told_to_end(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    register(told_to_end)
    add("1", "2")
    before = signal.getsignal(signal.SIGTERM)
    assert work() == "1 done, 0 failed."
    assert Job.objects.get().lease == ""
    assert signal.getsignal(signal.SIGTERM) == before


def test_it_ends_with_its_parent() -> None:
    worker = Worker(parent=os.getppid() + 1)
    worker.run()
    assert (worker.done, worker.failed) == (0, 0)


def test_a_database_that_is_away_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker()
    turns: list[Callable[[], bool]] = [away, away, lambda: False]

    def turn() -> bool:
        if not turns:
            worker.stop()
            return False
        return turns.pop(0)()

    monkeypatch.setattr("trends.jobs.worker.ensure_regular_jobs", lambda: None)
    monkeypatch.setattr("trends.jobs.worker.POLL", 0)
    monkeypatch.setattr("trends.jobs.worker.connection", closing := Closes())
    monkeypatch.setattr(worker, "_do_one", turn)
    worker.run()
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "The database does not answer (server closed the connection). The worker waits for it.",
        "The database answers again.",
    ]
    assert closing.times == 2


class Closes:
    times = 0

    def close(self) -> None:
        self.times += 1


def away() -> bool:
    raise OperationalError("server closed the connection\nunexpectedly")


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_work_lasts(register: Register) -> None:
    beats = threading.Semaphore(0)
    renew = Job.renew

    def beat(self: Job, until: datetime) -> bool:
        try:
            return renew(self, until)
        finally:
            beats.release()

    def long_work(*_: Any) -> None:
        for _ in range(2):
            assert beats.acquire(timeout=30)
        found.append(Job.objects.claim(timezone.now()))

    found: list[Job | None] = []
    register(long_work, slow=True)
    add("1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Job, "renew", beat)
        worker = Worker(lease=timedelta(seconds=1.5), once=True)
        worker.run()
    assert found == [None]
    assert (worker.done, worker.failed) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_restarted_database_does_not_end_it(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file")
    proof = Proof(tmp_path, User.objects.create_user("wes"), at_most=0)
    proof.start()
    try:
        add_jobs(1)
        proof.wait_until_all_is_done()
        cut_off_all_others()
        add_jobs(2)
        proof.wait_until_all_is_done()
        assert proof.end() == [0]
    finally:
        proof.cleared()
    assert effects() == {"0": 2, "1": 1}


def cut_off_all_others() -> None:
    """What a restart of PostgreSQL does to its clients."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
