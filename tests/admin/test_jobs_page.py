"""What Administrators see of the jobs, and what they can do."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.people import person, role
from trends.models import Job

URL = "/admin/trends/job/"
HOUR = timedelta(hours=1)


@pytest.fixture
def tess(db: None) -> User:
    tess = person("tess")
    tess.groups.add(role("Administrator"))
    return tess


def job(key: str, **fields: Any) -> Job:
    return Job.objects.create(kind="mail", key=key, **{"run_at": timezone.now()} | fields)


def page(client: Any) -> str:
    return str(client.get(URL).content.decode())


def test_it_works(desk: Any, tess: User) -> None:
    in_hand = {"lease": "x", "leased_until": timezone.now() + HOUR}
    job("1", given_up_at=timezone.now(), attempts=8, error="OSError: no <answer>")
    job("2", attempts=2, error="OSError: late", run_at=timezone.now() + HOUR)
    job("3", **in_hand)
    job("4")
    shown = page(desk(tess))
    order = ["Given up <", "OSError: no &lt;answer&gt;", "tried again <", "OSError: late"]
    places = [shown.index(words) for words in [*order, "In hand <", "Waiting <"]]
    assert places == sorted(places)
    assert "account 4" in shown
    assert shown.count("Try now:") == 3
    assert "no worker seems to run" not in shown


def test_who_waits_for_too_long_waits_for_a_worker(desk: Any, tess: User) -> None:
    job("1", run_at=timezone.now() - HOUR)
    assert "no worker seems to run" in page(desk(tess))


def test_a_worker_that_died_is_named(desk: Any, tess: User) -> None:
    job("1", lease="x", leased_until=timezone.now() - HOUR)
    assert "Its worker is silent" in page(desk(tess))


def test_try_now(desk: Any, tess: User) -> None:
    failed = job("1", given_up_at=timezone.now(), attempts=8, error="OSError: no")
    said = desk(tess).post(f"{URL}{failed.pk}/again/", follow=True).content.decode()
    assert "it is tried again in a moment" in said
    failed.refresh_from_db()
    assert (failed.given_up_at, failed.attempts) == (None, 0)
    assert Job.objects.due(timezone.now()).get() == failed
    assert LogEntry.objects.get().user == tess


def test_what_is_in_hand_is_left_alone(desk: Any, tess: User) -> None:
    busy = job("1", lease="x", leased_until=timezone.now() + HOUR, attempts=3)
    said = desk(tess).post(f"{URL}{busy.pk}/again/", follow=True).content.decode()
    assert "a worker has it in hand" in said
    busy.refresh_from_db()
    assert busy.attempts == 3


def test_remove(desk: Any, tess: User) -> None:
    gone = job("1")
    said = desk(tess).post(f"{URL}{gone.pk}/remove/", follow=True).content.decode()
    assert "is off the list and will not be done" in said
    assert not Job.objects.exists()
    assert LogEntry.objects.get().object_repr == "mail 1"


def test_of_many_some_are_shown(desk: Any, tess: User) -> None:
    for n in range(52):
        job(str(n))
    shown = page(desk(tess))
    assert "Only the first 50 are shown." in shown
    assert '<span class="soft">52</span>' in shown


def test_the_right_to_look_is_none_to_act(desk: Any, otto: User) -> None:
    otto.user_permissions.set(Permission.objects.filter(codename="view_job"))
    one, client = job("1"), desk(otto)
    assert "Try now" not in page(client)
    assert [client.post(f"{URL}{one.pk}/{act}/").status_code for act in ("again", "remove")] == [
        403, 403,
    ]  # fmt: skip


def test_the_name_of_the_account_stands_for_its_number(desk: Any, tess: User, wes: User) -> None:
    job(str(wes.pk))
    job("987654")
    Job.objects.create(kind="recheck_links", key=str(tess.pk), run_at=timezone.now())
    shown = page(desk(tess))
    assert "Mail of notices to account Wes<" in shown
    assert "Mail of notices to account 987654<" in shown  # it is gone
    assert f"Planning checks of outside links {tess.pk}<" in shown
    gone = Job.objects.get(key=str(wes.pk))
    said = desk(tess).post(f"{URL}{gone.pk}/remove/", follow=True).content.decode()
    assert "Mail of notices to account Wes is off the list" in said


def test_names_cost_one_query(desk: Any, tess: User, wes: User, ada: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    client = desk(tess)
    job(str(wes.pk))
    few = cost()
    job(str(ada.pk), given_up_at=timezone.now())
    job(str(tess.pk), error="late")
    assert cost() == few


def test_an_empty_list_says_so(desk: Any, tess: User) -> None:
    page = desk(tess).get(URL).content.decode()
    assert "Nothing waits, and nothing failed." in page
