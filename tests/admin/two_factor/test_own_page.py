"""Everybody's own page: turning it on and off, new recovery codes."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.two_factor.steps import (
    CODE,
    DESK,
    LOGIN,
    OWN,
    enter,
    errors,
    gets_in,
    log_in,
    set_up,
)
from tests.phone import Phone
from trends.models import Access


def test_the_page_shows_the_key_in_three_ways(ada: User, desk: Any) -> None:
    page = desk(ada).get(OWN)
    key = page.context["key"].replace(" ", "")
    assert len(key) == 32
    assert f"otpauth://totp/ada?secret={key}&amp;issuer=Newsroom" in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "data:" in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "000000"}, "This code does not fit."),
        ({"password": "wrong"}, "This is not the password of your account."),
    ],
)
def test_it_takes_a_code_and_the_password(
    ada: User, desk: Any, wrong: dict[str, str], words: str
) -> None:
    client = desk(ada)
    phone = Phone(client.get(OWN).context["key"])
    page = client.post(OWN, {"code": phone.code(), "password": "ada"} | wrong)
    assert errors(page).startswith(words)
    assert gets_in(log_in("ada"))


def test_somebody_elses_session_does_not_guess_the_password(ada: User, desk: Any) -> None:
    client = desk(ada)
    phone = Phone(client.get(OWN).context["key"])
    for _ in range(5):
        client.post(OWN, {"code": phone.code(), "password": "wrong"})
    page = client.post(OWN, {"code": phone.code(), "password": "ada"})
    assert errors(page).startswith("Too many tries have failed.")


def test_who_sets_it_up_stays_and_other_sessions_are_asked(
    ada: User, desk: Any, clock: Any
) -> None:
    here, elsewhere = desk(ada), desk(ada)
    set_up(here, ada, clock)
    assert gets_in(here)
    assert elsewhere.get(DESK).status_code == 302


def test_turning_it_off_takes_the_password_and_ends_other_sessions(ada: User, phone: Phone) -> None:
    here, elsewhere = log_in("ada"), log_in("ada")
    enter(here, phone.code())
    enter(elsewhere, phone.code(later=1))
    assert "not the password" in errors(here.post(OWN, {"password": "wrong", "off": "1"}))
    assert gets_in(elsewhere)
    assert here.post(OWN, {"password": "ada", "off": "1"}).url == OWN
    assert gets_in(here)
    assert not gets_in(elsewhere)
    assert gets_in(log_in("ada"))
    assert Access.objects.filter(kind="two_factor").first().detail == "turned off"


def test_new_recovery_codes_end_the_old_ones(ada: User, codes: list[str]) -> None:
    client = log_in("ada")
    enter(client, codes[0])
    assert "not the password" in errors(client.post(OWN, {"password": "wrong", "renew": "1"}))
    page = client.post(OWN, {"password": "ada", "renew": "1"})
    new = list(page.context["codes"])
    assert not set(new) & set(codes)
    assert "no-store" in page["Cache-Control"]
    assert errors(enter(log_in("ada"), codes[1])).startswith("This code is wrong")
    assert enter(log_in("ada"), new[0]).status_code == 302


class TestRequired:
    @pytest.fixture(autouse=True)
    def wish(self, settings: Any) -> None:
        settings.NEWSROOM_TWO_FACTOR = "required"

    def test_nobody_reaches_the_desk_without_it(self, ada: User, clock: Any) -> None:
        client = log_in("ada", to="/admin/trends/topic/")
        assert client.page.redirect_chain[-1][0] == f"{OWN}?next=%2Fadmin%2Ftrends%2Ftopic%2F"
        assert "asks everybody for a code" in client.page.content.decode()
        for url in (DESK, "/admin/jsi18n/", "/admin/password_change/", "/admin/trends/article/"):
            assert client.get(url).url.startswith(LOGIN)
        assert client.get(CODE).url.startswith(OWN)
        set_up(client, ada, clock)
        assert gets_in(client)

    def test_a_session_from_before_is_no_exception(self, ada: User, desk: Any) -> None:
        assert desk(ada).get(DESK, follow=True).redirect_chain[-1][0].startswith(OWN)

    def test_turned_off_it_is_to_be_set_up_again(self, ada: User, phone: Phone) -> None:
        client = log_in("ada")
        enter(client, phone.code())
        page = client.post(OWN, {"password": "ada", "off": "1"}, follow=True)
        assert "key" in page.context
        assert not gets_in(client)
