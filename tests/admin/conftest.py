"""Clients of the desk."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def desk() -> Callable[[User], Client]:
    """desk(user) is a client that is logged in as that user."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in
