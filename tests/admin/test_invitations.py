"""Accounts by mail: invitations and forgotten passwords."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.people import person, role
from trends.jobs import account_mail
from trends.models import Access, Job

INVITE, USERS, FORGOTTEN = (
    "/admin/auth/user/invite/", "/admin/auth/user/", "/admin/password_reset/",
)  # fmt: skip
NEW = "two ferries and a crane"


@pytest.fixture
def tess(db: None) -> User:
    user = person("tess")
    user.groups.add(role("Administrator"))
    return user


@pytest.fixture
def nora(db: None) -> User:
    """With an address and a role."""
    user = person("nora")
    user.groups.add(role("Writer"))
    user.email = "nora@example.org"
    user.save()
    return user


def invite(client: Any, **fields: Any) -> Any:
    data = {"name": "Ida Marie Holm", "email": "ida@example.org", "role": role("Writer").pk}
    return client.post(INVITE, data | fields, follow=True)


def sent() -> list[Any]:
    """All mails, after the worker has done what waits."""
    call_command("work", once=True, verbosity=0)
    return mail.outbox


def link_of(message: Any) -> str:
    found = re.search(r"http://127.0.0.1:8000(/admin/reset/\S+)", message.body)
    assert found, message.body
    return found[1]


def choose(link: str, password: str = NEW) -> Any:
    client = Client()
    page = client.get(link, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(where, {"new_password1": password, "new_password2": password}, follow=True)


def said(page: Any) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def can_log_in(name: str, password: str) -> bool:
    return Client().login(username=name, password=password)


def test_an_invitation(desk: Any, tess: User) -> None:
    assert said(invite(desk(tess))) == "Ida Marie Holm gets a mail at ida@example.org with a link."
    ida = User.objects.get(email="ida@example.org")
    assert (ida.username, ida.last_name, ida.is_staff) == ("ida", "Marie Holm", True)
    assert [str(group) for group in ida.groups.all()] == ["Writer"]
    assert not ida.has_usable_password()
    (message,) = sent()
    assert message.to == ["ida@example.org"]
    assert "You log in as: ida" in message.body
    assert "Your password is set" in choose(link_of(message)).content.decode()
    assert can_log_in("ida", NEW)
    assert "does not work any more" in choose(link_of(message), "another one 1").content.decode()
    kinds = Access.objects.order_by("pk").values_list("kind", "name", "detail")
    assert list(kinds) == [("invited", "ida", "Writer"), ("password", "ida", "")]


def test_the_list_tells_who_has_not_come_yet_and_sends_again(desk: Any, tess: User) -> None:
    invite(desk(tess))
    sent()
    ida = User.objects.get(email="ida@example.org")
    assert "invited" in desk(tess).get(USERS).content.decode()
    again = {"action": "send_link", "_selected_action": [ida.pk, tess.pk]}
    page = desk(tess).post(USERS, again, follow=True)
    assert "Nothing sent: the account tess has no mail address." in said(page)
    assert "there is an account for you" in sent()[1].body
    choose(link_of(mail.outbox[1]))
    assert can_log_in("ida", NEW)
    assert "does not work any more" in choose(link_of(mail.outbox[0])).content.decode()


def test_a_name_that_is_taken_and_an_address_that_is(desk: Any, tess: User, nora: User) -> None:
    page = invite(desk(tess), email="NORA@example.org")
    assert "There is an account with this address." in page.content.decode()
    invite(desk(tess), name="Nora Reed", email="reed@example.org")
    assert User.objects.get(email="reed@example.org").username == "nora2"
    assert len(sent()) == 1


def test_a_site_without_mail_says_so(desk: Any, tess: User, nora: User, settings: Any) -> None:
    settings.SENDS_MAIL = False
    assert "this site sends no mail. Set EMAIL_URL" in said(invite(desk(tess)))
    assert User.objects.filter(email="ida@example.org").exists()
    page = Client().post(FORGOTTEN, {"email": nora.email}, follow=True)
    assert page.redirect_chain == [(f"{FORGOTTEN}done/", 302)]


def test_a_mail_server_that_is_away_delays_nobody(
    desk: Any, tess: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError("nobody listens")

    with monkeypatch.context() as patch:
        patch.setattr(account_mail, "send_mail", broken)
        assert "gets a mail" in said(invite(desk(tess)))
        assert sent() == []
    assert "nobody listens" in Job.objects.get(kind=account_mail.LINK).error
    Job.objects.filter(kind=account_mail.LINK).update(run_at=timezone.now())
    assert sent()[0].to == ["ida@example.org"]


def test_a_forgotten_password(client: Client, nora: User) -> None:
    client.force_login(nora)
    Client().post(FORGOTTEN, {"email": "Nora@Example.org"})
    (message,) = sent()
    assert "your old password stays" in message.body
    assert client.get("/admin/").status_code == 200
    choose(link_of(message))
    assert can_log_in("nora", NEW)
    assert client.get("/admin/").status_code == 302


def test_nobody_learns_who_has_an_account(nora: User) -> None:
    pages = [
        Client().post(FORGOTTEN, {"email": email}, follow=True)
        for email in ("nora@example.org", "nobody@example.org")
    ]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert len(sent()) == 1


def test_a_colleague_is_not_flooded(nora: User) -> None:
    for _ in range(3):
        Client().post(FORGOTTEN, {"email": nora.email})
    assert len(sent()) == 1


def test_who_is_disabled_gets_nothing(desk: Any, tess: User, nora: User) -> None:
    User.objects.filter(pk=nora.pk).update(is_active=False)
    Client().post(FORGOTTEN, {"email": nora.email})
    page = desk(tess).post(
        USERS, {"action": "send_link", "_selected_action": [nora.pk]}, follow=True
    )
    assert said(page) == "Nothing sent: the account nora is disabled."
    assert sent() == []


def test_the_pages_are_the_desks(db: None) -> None:
    page = Client().get(FORGOTTEN)
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]
    assert FORGOTTEN in Client().get("/admin/login/").content.decode()
