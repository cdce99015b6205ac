"""What is published begins some seconds later, and until then it can be undone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflow.conftest import approve, edit
from trends.models import Article, Correction, Edition, Refused, Stage, Status

GRACE = {"grace": 10}
SOON, HOUR = timedelta(seconds=11), timedelta(hours=1)


def live_at(article: Article, moment: datetime) -> Edition | None:
    return Edition.objects.live(moment).of([article.pk]).first()


def title_at(article: Article, moment: datetime) -> str:
    edition = live_at(article, moment)
    return edition.title if edition else ""


def steps(article: Article) -> list[str]:
    return list(article.transitions.order_by("pk").values_list("verb", flat=True))


def test_it_begins_by_itself(draft: Article, pam: User) -> None:
    step = draft.publish_now(by=pam, **GRACE)
    now = timezone.now()
    assert (live_at(draft, now), draft.status()) == (None, Status.SCHEDULED)
    edition = live_at(draft, now + SOON)
    assert edition is not None
    dates = {edition.live_from, edition.first_published_at, edition.public_updated_at}
    assert dates == {step.at + timedelta(seconds=10)}
    assert step.details["grace"] == 10


def test_without_grace_it_is_public_at_once(draft: Article, pam: User) -> None:
    draft.publish_now(by=pam)
    assert draft.status() == Status.LIVE
    with pytest.raises(Refused, match="It is public already"):
        draft.undo(by=pam)


def test_undo_leaves_nothing_but_the_record(draft: Article, pam: User) -> None:
    draft.publish_now(by=pam, **GRACE)
    draft.undo(by=pam)
    assert (draft.status(), draft.stage) == (Status.UNPUBLISHED, Stage.DRAFT)
    assert live_at(draft, timezone.now() + HOUR) is None
    assert steps(draft) == ["submit", "approve", "publish", "undo"]
    assert draft.transitions.first().details["undone"] == ["submit", "approve", "publish"]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED])
def test_the_stage_is_what_it_was(draft: Article, pam: User, stage: str) -> None:
    Article.objects.filter(pk=draft.pk).update(stage=stage)
    draft.publish_now(by=pam, **GRACE)
    draft.undo(by=pam)
    assert draft.stage == stage


def test_a_save_meanwhile_stays_a_draft(approved: Article, pam: User, wes: User) -> None:
    approved.publish(by=pam, **GRACE)
    edit(approved, by=wes, analysis="<p>More.</p>")
    approved.undo(by=pam)
    assert (approved.stage, approved.analysis) == (Stage.DRAFT, "<p>More.</p>")


def test_after_it_there_is_nothing_to_undo(draft: Article, pam: User) -> None:
    draft.publish_now(by=pam, now=timezone.now() - SOON, **GRACE)
    with pytest.raises(Refused, match="It is public already"):
        draft.undo(by=pam)


def test_an_undone_approval_does_not_count(draft: Article, wes: User, pam: User) -> None:
    draft.publish_now(by=pam, **GRACE)
    assert not draft.has_own_changes(wes)
    draft.undo(by=pam)
    assert draft.has_own_changes(wes)


def test_a_correction_is_public_from_its_start(live: Article, pam: User) -> None:
    edit(live, by=pam, context="<p>Since 1963. [[E1]]</p>")
    live.correct(by=pam, text="It was 1963.", sections=["context"], **GRACE)
    correction = Correction.objects.get()
    assert correction.at == correction.edition.live_from > timezone.now()


def test_an_undone_correction_is_gone(live: Article, pam: User) -> None:
    before = live_at(live, timezone.now())
    edit(live, by=pam, context="<p>Since 1963. [[E1]]</p>")
    live.correct(by=pam, text="It was 1963.", sections=["context"], **GRACE)
    live.undo(by=pam)
    assert not Correction.objects.exists()
    assert live_at(live, timezone.now() + HOUR) == before


class TestPlans:
    @pytest.fixture
    def planned(self, live: Article, pam: User) -> Article:
        """Live, with another title planned in an hour and a newer context on the desk."""
        live.title = "Planned title"
        edit(live, by=pam, author=True)
        approve(live, by=pam)
        live.schedule(by=pam, live_from=timezone.now() + HOUR)
        edit(live, by=pam, context="<p>Since 1963. [[E1]]</p>")
        return live

    @pytest.mark.parametrize("plans", ["drop", "carry"])
    def test_what_it_settled_is_planned_again(
        self, planned: Article, pam: User, plans: str
    ) -> None:
        before = [plan.to_plain() for plan in planned.planned()]
        planned.publish(by=pam, sections=["context"], plans=plans, **GRACE)
        assert [plan.to_plain() for plan in planned.planned()] != before
        planned.undo(by=pam)
        assert [plan.to_plain() for plan in planned.planned()] == before
        (plan,) = planned.planned()
        assert [author.name for author in plan.authors] == ["Ines Calder"]

    def test_moving_the_plan_does_not_move_what_is_published(
        self, planned: Article, pam: User
    ) -> None:
        (plan,) = planned.planned()
        planned.publish(by=pam, sections=["context"], plans="carry", **GRACE)
        planned.reschedule(by=pam, live_from=timezone.now() + 2 * HOUR)
        assert "1963" in str(live_at(planned, timezone.now()).content)
        assert title_at(planned, plan.live_from) != "Planned title"
        assert title_at(planned, plan.live_from + 2 * HOUR) == "Planned title"


PRESSING: dict[str, Callable[[Article, User], Any]] = {
    "publish": lambda a, by: a.publish(by=by, sections=["analysis"]),
    "publish_now": lambda a, by: a.publish_now(by=by, **GRACE),
    "byline": lambda a, by: a.publish(by=by, sections=["author"]),
    "schedule": lambda a, by: a.schedule(
        by=by, sections=["analysis"], live_from=timezone.now() + HOUR
    ),
    "correct": lambda a, by: a.correct(by=by, text="It was south.", sections=["analysis"]),
}
STOPPING: dict[str, Callable[[Article, User], Any]] = {
    "hold": lambda a, by: a.hold(by=by, note="Lawyers."),
    "retract": lambda a, by: a.retract(by=by, notice="It was wrong."),
    "remove": lambda a, by: a.remove(by=by, note="Law."),
    "cancel_schedule": lambda a, by: a.cancel_schedule(by=by),
}


@pytest.fixture
def waiting(live: Article, pam: User) -> Article:
    """Live, with a correction of the context in its grace and more on the desk."""
    edit(live, by=pam, context="<p>Since 1963. [[E1]]</p>")
    live.correct(by=pam, text="It was 1963.", sections=["context"], **GRACE)
    edit(live, by=pam, analysis="<p>So it goes.</p>", author=True)
    return live


@pytest.mark.parametrize("verb", list(PRESSING))
def test_a_later_press_lets_it_begin(waiting: Article, pam: User, verb: str) -> None:
    PRESSING[verb](waiting, pam)
    now = timezone.now()
    assert "1963" in str(live_at(waiting, now).content)
    assert Correction.objects.filter(text="It was 1963.", at__lte=now).exists()
    later = live_at(waiting, now + 2 * HOUR)
    assert "1963" in str(later.content)
    assert str(later.content) != str(live_at(waiting, Correction.objects.last().at).content)


@pytest.mark.parametrize("verb", list(STOPPING))
def test_what_stops_a_piece_stops_it(waiting: Article, pam: User, verb: str) -> None:
    STOPPING[verb](waiting, pam)
    assert not Correction.objects.exists()
    assert waiting.in_grace() is None
    later = live_at(waiting, timezone.now() + HOUR)
    assert later is None or "1963" not in str(later.content)


def test_a_hold_stops_the_first_publication(draft: Article, pam: User) -> None:
    draft.publish_now(by=pam, **GRACE)
    draft.hold(by=pam, note="Lawyers.")
    assert draft.status(timezone.now() + HOUR) == Status.UNPUBLISHED


def test_discard_stops_it(draft: Article, pam: User) -> None:
    draft.publish_now(by=pam, **GRACE)
    draft.discard(by=pam)
    assert draft.status(timezone.now() + HOUR) == Status.UNPUBLISHED


def test_a_press_that_is_refused_changes_nothing(waiting: Article, pam: User) -> None:
    starts = waiting.in_grace().live_from
    with pytest.raises(Refused):
        waiting.publish(by=pam)
    assert waiting.in_grace().live_from == starts
    waiting.undo(by=pam)


def test_an_embargo_ends_before_the_start_not_before_the_click(
    approved: Article, pam: User
) -> None:
    approved.set_embargo(until=timezone.now() + timedelta(seconds=30), by=pam)
    with pytest.raises(Refused, match="embargoed"):
        approved.publish(by=pam, **GRACE)


class TestSentTwice:
    def test_it_is_done_once(self, live: Article, pam: User) -> None:
        for _ in range(2):
            live.correct(by=pam, text="It was 1963.", sent="form")
        assert Correction.objects.count() == 1

    def test_another_form_is_another_step(self, live: Article, pam: User, ada: User) -> None:
        live.correct(by=pam, text="It was 1963.", sent="form")
        live.correct(by=pam, text="It was 1964.", sent="other")
        live.correct(by=ada, text="It was 1964.", sent="other")
        assert Correction.objects.count() == 3

    def test_after_another_step_it_is_meant(self, approved: Article, pam: User) -> None:
        approved.publish(by=pam, sent="form", **GRACE)
        approved.undo(by=pam)
        approved.publish(by=pam, sent="form", **GRACE)
        assert approved.in_grace() is not None

    def test_after_a_save_it_is_meant(self, live: Article, pam: User) -> None:
        live.correct(by=pam, text="It was 1963.", sent="form")
        edit(live, by=pam, context="<p>Since 1963. [[E1]]</p>")
        live.correct(by=pam, text="It was 1963.", sent="form", sections=["context"])
        assert Correction.objects.count() == 2

    def test_after_a_minute_it_is_meant(self, live: Article, pam: User) -> None:
        long_ago = timezone.now() - timedelta(minutes=2)
        live.correct(by=pam, text="It was 1963.", sent="form", now=long_ago)
        live.correct(by=pam, text="It was 1963.", sent="form")
        assert Correction.objects.count() == 2
