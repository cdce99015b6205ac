"""Releases: a named set of pieces that goes live at one shared start, all or none."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.workflow.conftest import approve, edit
from tests.workflow.releases import HOUR, NAMES, ready, release_of
from trends.models import Article, Edition, NotAll, Notice, Refused, Release, Status

State = Release.State
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def pieces(pam: User) -> list[Article]:
    return [ready(name, pam) for name in NAMES[:3]]


@pytest.fixture
def release(pieces: list[Article], pam: User) -> Release:
    """Three pieces, planned in two hours."""
    release = release_of(*pieces, by=pam)
    release.plan(by=pam)
    return release


def starts(release: Release) -> list[datetime]:
    return list(release.editions.order_by("article").values_list("live_from", flat=True))


def read_again(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def change_after_publishing(article: Article, by: User) -> None:
    """It is live, and another analysis is approved."""
    article.publish(by=by)
    edit(article, by=by, analysis="<p>The harbour is full.</p>")
    approve(article, by=by)


def test_it_works(pieces: list[Article], pam: User) -> None:
    release = release_of(*pieces, by=pam)
    assert release.state() == State.OPEN
    release.plan(by=pam)
    assert release.state() == State.PLANNED
    assert starts(release) == [release.live_from] * 3
    assert release.state(release.live_from - INSTANT) == State.PLANNED
    assert release.state(release.live_from) == State.OUT
    step = pieces[0].transitions.get(verb="schedule")
    assert step.details["release"] == "Harbour day"


def test_readers_get_all_of_it_at_the_same_microsecond(client: Client, pam: User) -> None:
    start = datetime(2031, 5, 2, 9, 30, tzinfo=UTC)
    with time_machine.travel(start - 2 * HOUR, tick=False):
        pieces = [ready(name, pam) for name in NAMES]
        release_of(*pieces, by=pam, start=start).plan(by=pam)
    for moment, status, shown in ((start - INSTANT, 404, 0), (start, 200, 5)):
        with time_machine.travel(moment, tick=False):
            pages = [client.get(f"/trends/{piece.slug}/").status_code for piece in pieces]
            listed = client.get("/trends/").content.decode()
        assert pages == [status] * 5
        assert sum(name in listed for name in NAMES) == shown
    assert set(Edition.objects.values_list("first_published_at", flat=True)) == {start}


def test_one_that_is_not_ready_stops_all(pieces: list[Article], pam: User, wes: User) -> None:
    release = release_of(*pieces, by=pam)
    edit(pieces[1], by=wes, context="<p>Another thought.</p>")
    pieces[2].hold(by=pam, note="Lawyers.")
    with pytest.raises(NotAll, match="whole or not at all") as found:
        release.plan(by=pam)
    assert [(piece, why.split(":")[0]) for piece, why in found.value.pieces] == [
        (pieces[1], "Its stage is draft; it must be approved first."),
        (pieces[2], "It is on hold"),
    ]
    assert not Edition.objects.exists()
    assert Release.objects.get().state() == State.OPEN
    assert not pieces[0].transitions.filter(verb="schedule").exists()


def test_an_embargo_stops_all(pieces: list[Article], pam: User) -> None:
    release = release_of(*pieces, by=pam)
    pieces[0].set_embargo(until=release.live_from + HOUR, by=pam)
    with pytest.raises(NotAll, match="“Pump house”: It is embargoed until"):
        release.plan(by=pam)


def test_a_piece_that_readers_would_get_before_stops_all(pieces: list[Article], pam: User) -> None:
    release = release_of(*pieces, by=pam)
    pieces[0].schedule(by=pam, live_from=timezone.now() + HOUR)
    with pytest.raises(NotAll, match="before the release"):
        release.plan(by=pam)


def test_a_change_of_a_live_piece_goes_with_it(pieces: list[Article], pam: User) -> None:
    change_after_publishing(pieces[0], pam)
    release = release_of(*pieces, by=pam)
    release.plan(by=pam)
    later = pieces[0].edition_in_force(release.live_from)
    assert later is not None
    assert "harbour is full" in later.html["analysis"]


def test_no_piece_and_the_past_are_refused(pieces: list[Article], pam: User) -> None:
    with pytest.raises(Refused, match="no piece in it"):
        release_of(by=pam).plan(by=pam)
    with pytest.raises(Refused, match="in the past"):
        release_of(pieces[0], by=pam, start=timezone.now() - HOUR).plan(by=pam)


def test_what_is_out_stays_out(release: Release, pieces: list[Article], pam: User) -> None:
    acts: list[Callable[..., Any]] = [
        release.plan, release.cancel, lambda **kw: release.move(release.live_from + HOUR, **kw),
        lambda **kw: release.take_out(pieces[0], **kw), lambda **kw: release.add([], **kw),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(Refused, match="It is out"):
            act(by=pam, now=release.live_from)


class TestMoving:
    def test_all_of_it(self, release: Release, pieces: list[Article], pam: User) -> None:
        to = release.live_from + HOUR
        release.move(to, by=pam)
        assert starts(release) == [to] * 3
        assert Release.objects.get().live_from == to
        assert pieces[0].transitions.first().details["release"] == "Harbour day"
        assert set(release.editions.values_list("first_published_at", flat=True)) == {to}

    def test_one_embargo_stops_all(
        self, release: Release, pieces: list[Article], pam: User
    ) -> None:
        pieces[1].set_embargo(until=release.live_from, by=pam)
        with pytest.raises(NotAll, match="“Sea wall”: It is embargoed"):
            release.move(release.live_from - HOUR, by=pam)
        assert starts(release) == [release.live_from] * 3

    def test_not_past_what_a_piece_has_planned_for_itself(
        self, release: Release, pieces: list[Article], pam: User
    ) -> None:
        pieces[0].schedule(by=pam, live_from=release.live_from + HOUR)
        with pytest.raises(NotAll, match="before the release"):
            release.move(release.live_from + 2 * HOUR, by=pam)
        own = pieces[0].editions.get(release=None)
        with pytest.raises(Refused, match="Move all of the release"):
            pieces[0].reschedule(by=pam, edition=own, live_from=release.live_from - HOUR)

    def test_before_it_is_planned(self, pieces: list[Article], pam: User) -> None:
        release = release_of(*pieces, by=pam)
        release.move(release.live_from + HOUR, by=pam)
        assert not Edition.objects.exists()

    def test_to_the_same_time_or_the_past(self, release: Release, pam: User) -> None:
        with pytest.raises(Refused, match="at that time already"):
            release.move(release.live_from, by=pam)
        with pytest.raises(Refused, match="in the past"):
            release.move(timezone.now() - HOUR, by=pam)


class TestItsPieces:
    def test_one_more(self, release: Release, pam: User) -> None:
        dock = ready("Ferry house", pam)
        release.add([dock], by=pam)
        assert dock.editions.get().live_from == release.live_from

    def test_one_that_is_not_ready_does_not_come_in(
        self, release: Release, pam: User, draft: Article
    ) -> None:
        with pytest.raises(NotAll, match="must be approved first"):
            release.add([draft], by=pam)
        assert not draft.releases.exists()

    def test_one_release_a_piece(self, release: Release, pieces: list[Article], pam: User) -> None:
        with pytest.raises(NotAll, match="in the release “Harbour day”"):
            release_of(pieces[0], by=pam)

    def test_after_it_is_out_a_piece_is_free(
        self, release: Release, pieces: list[Article], pam: User
    ) -> None:
        later = release.live_from + HOUR
        other = Release.objects.create(name="Later", live_from=later + HOUR)
        other.add(pieces[:1], by=pam, now=later)
        assert other.articles.get() == pieces[0]

    def test_taking_one_out(self, release: Release, pieces: list[Article], pam: User) -> None:
        release.take_out(pieces[0], by=pam)
        assert pieces[0].status() == Status.UNPUBLISHED
        assert len(starts(release)) == 2
        assert release.articles.count() == 2
        assert pieces[0].transitions.first().verb == "cancel_schedule"

    def test_taking_out_what_is_not_in(self, release: Release, pam: User, draft: Article) -> None:
        with pytest.raises(Refused, match="not in this release any more"):
            release.take_out(draft, by=pam)

    def test_without_the_last_nothing_is_planned(
        self, release: Release, pieces: list[Article], pam: User
    ) -> None:
        for piece in pieces:
            release.take_out(piece, by=pam)
        assert Release.objects.get().state() == State.OPEN

    def test_cancelling_keeps_them_together(
        self, release: Release, pieces: list[Article], pam: User
    ) -> None:
        release.cancel(by=pam)
        assert not Edition.objects.exists()
        assert release.articles.count() == 3
        release.plan(by=pam)
        assert starts(release) == [release.live_from] * 3


# Verbs that decide when one piece goes out.
ALONE: dict[str, Callable[..., Any]] = {
    "reschedule": lambda a, by, **kw: a.reschedule(by=by, live_from=timezone.now() + HOUR, **kw),
    "cancel_schedule": lambda a, by, **kw: a.cancel_schedule(by=by, **kw),
    "publish": lambda a, by, **kw: a.publish(by=by, **kw),
    "publish_now": lambda a, by, **kw: a.publish_now(by=by, **kw),
    "schedule": lambda a, by, **kw: a.schedule(by=by, live_from=timezone.now() + HOUR, **kw),
}
STOPPING: dict[str, Callable[[Article, User], Any]] = {
    "hold": lambda a, by: a.hold(by=by, note="Lawyers."),
    "discard": lambda a, by: a.discard(by=by),
    "embargo": lambda a, by: a.set_embargo(by=by, until=timezone.now() + 9 * HOUR),
}


class TestOnePieceOfIt:
    @pytest.mark.parametrize("verb", ALONE)
    def test_it_leaves_or_all_move(
        self, release: Release, pieces: list[Article], pam: User, verb: str
    ) -> None:
        with pytest.raises(Refused, match="Move all of the release, or take this piece out"):
            ALONE[verb](pieces[0], pam)
        assert starts(release) == [release.live_from] * 3

    @pytest.mark.parametrize("verb", ALONE)
    def test_it_leaves(self, release: Release, pieces: list[Article], pam: User, verb: str) -> None:
        ALONE[verb](pieces[0], pam, leave=True)
        assert starts(release) == [release.live_from] * 2
        assert Release.objects.get().state() == State.PLANNED
        assert pieces[0] not in release.articles.all()
        step = pieces[0].transitions.first()
        assert step.details["left"] == ["Harbour day"]

    @pytest.mark.parametrize("verb", STOPPING)
    def test_what_stops_it_stops_all(
        self, release: Release, pieces: list[Article], ada: User, pam: User, verb: str
    ) -> None:
        STOPPING[verb](pieces[0], ada)
        release.refresh_from_db()
        assert release.state() == State.OPEN
        assert not Edition.objects.exists()
        assert release.articles.count() == 3
        assert release.stopped.startswith("“Pump house” is ")
        assert pieces[0].transitions.get(verb=verb).details["stopped"] == ["Harbour day"]
        assert {p.transitions.first().verb for p in pieces[1:]} == {"release_stopped"}
        notice = Notice.objects.get()
        assert (notice.user, notice.kind) == (pam, Notice.Kind.RELEASE)
        assert "“Harbour day” is not planned any more: “Pump house” is " in notice.text

    def test_a_retraction_stops_all(self, pieces: list[Article], pam: User) -> None:
        change_after_publishing(pieces[0], pam)
        release = release_of(*pieces, by=pam)
        release.plan(by=pam)
        pieces[0].retract(by=pam, notice="Wrong.")
        release.refresh_from_db()
        assert release.state() == State.OPEN
        assert not release.editions.exists()

    def test_after_the_release_of_the_hold_it_is_planned_again(
        self, release: Release, pieces: list[Article], pam: User
    ) -> None:
        pieces[0].hold(by=pam, note="Lawyers.")
        pieces[0].release(by=pam)
        release.plan(by=pam)
        assert release.stopped == ""
        assert starts(release) == [release.live_from] * 3

    def test_a_correction_is_carried_into_it(self, pieces: list[Article], pam: User) -> None:
        change_after_publishing(pieces[0], pam)
        release = release_of(*pieces, by=pam)
        release.plan(by=pam)
        edit(pieces[0], by=pam, context="<p>It dates from 1963. [[E1]]</p>")
        correct = {"text": "It was 1963.", "sections": ["context"]}
        with pytest.raises(Refused, match="take this piece out"):
            pieces[0].correct(by=pam, **correct)
        pieces[0].correct(by=pam, **correct, plans="carry")
        assert starts(release) == [release.live_from] * 3
        later = pieces[0].edition_in_force(release.live_from)
        assert later is not None
        assert "1963" in later.html["context"]
        assert "harbour is full" in later.html["analysis"]


class TestGrace:
    def test_undo_plans_a_piece_that_left_on_its_own(
        self, release: Release, pieces: list[Article], pam: User
    ) -> None:
        pieces[0].publish(by=pam, leave=True, grace=10)
        pieces[0].undo(by=pam)
        edition = pieces[0].editions.get()
        assert (edition.live_from, edition.release) == (release.live_from, None)

    def test_undo_does_not_bring_back_what_the_release_has_dropped(
        self, pieces: list[Article], pam: User
    ) -> None:
        change_after_publishing(pieces[0], pam)
        release = release_of(*pieces, by=pam)
        release.plan(by=pam)
        edit(pieces[0], by=pam, context="<p>It dates from 1963. [[E1]]</p>")
        pieces[0].publish(
            by=pam, sections=["context"], change="update", update_line="So.", plans="carry",
            grace=10,
        )  # fmt: skip
        pieces[1].hold(by=pam, note="Lawyers.")
        pieces[0].undo(by=pam)
        assert pieces[0].planned() == []

    def test_what_waits_begins_before_the_release_is_planned(
        self, pieces: list[Article], pam: User
    ) -> None:
        pieces[0].publish(by=pam, grace=10)
        edit(pieces[0], by=pam, analysis="<p>The harbour is full.</p>")
        approve(pieces[0], by=pam)
        release = release_of(*pieces, by=pam)
        release.plan(by=pam)
        assert read_again(pieces[0]).status() == Status.LIVE
        assert starts(release) == [release.live_from] * 3
