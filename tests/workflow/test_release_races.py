"""A release and its pieces, by several people at once: nobody waits in a circle, and it goes out
whole or not at all."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.racing import at_once
from tests.workflow.releases import HOUR, NAMES, ready, release_of
from trends.models import Article, Edition, Refused, Release

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


@pytest.fixture
def by() -> User:
    return User.objects.create(username="pam")


def planned(by: User) -> tuple[Release, list[int]]:
    """A new release of three pieces, and their ids."""
    pieces = [ready(name, by) for name in NAMES[:3]]
    release = release_of(*pieces, by=by)
    release.plan(by=by)
    return release, [piece.pk for piece in pieces]


def outcomes(*steps: Callable[[], Any]) -> list[str]:
    """Steps that start together: "" for a success, else the refusal."""

    def tried(step: Callable[[], Any]) -> Callable[[], str]:
        def run() -> str:
            try:
                step()
            except Refused as refused:
                return str(refused)
            return ""

        return run

    return at_once(*map(tried, steps))


def whole(release: Release) -> int:
    """How many pieces are planned with it: all that it holds, at its time, or none."""
    release.refresh_from_db()
    starts = list(release.editions.values_list("live_from", flat=True))
    assert starts == [release.live_from] * (release.articles.count() if release.planned_at else 0)
    return len(starts)


def test_moving_it_and_publishing_a_piece(by: User) -> None:
    for leave in [True, False] * (ROUNDS // 2):
        release, pks = planned(by)
        to = release.live_from + HOUR
        said = outcomes(
            lambda r=release, t=to: Release.objects.get(pk=r.pk).move(t, by=by),  # type: ignore[misc]
            lambda pk=pks[1], leave=leave: Article.objects.get(pk=pk).publish_now(  # type: ignore[misc]
                by=by, leave=leave
            ),
        )
        changed = "Somebody changed this release meanwhile. Look at it again."
        assert said[0] in ("", changed)
        assert (said[1] == "") == leave
        assert whole(release) == (2 if leave else 3)
        assert release.live_from == (to if said[0] == "" else to - HOUR)
        assert Article.objects.get(pk=pks[1]).status().value == ("live" if leave else "scheduled")


def test_holding_all_of_its_pieces(by: User) -> None:
    for _ in range(ROUNDS):
        release, pks = planned(by)
        said = outcomes(*holds(pks, by))
        assert said == [""] * 3
        assert whole(release) == 0


def holds(pks: Iterable[int], by: User) -> list[Callable[[], Any]]:
    return [
        lambda pk=pk: Article.objects.get(pk=pk).hold(by=by, note="Lawyers.")  # type: ignore[misc]
        for pk in pks
    ]


def test_moving_planning_and_holding(by: User) -> None:
    for _ in range(ROUNDS):
        release, pks = planned(by)
        to = release.live_from + HOUR
        outcomes(
            lambda r=release, t=to: Release.objects.get(pk=r.pk).move(t, by=by),  # type: ignore[misc]
            lambda r=release: Release.objects.get(pk=r.pk).cancel(by=by),  # type: ignore[misc]
            *holds(pks[1:], by),
        )
        assert whole(release) == 0
        assert not Edition.objects.planned(timezone.now() - timedelta(days=1)).exists()


def test_two_plan_it(by: User) -> None:
    for _ in range(ROUNDS):
        pieces = [ready(name, by) for name in NAMES[:3]]
        release = release_of(*pieces, by=by)
        plan = [lambda r=release: Release.objects.get(pk=r.pk).plan(by=by)] * 3  # type: ignore[misc]
        assert sorted(outcomes(*plan)) == ["", *["It is planned already."] * 2]
        assert whole(release) == 3
