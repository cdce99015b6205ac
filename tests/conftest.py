"""What all tests share."""

import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError
from django.db import connection, transaction
from django.test import TransactionTestCase

from tests.people import person
from trends.models.readership import add_views
from trends.public import counting
from trends.public.tally import Tally

# The same examples in every run: what fails, fails for everybody. HYPOTHESIS_PROFILE=explore
# draws new ones.
# No clock decides: on a busy machine every example is slow.
_UNHURRIED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("same", derandomize=True, **_UNHURRIED)
hypothesis.settings.register_profile("explore", max_examples=1000, **_UNHURRIED)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
IN_CI = os.environ.get("CI", "").lower() == "true"
# The shell draws no window nobody looks at: less than half the work for the same pages.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What asks the database for nothing that differs from one to the other; races do.
ONCE = ("tests/admin/", "tests/legacy/", "tests/workflow/test_table.py")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser its tests are skipped, except where the result counts. Those that may do
    with one database are marked (docs/decisions/0019)."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        if mark is None and not fixtures & {"db", "transactional_db"}:
            item.add_marker("pure")
        elif item.nodeid.startswith(ONCE) and not (
            fixtures & {"transactional_db", "live_server"}
            or (mark is not None and mark.kwargs.get("transaction"))
        ):
            item.add_marker("once")
    if CHROMIUM or IN_CI:
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on the PATH: install it"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    assert CHROMIUM, (
        "There is no Chromium on the PATH: install it (apt install chromium-headless-shell)"
    )
    return CHROMIUM


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Any:
    """Tests reach this machine only: another address is an error, whatever would catch it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", guarded_lookup(socket.getaddrinfo))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_writer() -> Any:
    """Views are counted as always, and no thread writes them down: tests do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "tally", Tally(add_views, every=None))
        yield


@pytest.fixture(scope="session", autouse=True)
def patient_flush() -> Any:
    """A page that goes away says so to the server (presence, drafts): such a late request may
    hold a row when the test's tables are emptied, and PostgreSQL then ends one of the two."""
    empty = TransactionTestCase._fixture_teardown

    def empty_again(self: TransactionTestCase) -> None:
        for _ in range(3):
            try:
                return empty(self)
            except CommandError:
                time.sleep(0.5)
        return empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_again)
        patch.setattr(type(connection.ops), "sql_flush", deletions)
        yield


# What migrations have filled, and no test changes for good: the roles.
KEPT = {"auth_group", "auth_group_permissions", "auth_permission", "django_content_type"}


def deletions(_: Any, style: Any, tables: list[str], **__: Any) -> list[str]:
    """PostgreSQL cuts sixty files with TRUNCATE, for a second or two; there are few rows. Foreign
    keys are looked at when all is done."""
    return [f'DELETE FROM "{table}"' for table in tables if table not in KEPT]


def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def checked(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refuse_outside(address[0])
        return connect(self, address)

    return checked


def guarded_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    def checked(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_outside(host)
        return lookup(host, *args, **kwargs)

    return checked


def refuse_outside(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host or "localhost"
    if name != "localhost" and not is_loopback(name):
        pytest.fail(f"This test wants to reach {name}: tests stay on this machine")


def is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


# --- rows that are dear to make ---


@pytest.fixture(scope="module")
def shared_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """What is made inside `with shared_rows():` all tests of the module find as it was: each of
    them works in a savepoint. None of them may commit (`transaction=True`)."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


# --- known people ---


@pytest.fixture
def ada(db: None) -> User:
    return person("ada")


@pytest.fixture
def wes(db: None) -> User:
    return person("wes")


@pytest.fixture
def pam(db: None) -> User:
    return person("pam")


@pytest.fixture
def otto(db: None) -> User:
    """Staff without a role: the door of the admin opens, and nothing behind it."""
    return person("otto")


@pytest.fixture
def root(db: None) -> User:
    return person("root", is_superuser=True)
