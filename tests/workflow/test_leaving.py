"""correct, retract, reinstate, remove, hold, discard: what happens to what was published."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflow.conftest import edit
from trends.models import Article, Correction, Edition, Refused, Status

Kind = Edition.Kind


def test_a_correction_is_public_with_its_edition(live: Article, pam: User) -> None:
    edit(live, by=pam, context="<p>The first one dates from 1963. [[E1]]</p>")
    live.correct(
        by=pam, text="We said 1962; it was 1963.", severity="serious", sections=["context"]
    )
    edition, correction = live.edition_in_force(), Correction.objects.get()
    assert edition is not None
    assert edition.change == Edition.Change.CORRECTION
    assert "1963" in edition.html["context"]
    assert correction.edition == edition
    assert edition.public_updated_at == edition.live_from


def test_a_correction_says_something(live: Article, pam: User) -> None:
    with pytest.raises(Refused, match="Readers must be told"):
        live.correct(by=pam, text=" ", sections=["context"])


def test_a_clarification_needs_no_change_of_the_text(live: Article, pam: User) -> None:
    live.correct(by=pam, text="“Harbour” means the old one.", kind="clarification", sections=[])
    assert Correction.objects.get().kind == "clarification"


def test_a_retraction_stays_at_its_address_with_a_notice(live: Article, pam: User) -> None:
    with pytest.raises(Refused, match="Readers must be told why"):
        live.retract(by=pam)
    live.retract(by=pam, notice="The vote did not take place.")
    edition = live.edition_in_force()
    assert edition is not None
    assert (edition.kind, edition.slug) == (Kind.RETRACTION, live.slug)
    assert (edition.title, edition.content, edition.text) == (live.title, {}, "")
    assert not Edition.objects.live(timezone.now()).exists()


def test_reinstating_brings_back_what_stood_before(live: Article, pam: User) -> None:
    before = live.edition_in_force()
    assert before is not None
    live.retract(by=pam, notice="Published too early.")
    live.reinstate(by=pam)
    after = live.edition_in_force()
    assert after is not None
    assert (after.kind, after.html) == (Kind.CONTENT, before.html)
    assert after.first_published_at == before.first_published_at


def test_a_removal_keeps_nothing(live: Article, pam: User) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        live.remove(by=pam)
    live.remove(by=pam, note="A court said so.")
    edition = live.edition_in_force()
    assert edition is not None
    assert (edition.kind, edition.title, edition.notice, edition.content) == (
        Kind.REMOVAL, "", "", {},
    )  # fmt: skip
    assert live.status() == Status.REMOVED


def test_a_hold_keeps_what_readers_see(live: Article, pam: User) -> None:
    live.hold(by=pam, note="Lawyers.")
    assert live.status() == Status.LIVE
    with pytest.raises(Refused, match="on hold: Lawyers"):
        live.publish(by=pam)
    live.release(by=pam)
    assert live.held_at is None


def test_neither_hold_nor_embargo_stops_retracting(live: Article, pam: User) -> None:
    live.hold(by=pam, note="Lawyers.")
    live.set_embargo(until=timezone.now() + timedelta(days=1), by=pam)
    live.retract(by=pam, notice="Wrong.")
    assert live.status() == Status.RETRACTED


def test_a_live_piece_cannot_be_discarded(live: Article, pam: User) -> None:
    with pytest.raises(Refused, match="Not possible for a piece that is live"):
        live.discard(by=pam)


def test_the_bin_keeps_everything(draft: Article, pam: User) -> None:
    draft.discard(by=pam)
    assert list(Article.objects.in_bin()) == [draft]
    assert not Article.objects.on_desk().exists()
    draft.recover(by=pam)
    assert list(Article.objects.on_desk()) == [draft]
    assert draft.revisions.count() == 1
