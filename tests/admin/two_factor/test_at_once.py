"""Two browsers with the same code at the same moment: one of them comes in."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.racing import at_once
from tests.people import person
from tests.phone import Phone
from trends.models import two_factor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada(db: None) -> User:
    return person("ada")


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_one_of_them(ada: User, clock: Any, kind: str) -> None:
    secret = two_factor.new_secret()
    recovery = two_factor.turn_on(ada, secret, last=0)[0]
    code = Phone(secret).code() if kind == "app" else recovery
    came = at_once(*[lambda: two_factor.accepts(ada, code)] * 4)
    assert sorted(came) == [False, False, False, True]


def test_a_second_click_on_turn_it_on_changes_nothing_for_the_phone(ada: User, clock: Any) -> None:
    secret = two_factor.new_secret()
    at_once(*[lambda: two_factor.turn_on(ada, secret, last=0)] * 2)
    assert two_factor.accepts(ada, Phone(secret).code())
    assert two_factor.codes_left(ada) == 10
