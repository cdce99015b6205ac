"""submit, return_to_writer, approve: the stage of the working copy."""

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from tests.workflow.conftest import approve, edit
from trends.models import Article, Refused, Stage


def test_a_piece_goes_from_draft_to_approved(draft: Article, wes: User, pam: User) -> None:
    draft.submit(by=wes, note="Please look.")
    assert draft.stage == Stage.IN_REVIEW
    draft.approve(by=pam)
    assert draft.stage == Stage.APPROVED
    steps = draft.transitions.values_list("verb", "by__username", "note", "revision__number")
    assert list(steps) == [("approve", "pam", "", 1), ("submit", "wes", "Please look.", 1)]


def test_it_goes_back_with_a_note(draft: Article, pam: User) -> None:
    draft.submit(by=pam)
    with pytest.raises(Refused, match="needs a reason"):
        draft.return_to_writer(by=pam)
    draft.return_to_writer(by=pam, note="Whose word is this?")
    assert draft.stage == Stage.DRAFT


def test_any_later_edit_voids_the_approval(approved: Article, wes: User) -> None:
    edit(approved, by=wes, lede="<p>Something else.</p>")
    assert approved.stage == Stage.DRAFT
    assert Article.objects.get().stage == Stage.DRAFT


def test_a_save_without_a_change_keeps_the_approval(approved: Article, wes: User) -> None:
    approved.record_revision(by=wes)
    assert approved.stage == Stage.APPROVED


def test_a_verb_asked_for_an_older_version_is_refused(draft: Article, wes: User) -> None:
    seen = draft.version
    edit(draft, by=wes, lede="<p>Newer.</p>")
    with pytest.raises(Refused, match="changed this piece meanwhile"):
        draft.submit(by=wes, version=seen)


class TestFourEyes:
    def test_off_lets_one_person_run_a_newsroom(self, draft: Article, wes: User) -> None:
        approve(draft, by=wes)
        assert draft.stage == Stage.APPROVED

    def test_warn_records_that_second_eyes_are_missing(
        self, draft: Article, wes: User, settings: Settings
    ) -> None:
        settings.NEWSROOM_FOUR_EYES = "warn"
        draft.submit(by=wes)
        assert draft.approve(by=wes).details == {"four_eyes": "missing"}

    def test_block_refuses_own_changes(
        self, draft: Article, wes: User, pam: User, settings: Settings
    ) -> None:
        settings.NEWSROOM_FOUR_EYES = "block"
        draft.submit(by=wes)
        with pytest.raises(Refused, match="Ask somebody else"):
            draft.approve(by=wes)
        draft.approve(by=pam)

    def test_block_counts_changes_since_the_last_approval_only(
        self, draft: Article, wes: User, pam: User, settings: Settings
    ) -> None:
        settings.NEWSROOM_FOUR_EYES = "block"
        draft.submit(by=wes)
        draft.approve(by=pam)
        edit(draft, by=pam, lede="<p>Pam's word.</p>")
        draft.submit(by=pam)
        with pytest.raises(Refused):
            draft.approve(by=pam)
        draft.approve(by=wes)
