"""Who gets a job, for how long, and who may end it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trends.models import Job
from trends.models.job import ATTEMPTS, FIRST_WAIT, LEASE, LONGEST_WAIT, Lost, wait_after

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 28, 20, tzinfo=UTC)
LATER = NOW + LEASE


def add(key: str = "1", run_at: datetime = NOW) -> Job:
    Job.objects.add("test", key, run_at=run_at)
    return Job.objects.get(key=key)


def claim(now: datetime = NOW) -> Job:
    job = Job.objects.claim(now)
    assert job is not None
    return job


def test_it_works() -> None:
    add()
    job = claim()
    assert (job.attempts, job.leased_until, len(job.lease)) == (1, LATER, 32)
    assert list(Job.objects.in_hand(NOW)) == [job]
    job.finish()
    assert not Job.objects.exists()


def test_what_is_due_longest_comes_first() -> None:
    add("late", NOW)
    add("early", NOW - timedelta(hours=1))
    assert [claim().key, claim().key] == ["early", "late"]


def test_nobody_gets_what_is_not_due_or_given_up_or_in_hand() -> None:
    add("tomorrow", NOW + timedelta(seconds=1))
    add("given up")
    Job.objects.filter(key="given up").update(given_up_at=NOW)
    add("in hand")
    claim()
    assert Job.objects.claim(NOW) is None


def test_a_worker_without_work_only_reads() -> None:
    with CaptureQueriesContext(connection) as queries:
        Job.objects.claim(NOW)
    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


def test_a_silent_worker_loses_its_job() -> None:
    add()
    silent = claim()
    assert Job.objects.claim(LATER - timedelta(seconds=1)) is None
    other = claim(LATER)
    assert not silent.renew(LATER + LEASE)
    with pytest.raises(Lost):
        silent.finish()
    assert not silent.fail("It took too long.", now=LATER)
    assert Job.objects.get().lease == other.lease
    other.finish()
    assert not Job.objects.exists()


def test_a_worker_that_is_alive_keeps_it() -> None:
    add()
    job = claim()
    assert job.renew(LATER + LEASE)
    assert Job.objects.claim(LATER) is None


def test_what_was_asked_for_again_meanwhile_runs_once_more() -> None:
    add()
    job = claim()
    add(run_at=NOW + timedelta(minutes=5))
    job.finish()
    again = claim()
    assert (again.asked, again.attempts) == (2, 1)
    again.finish()
    assert not Job.objects.exists()


def test_a_removed_job_can_not_be_ended() -> None:
    add()
    job = claim()
    Job.objects.all().delete()
    with pytest.raises(Lost):
        job.finish()


def test_a_failure_waits_longer_each_time_until_it_is_given_up() -> None:
    add()
    now, waits = NOW, []
    for attempt in range(1, ATTEMPTS + 1):
        job = claim(now)
        assert job.fail("ValueError: no", now=now) == (attempt == ATTEMPTS)
        waits.append(Job.objects.get().run_at - now)
        now = Job.objects.get().run_at
    job = Job.objects.get()
    assert (job.given_up_at, job.error, job.lease) == (now, "ValueError: no", "")
    assert waits[:-1] == sorted(waits[:-1])
    assert Job.objects.claim(now + timedelta(days=9)) is None


@pytest.mark.parametrize(
    ("attempts", "wait"), [(1, FIRST_WAIT), (4, FIRST_WAIT * 8), (30, LONGEST_WAIT)]
)
def test_the_wait_doubles_up_to_an_hour_give_or_take_a_fifth(
    attempts: int, wait: timedelta
) -> None:
    waits = {wait_after(attempts) for _ in range(20)}
    assert len(waits) > 1
    assert all(wait * 0.8 <= one <= wait * 1.2 for one in waits)


def test_one_that_comes_regularly_waits_for_its_turn_instead() -> None:
    add()
    Job.objects.update(attempts=ATTEMPTS - 1)
    tomorrow = NOW + timedelta(days=1)
    assert claim().fail("OSError: no", now=NOW, next_at=tomorrow)
    job = Job.objects.get()
    assert (job.run_at, job.attempts, job.given_up_at) == (tomorrow, 0, None)


def test_begin_anew_leaves_what_is_in_hand() -> None:
    add()
    Job.objects.update(given_up_at=NOW, attempts=8)
    assert Job.objects.all().begin_anew(NOW) == 1
    claim()
    assert Job.objects.all().begin_anew(NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_at_once_each_gets_another_job() -> None:
    for n in range(12):
        add(str(n))
    start = Barrier(4)

    def work(_: int) -> list[str]:
        try:
            start.wait(timeout=20)
            found = [Job.objects.claim(NOW) for _ in range(3)]
            return [job.key for job in found if job]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = [key for keys in pool.map(work, range(4)) for key in keys]
    assert sorted(taken, key=int) == [str(n) for n in range(12)]
