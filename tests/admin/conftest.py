"""The people of the desk: Ada edits, Wes writes, Pam publishes, Otto has no business here."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


def person(username: str, *roles: str, **fields: Any) -> User:
    user = User.objects.create_user(username, password=username, is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def ada(db: None) -> User:
    return person("ada", "Editor")


@pytest.fixture
def wes(db: None) -> User:
    return person("wes", "Writer")


@pytest.fixture
def pam(db: None) -> User:
    return person("pam", "Publisher")


@pytest.fixture
def otto(db: None) -> User:
    """Staff without a role: the door of the admin opens, and nothing behind it."""
    return person("otto")


@pytest.fixture
def root(db: None) -> User:
    return person("root", is_superuser=True)


@pytest.fixture
def desk(client: Client) -> Any:
    """desk(user) gives a client that is logged in as that user."""

    def log_in(user: User) -> Client:
        fresh = Client()
        fresh.force_login(user)
        return fresh

    return log_in
