"""Two-factor login is on; Ada has it; it is noon and no time passes by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from tests.admin.two_factor.steps import NOON, set_up
from tests.phone import Phone


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


@pytest.fixture(autouse=True)
def wish(settings: Any) -> Any:
    """wish.NEWSROOM_TWO_FACTOR = … is another one."""
    settings.NEWSROOM_TWO_FACTOR = "on"
    return settings


@pytest.fixture
def phone(ada: User, desk: Any, clock: Any) -> Phone:
    """Ada has set it up, half a minute ago."""
    return set_up(desk(ada), ada, clock)[0]


@pytest.fixture
def codes(ada: User, desk: Any, clock: Any) -> list[str]:
    """Ada's recovery codes; she has the phone no more."""
    return set_up(desk(ada), ada, clock)[1]
