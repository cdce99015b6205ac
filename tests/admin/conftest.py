"""The people of the desk: Ada edits, Wes writes, Pam publishes, Otto has no business here."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.people import person


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


@pytest.fixture
def desk() -> Callable[[User], Client]:
    """desk(user) is a client that is logged in as that user."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in
