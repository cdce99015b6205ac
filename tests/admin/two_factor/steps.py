"""Setting up two-factor login and coming in with it, for tests."""

from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from tests.phone import STEP, Phone

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
OWN, CODE, LOGIN, DESK = "/admin/two_factor/", "/admin/two_factor/code/", "/admin/login/", "/admin/"


def log_in(name: str, password: str = "", *, to: str = DESK) -> Any:
    """A browser of its own that has given the password, and where that led."""
    client = Client()
    data = {"username": name, "password": password or name, "next": to}
    client.page = client.post(LOGIN, data, follow=True)
    return client


def enter(client: Any, code: str, **more: Any) -> Any:
    return client.post(CODE, {"code": code, **more})


def set_up(client: Client, user: User, clock: Any) -> tuple[Phone, list[str]]:
    """The phone and the recovery codes. The code of that moment is used up, so a step goes by."""
    phone = Phone(client.get(OWN).context["key"])
    page = client.post(OWN, {"code": phone.code(), "password": user.username})
    codes = list(page.context["codes"])
    clock.shift(STEP)
    return phone, codes


def errors(page: Any) -> str:
    return " ".join(chain.from_iterable(page.context["form"].errors.values()))


def gets_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200
