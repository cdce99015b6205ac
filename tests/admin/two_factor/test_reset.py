"""Who lost the phone: an Administrator or the command takes it off; a mail does not."""

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from tests.admin.two_factor.steps import CODE, enter, gets_in, log_in
from tests.people import person, role
from tests.phone import Phone
from trends.models import Access, two_factor

USERS = "/admin/auth/user/"
NEW = "two ferries and a crane"


@pytest.fixture
def tess(db: None) -> User:
    user = person("tess")
    user.groups.add(role("Administrator"))
    return user


def reset(client: Any, *users: User) -> Any:
    data = {"action": "reset_two_factor", "_selected_action": [user.pk for user in users]}
    return client.post(USERS, data, follow=True)


def said(page: Any) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def test_it_works(desk: Any, tess: User, ada: User, phone: Phone) -> None:
    client = log_in("ada")
    enter(client, phone.code())
    assert "ada is logged out everywhere" in said(reset(desk(tess), ada)).lower()
    assert not gets_in(client)
    assert gets_in(log_in("ada"))
    row = Access.objects.filter(kind="two_factor").first()
    assert (row.user, row.name, row.detail) == (tess, "ada", "reset")
    assert LogEntry.objects.get().object_id == str(ada.pk)


def test_the_list_tells_who_has_it(desk: Any, tess: User, ada: User, phone: Phone) -> None:
    page = desk(tess).get(USERS)
    has = {user.username: user.has_two_factor for user in page.context["cl"].result_list}
    assert has == {"ada": True, "tess": False}
    reset(desk(tess), ada)
    assert said(reset(desk(tess), ada)) == "The account ada has no two-factor login."


def test_nobody_resets_the_own_one_in_passing(
    desk: Any,
    ada: User,
    phone: Phone,
) -> None:
    ada.groups.set([role("Administrator")])
    client = log_in("ada")
    enter(client, phone.code())
    assert "changed under “Two-factor”" in said(reset(client, ada))
    assert two_factor.has(ada)


def test_it_takes_an_administrator(desk: Any, pam: User, ada: User, phone: Phone) -> None:
    assert reset(desk(pam), ada).status_code == 403
    assert two_factor.has(ada)


def test_off_it_is_not_offered(desk: Any, tess: User, ada: User, wish: Any) -> None:
    wish.NEWSROOM_TWO_FACTOR = "off"
    page = desk(tess).get(USERS).content.decode()
    assert "reset_two_factor" not in page
    assert "send_link" in page


def test_a_password_by_mail_does_not_get_round_it(ada: User, phone: Phone) -> None:
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    client = Client()
    client.post("/admin/password_reset/", {"email": "ada@example.org"})
    call_command("work", once=True, verbosity=0)
    link = re.search(r"http://127.0.0.1:8000(/admin/reset/\S+)", mail.outbox[0].body)
    assert link
    where = client.get(link[1], follow=True).redirect_chain[-1][0]
    client.post(where, {"new_password1": NEW, "new_password2": NEW})
    assert not gets_in(client)
    client = log_in("ada", NEW)
    assert client.page.redirect_chain[-1][0].startswith(CODE)
    assert not gets_in(client)
    enter(client, phone.code())
    assert gets_in(client)


def test_the_command_is_for_the_only_administrator(ada: User, phone: Phone) -> None:
    call_command("reset_two_factor", "ada", stdout=StringIO())
    assert gets_in(log_in("ada"))
    assert Access.objects.filter(kind="two_factor").first().detail == "reset by manage.py"


@pytest.mark.parametrize(
    ("name", "words"), [("nobody", "There is no account nobody"), ("wes", "no two-factor login")]
)
def test_the_command_says_why_not(wes: User, name: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("reset_two_factor", name)
