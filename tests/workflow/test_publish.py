"""publish: the working copy, or chosen sections of a live piece, comes before readers."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflow.conftest import approve, edit
from trends.models import Address, Article, Edition, Refused, Stage, Status
from trends.models.making import make_article, make_author

Change = Edition.Change


def newest(article: Article) -> Edition:
    return article.editions.latest("live_from")


def test_it_works(approved: Article, pam: User) -> None:
    approved.publish(by=pam)
    edition = newest(approved)
    assert approved.status() == Status.LIVE
    assert (edition.title, edition.change) == (approved.title, Change.FIRST)
    assert edition.first_published_at == edition.public_updated_at == edition.live_from
    assert Address.objects.get().path == f"/trends/{approved.slug}/"
    assert not approved.has_unpublished_changes()


def test_publish_now_records_all_three_steps(draft: Article, pam: User) -> None:
    draft.publish_now(by=pam)
    verbs = draft.transitions.values_list("verb", flat=True)
    assert list(verbs) == ["publish", "approve", "submit"]


def test_publish_now_of_an_older_version_changes_nothing(draft: Article, pam: User) -> None:
    with pytest.raises(Refused, match="meanwhile"):
        draft.publish_now(by=pam, version=draft.version - 1)
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT


def test_editing_never_changes_what_readers_see(live: Article, wes: User) -> None:
    edit(live, by=wes, lede="<p>Not yet for readers.</p>")
    assert "Not yet" not in str(newest(live).html)
    assert live.has_unpublished_changes()


def test_the_same_text_twice_is_refused(live: Article, pam: User) -> None:
    with pytest.raises(Refused, match="nothing to publish"):
        live.publish(by=pam)


def test_chosen_sections_leave_a_colleagues_half_written_ones(live: Article, pam: User) -> None:
    edit(live, by=pam, context="<p>Checked facts.</p>", analysis="<p>Half a thou</p>")
    live.publish(by=pam, sections=["context"])
    edition = newest(live)
    assert "Checked facts." in edition.html["context"]
    assert edition.html["analysis"] == ""
    assert live.has_unpublished_changes()


def test_sections_of_an_unpublished_piece_cannot_be_chosen(approved: Article, pam: User) -> None:
    with pytest.raises(Refused, match="not live"):
        approved.publish(by=pam, sections=["context"])


def test_assigning_an_author_publishes_only_the_byline(live: Article, pam: User) -> None:
    edit(live, by=pam, author=True, lede="<p>Not for readers yet.</p>")
    live.publish(by=pam, sections=["author"])
    edition = newest(live)
    assert [author.name for author in edition.authors] == ["Ines Calder"]
    assert "Not for readers" not in str(edition.html)
    assert (edition.change, edition.update_line) == (Change.UPDATE, "Added: Author")


def test_a_section_that_is_filled_later_is_an_update(live: Article, pam: User) -> None:
    first = newest(live)
    edit(live, by=pam, analysis="<p>What we think.</p>")
    approve(live, by=pam)
    live.publish(by=pam)
    edition = newest(live)
    assert (edition.change, edition.update_line) == (Change.UPDATE, "Added: Analysis")
    assert edition.first_published_at == first.first_published_at
    assert edition.public_updated_at == edition.live_from


def test_a_minor_change_does_not_move_the_date_for_readers(live: Article, pam: User) -> None:
    first = newest(live)
    edit(live, by=pam, context="<p>The first one dates from 1962, we hear. [[E1]]</p>")
    approve(live, by=pam)
    live.publish(by=pam)
    edition = newest(live)
    assert edition.change == Change.MINOR
    assert edition.public_updated_at == first.public_updated_at


class TestReadiness:
    def test_what_blocks_is_refused_by_name(self, draft: Article, pam: User) -> None:
        edit(draft, by=pam, standfirst="")
        with pytest.raises(Refused) as refused:
            draft.publish_now(by=pam)
        assert [issue.code for issue in refused.value.issues] == ["standfirst-empty"]
        assert draft.status() == Status.UNPUBLISHED

    def test_a_reason_overrides_it_and_is_recorded(self, draft: Article, pam: User) -> None:
        edit(draft, by=pam, standfirst="")
        step = draft.publish_now(by=pam, override="Breaking news.")
        assert step.details["override"] == "Breaking news."

    def test_nothing_overrides_a_final_fault(self, draft: Article, pam: User) -> None:
        edit(draft, by=pam, lede="<p>So. [[E9]]</p>")
        with pytest.raises(Refused):
            draft.publish_now(by=pam, override="Never mind.")

    def test_old_faults_do_not_stop_a_change_of_a_live_piece(
        self, draft: Article, pam: User
    ) -> None:
        edit(draft, by=pam, standfirst="")
        draft.publish_now(by=pam, override="Breaking news.")
        edit(draft, by=pam, context="<p>Since 1963. [[E1]]</p>")
        draft.publish_now(by=pam)
        assert "1963" in newest(draft).html["context"]

    def test_a_new_fault_does(self, live: Article, pam: User) -> None:
        edit(live, by=pam, lede="<p>So. [[E9]]</p>")
        with pytest.raises(Refused):
            live.publish(by=pam, sections=["lede"])

    def test_uncleared_legal_review_stops_a_change_of_a_live_piece(
        self, live: Article, pam: User
    ) -> None:
        live.legal_review_required = True
        edit(live, by=pam, lede="<p>Sharper words. [[E1]]</p>")
        with pytest.raises(Refused, match=r"[Ll]egal review"):
            live.publish(by=pam, sections=["lede"])


class TestAddresses:
    def test_a_new_slug_takes_effect_with_the_next_press(self, live: Article, pam: User) -> None:
        old = live.slug
        live.slug = "pump-house"
        live.save()
        assert newest(live).slug == old
        live.publish(by=pam)
        assert newest(live).slug == "pump-house"
        paths = set(Address.objects.values_list("path", flat=True))
        assert paths == {f"/trends/{old}/", "/trends/pump-house/"}

    def test_a_path_is_never_given_to_another_piece(self, live: Article, pam: User) -> None:
        other = make_article("Another piece", slug="other")
        Address.objects.create(path="/trends/taken/", article=live)
        other.slug = "taken"
        other.save()
        with pytest.raises(Refused, match="belongs to another piece"):
            other.publish_now(by=pam, override="x")
        assert other.editions.count() == 0


def test_references_stay_references(live: Article, pam: User) -> None:
    author = make_author("Ines Calder")
    live.bylines.create(author=author)
    live.record_revision(by=pam)
    live.publish(by=pam, sections=["author"])
    author.name = "Ines Calder-Roy"
    author.save()
    assert [a.name for a in newest(live).authors] == ["Ines Calder-Roy"]


def test_two_presses_in_one_moment_get_two_starts(approved: Article, pam: User) -> None:
    now = timezone.now() - timedelta(minutes=1)
    approved.publish(by=pam, now=now)
    edit(approved, by=pam, analysis="<p>More.</p>")
    approved.publish(by=pam, now=now, sections=["analysis"])
    assert approved.editions.values("live_from").distinct().count() == 2
    assert newest(approved).html["analysis"] == "<p>More.</p>"
