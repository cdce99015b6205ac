"""Four eyes for chosen sections: by whichever verb they go out, publishing approves them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflow.conftest import edit
from trends.models import Article, Refused, Transition

Way = Callable[..., Transition]
CHOSEN = {"sections": ["context"]}
WAYS: dict[str, Way] = {
    "publish": lambda piece, **who: piece.publish(**CHOSEN, **who),
    "publish_now": lambda piece, **who: piece.publish_now(**CHOSEN, **who),
    "schedule": lambda piece, **who: piece.schedule(
        **CHOSEN, **who, live_from=timezone.now() + timedelta(hours=1)
    ),
    "correct": lambda piece, **who: piece.correct(**CHOSEN, **who, text="It was 1963."),
    "correct_now": lambda piece, **who: piece.publish_now(**CHOSEN, **who, text="It was 1963."),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return WAYS[request.param]


@pytest.fixture
def changed(live: Article, pam: User) -> Article:
    """Two sections that Pam changed since the approval; one alone shall go out."""
    edit(live, by=pam, context="<p>It dates from 1963. [[E1]]</p>", analysis="<p>So.</p>")
    return live


def test_off_asks_nobody(changed: Article, pam: User, way: Way) -> None:
    assert "four_eyes" not in way(changed, by=pam).details


def test_block_refuses_own_changes(changed: Article, pam: User, way: Way, settings: Any) -> None:
    settings.NEWSROOM_FOUR_EYES = "block"
    with pytest.raises(Refused, match="Ask somebody else"):
        way(changed, by=pam)
    assert changed.editions.count() == 1
    assert not changed.corrections.exists()


def test_warn_records_it(changed: Article, pam: User, way: Way, settings: Any) -> None:
    settings.NEWSROOM_FOUR_EYES = "warn"
    assert way(changed, by=pam).details["four_eyes"] == "missing"


def test_a_colleague_is_the_second_pair(
    changed: Article, ada: User, way: Way, settings: Any
) -> None:
    settings.NEWSROOM_FOUR_EYES = "block"
    assert "four_eyes" not in way(changed, by=ada).details


def test_what_is_approved_needs_no_more(
    changed: Article, ada: User, pam: User, way: Way, settings: Any
) -> None:
    settings.NEWSROOM_FOUR_EYES = "block"
    changed.submit(by=pam)
    changed.approve(by=ada)
    assert "four_eyes" not in way(changed, by=pam).details


def test_what_publishes_no_section_needs_none(changed: Article, pam: User, settings: Any) -> None:
    settings.NEWSROOM_FOUR_EYES = "block"
    said = "Nothing is wrong, but it could mislead."
    changed.correct(by=pam, sections=[], kind="clarification", text=said)
    assert "1963" not in str(changed.edition_in_force().html)
