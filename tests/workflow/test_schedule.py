"""schedule, reschedule, cancel_schedule, embargo: rows with a start; nothing has to run."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflow.conftest import approve, edit
from trends.models import Article, Edition, Refused, Status

HOUR = timedelta(hours=1)


def test_it_goes_live_by_itself(approved: Article, pam: User) -> None:
    start = timezone.now() + HOUR
    approved.schedule(by=pam, live_from=start)
    assert approved.status() == Status.SCHEDULED
    assert approved.status(start - HOUR / 60) == Status.SCHEDULED
    assert approved.status(start) == Status.LIVE
    assert not Edition.objects.live(timezone.now()).exists()
    assert Edition.objects.live(start).get().first_published_at == start


def test_a_change_of_a_live_piece_can_be_scheduled(live: Article, pam: User) -> None:
    edit(live, by=pam, analysis="<p>Tomorrow's thought.</p>")
    approve(live, by=pam)
    start = timezone.now() + HOUR
    live.schedule(by=pam, live_from=start)
    assert Edition.objects.live(timezone.now()).get().html["analysis"] == ""
    later = Edition.objects.live(start).get()
    assert later.html["analysis"] == "<p>Tomorrow's thought.</p>"
    assert later.first_published_at < start == later.public_updated_at


def test_the_past_is_refused(approved: Article, pam: User) -> None:
    with pytest.raises(Refused, match="lies in the past"):
        approved.schedule(by=pam, live_from=timezone.now() - HOUR)


def test_two_plans_cannot_start_together(approved: Article, pam: User) -> None:
    start = timezone.now() + HOUR
    approved.schedule(by=pam, live_from=start)
    with pytest.raises(Refused, match="starts at that moment"):
        approved.schedule(by=pam, live_from=start)


def test_reschedule_moves_all_dates(approved: Article, pam: User) -> None:
    start = timezone.now() + HOUR
    approved.schedule(by=pam, live_from=start)
    approved.reschedule(by=pam, live_from=start + HOUR)
    edition = approved.editions.get()
    dates = {edition.live_from, edition.first_published_at, edition.public_updated_at}
    assert dates == {start + HOUR}


def test_cancel_drops_the_plan_and_keeps_the_approval(approved: Article, pam: User) -> None:
    approved.schedule(by=pam, live_from=timezone.now() + HOUR)
    approved.cancel_schedule(by=pam)
    assert approved.status() == Status.UNPUBLISHED
    assert approved.why_not("publish") == ""


class TestEmbargo:
    def test_it_is_a_lower_bound(self, approved: Article, pam: User) -> None:
        until = timezone.now() + 2 * HOUR
        approved.set_embargo(until=until, by=pam)
        with pytest.raises(Refused, match="embargoed until"):
            approved.publish(by=pam)
        with pytest.raises(Refused, match="embargoed until"):
            approved.schedule(by=pam, live_from=until - HOUR)
        approved.schedule(by=pam, live_from=until)

    def test_rescheduling_keeps_to_it(self, approved: Article, pam: User) -> None:
        until = timezone.now() + 2 * HOUR
        approved.set_embargo(until=until, by=pam)
        approved.schedule(by=pam, live_from=until)
        with pytest.raises(Refused, match="embargoed until"):
            approved.reschedule(by=pam, live_from=until - HOUR)

    def test_a_later_one_drops_plans_that_break_it(self, approved: Article, pam: User) -> None:
        approved.schedule(by=pam, live_from=timezone.now() + HOUR)
        approved.set_embargo(until=timezone.now() + 2 * HOUR, by=pam)
        assert approved.status() == Status.UNPUBLISHED
        assert len(approved.transitions.get(verb="embargo").details["settled"]) == 1

    def test_it_keeps_plans_that_honour_it(self, approved: Article, pam: User) -> None:
        approved.schedule(by=pam, live_from=timezone.now() + 3 * HOUR)
        approved.set_embargo(until=timezone.now() + 2 * HOUR, by=pam)
        assert approved.status() == Status.SCHEDULED
