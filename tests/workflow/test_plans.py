"""Each later verb settles what was planned earlier: a correction is never undone on Friday by
what was scheduled on Monday, and a hold really stops."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflow.conftest import approve, edit
from trends.models import Article, Edition, Refused

HOUR = timedelta(hours=1)
MONDAY, FRIDAY = "<p>Planned on Monday.</p>", "<p>Corrected facts. [[E1]]</p>"

# What each verb makes of a planned change of a live piece.
SETTLING: dict[str, Callable[[Article, User], Any]] = {
    "publish": lambda a, by: a.publish(by=by, sections=["context"]),
    "correct": lambda a, by: a.correct(by=by, text="It was 1963.", sections=["context"]),
    "retract": lambda a, by: a.retract(by=by, notice="Wrong."),
    "remove": lambda a, by: a.remove(by=by, note="Law."),
    "hold": lambda a, by: a.hold(by=by, note="Lawyers."),
    "cancel_schedule": lambda a, by: a.cancel_schedule(by=by),
    "embargo": lambda a, by: a.set_embargo(by=by, until=timezone.now() + 3 * HOUR),
}
LEAVING: dict[str, Callable[[Article, User], Any]] = {
    "reschedule": lambda a, by: a.reschedule(by=by, live_from=timezone.now() + 2 * HOUR),
    "schedule": lambda a, by: a.schedule(by=by, live_from=timezone.now() + 2 * HOUR),
    "submit": lambda a, by: a.submit(by=by),
    "return_to_writer": lambda a, by: (a.submit(by=by), a.return_to_writer(by=by, note="?")),
    "approve": lambda a, by: (a.submit(by=by), a.approve(by=by)),
}


@pytest.fixture
def planned(live: Article, pam: User) -> Article:
    """Live, with other words of the analysis planned in an hour, and a newer context."""
    edit(live, by=pam, analysis=MONDAY)
    approve(live, by=pam)
    live.schedule(by=pam, live_from=timezone.now() + HOUR)
    edit(live, by=pam, context=FRIDAY)
    return live


def later(article: Article) -> Edition | None:
    """What is in force when all plans have begun."""
    return article.edition_in_force(timezone.now() + 5 * HOUR)


@pytest.mark.parametrize("verb", list(SETTLING))
def test_it_drops_what_has_not_begun(planned: Article, pam: User, verb: str) -> None:
    SETTLING[verb](planned, pam)
    assert planned.planned() == []
    edition = later(planned)
    assert edition is not None
    assert MONDAY not in str(edition.html)
    step = planned.transitions.filter(verb=verb)[0]
    assert len(step.details["settled"]) == 1


@pytest.mark.parametrize("verb", list(LEAVING))
def test_it_leaves_the_plan(planned: Article, pam: User, verb: str) -> None:
    if verb == "schedule":
        approve(planned, by=pam)
    LEAVING[verb](planned, pam)
    edition = later(planned)
    assert edition is not None
    assert edition.html["analysis"] == MONDAY


@pytest.mark.parametrize("verb", ["publish", "discard"])
def test_the_first_publication_planned_is_dropped(approved: Article, pam: User, verb: str) -> None:
    approved.schedule(by=pam, live_from=timezone.now() + HOUR)
    getattr(approved, verb)(by=pam)
    assert approved.planned() == []


def test_release_does_not_bring_a_dropped_plan_back(planned: Article, pam: User) -> None:
    planned.hold(by=pam, note="Lawyers.")
    planned.release(by=pam)
    assert planned.planned() == []


def test_reinstate_drops_what_was_planned_meanwhile(live: Article, pam: User) -> None:
    live.retract(by=pam, notice="Wrong.")
    plan = live.editions.filter(kind="content").get()
    plan.pk, plan.live_from = None, timezone.now() + HOUR
    plan.save(force_insert=True)
    live.reinstate(by=pam)
    assert live.planned() == []


def test_a_planned_end_is_not_dropped(live: Article, pam: User) -> None:
    end = Edition.objects.create(
        article=live, kind=Edition.Kind.END, slug=live.slug, title=live.title,
        live_from=timezone.now() + HOUR, pressed_at=timezone.now(),
    )  # fmt: skip
    live.hold(by=pam, note="Lawyers.")
    assert later(live) == end


class TestCarry:
    def test_the_change_goes_into_the_plan(self, planned: Article, pam: User) -> None:
        planned.correct(by=pam, text="It was 1963.", sections=["context"], plans="carry")
        edition = later(planned)
        assert edition is not None
        assert edition.html["analysis"] == MONDAY
        assert "Corrected facts." in edition.html["context"]
        assert len(planned.transitions.get(verb="correct").details["carried"]) == 1

    def test_now_readers_get_the_correction_only(self, planned: Article, pam: User) -> None:
        planned.correct(by=pam, text="It was 1963.", sections=["context"], plans="carry")
        edition = planned.edition_in_force()
        assert edition is not None
        assert (edition.change, edition.html["analysis"]) == ("correction", "")

    def test_a_conflict_is_refused_by_name(self, planned: Article, pam: User) -> None:
        edit(planned, by=pam, analysis="<p>Quite another thought.</p>")
        with pytest.raises(Refused, match="Analysis too"):
            planned.publish(by=pam, sections=["analysis"], plans="carry")
        assert len(planned.planned()) == 1
