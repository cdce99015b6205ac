"""The way in: tries are counted by name and by address, and shared by all processes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from tests.people import person, role
from trends.models import Access
from trends.models.making import make_article

LOGIN = "/admin/login/"
NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
WAIT = "Too many tries have failed. Try again in "
OUTSIDE = "203.0.113.7"


def log_in(name: str, password: str, *, address: str = OUTSIDE, minutes: float = 0) -> str:
    """What the page says; "" when it opens the door. Each time another browser."""
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        data = {"username": name, "password": password, "next": "/admin/"}
        response = Client().post(LOGIN, data, REMOTE_ADDR=address)
    if response.status_code == 302:
        return ""
    assert f'value="{name}"' in response.content.decode()
    return " ".join(response.context["form"].non_field_errors())


def fail(times: int, name: str = "ada", **how: Any) -> str:
    return [log_in(name, "wrong", **how) for _ in range(times)][-1]


def test_it_works_and_is_written_down(ada: User) -> None:
    assert log_in("ada", "ada") == ""
    row = Access.objects.get()
    assert (row.kind, row.user, row.name, row.address, row.at) == (
        "login", ada, "ada", OUTSIDE, NOON,
    )  # fmt: skip


def test_after_five_failures_there_is_a_wait_that_ends(ada: User) -> None:
    assert WAIT not in fail(5)
    said = f"{WAIT}a minute, after 12:01:00 (UTC). If you forgot the password, have a link sent"
    assert log_in("ada", "ada").startswith(said)
    assert log_in("Ada", "ada", address="198.51.100.1", minutes=0.9).startswith(WAIT)
    assert log_in("ada", "ada", minutes=1) == ""
    kinds = Access.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["failed"] * 5 + ["refused"] * 2 + ["login"]


def test_waits_double_up_to_a_quarter_of_an_hour_and_are_forgotten(ada: User) -> None:
    fail(5)
    minutes, waits = 0.0, []
    for _ in range(6):
        said = fail(1, minutes=minutes + 0.01)
        waits.append(said.removeprefix(WAIT).split(",")[0])
        wait = min(2 ** (len(waits) - 1), 15)
        minutes += wait
        assert WAIT not in fail(1, minutes=minutes)
    assert waits == ["a minute", *(f"{n} minutes" for n in (2, 4, 8, 15, 15))]
    assert log_in("ada", "ada", minutes=minutes + 61) == ""


def test_many_at_once_count_each_other(db: None) -> None:
    """None of them has been answered yet when the next one comes."""
    tries = [Access.objects.begin("ada", OUTSIDE, now=NOON) for _ in range(9)]
    assert [bool(row.wait_until) for row in tries] == [False] * 5 + [True] * 4


def test_who_got_in_starts_anew(ada: User) -> None:
    fail(4)
    assert log_in("ada", "ada") == ""
    assert WAIT not in fail(4)


def test_an_account_that_there_is_not_is_answered_alike(ada: User) -> None:
    said = [[log_in(name, "wrong") for _ in range(6)] for name in ("ada", "nobody")]
    assert said[0] == said[1]
    assert said[0][5].startswith(WAIT)


def test_one_address_that_tries_many_names(ada: User) -> None:
    for n in range(20):
        assert WAIT not in fail(1, name=f"name{n}")
    assert log_in("ada", "ada").startswith(WAIT)
    assert log_in("ada", "ada", address="198.51.100.1") == ""


def test_a_proxy_that_does_not_say_for_whom_it_asks_is_no_address(ada: User) -> None:
    for n in range(20):
        fail(1, name=f"name{n}", address="127.0.0.1")
    assert log_in("ada", "ada", address="127.0.0.1") == ""


def test_a_proxy_that_does(ada: User, settings: Any) -> None:
    settings.NEWSROOM_PROXY_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    data = {"username": "ada", "password": "ada"}
    Client().post(LOGIN, data, headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.9"})
    assert Access.objects.get().address == "203.0.113.9"


def test_otto_from_outside_the_staff_is_no_exception(db: None) -> None:
    User.objects.create_user("reader", password="reader")
    assert log_in("reader", "reader") != ""
    assert Access.objects.get().kind == "failed"


class TestSessions:
    @pytest.fixture
    def client(self, wes: User) -> Client:
        client = Client()
        client.force_login(wes)
        return client

    @pytest.mark.parametrize(
        "withdraw",
        [
            lambda wes: setattr(wes, "is_active", False) or wes.save(),
            lambda wes: setattr(wes, "is_staff", False) or wes.save(),
            lambda wes: wes.set_password("another") or wes.save(),
            lambda wes: wes.groups.remove(role("Writer")),
            lambda wes: wes.groups.set([role("Editor")]),
            lambda wes: role("Writer").user_set.remove(wes),
        ],
    )
    def test_they_end_when_something_is_withdrawn(
        self, client: Client, wes: User, withdraw: Any
    ) -> None:
        other = Client()
        other.force_login(person("pam"))
        withdraw(wes)
        assert Session.objects.count() == 1
        assert client.get("/admin/").status_code == 302
        assert other.get("/admin/").status_code == 200

    def test_they_go_on_when_something_is_given(self, client: Client, wes: User) -> None:
        wes.first_name = "Wesley"
        wes.save()
        wes.groups.add(role("Editor"))
        assert client.get("/admin/").status_code == 200

    def test_disabled_past_all_signals_is_out_too(self, client: Client, wes: User) -> None:
        User.objects.filter(pk=wes.pk).update(is_active=False)
        assert client.get("/admin/").status_code == 302

    def test_who_changes_the_own_password_stays(self, client: Client, wes: User) -> None:
        elsewhere = Client()
        elsewhere.force_login(wes)
        new = "a longer one for Wes"
        data = {"old_password": "wes", "new_password1": new, "new_password2": new}
        assert client.post("/admin/password_change/", data).status_code == 302
        assert client.get("/admin/").status_code == 200
        assert elsewhere.get("/admin/").status_code == 302


def test_an_export_is_written_down(desk: Any, ada: User) -> None:
    make_article("The ferry", by=ada)
    desk(ada).post("/admin/trends/article/export/?q=ferry")
    row = Access.objects.get()
    assert (row.kind, row.user, row.detail) == ("export", ada, "1 piece as CSV: q=ferry")
