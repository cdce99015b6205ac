"""Who is told of which step."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.people import person
from trends.models import Article, Assignment, Job, Notice, Refused
from trends.models.handing_over import hand_over
from trends.models.making import make_article
from trends.snapshot import CAN_BE_PENDING


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("The ferry", by=wes, lede="So.")


def told() -> set[tuple[str, str, str]]:
    rows = Notice.objects.select_related("user")
    return {(row.user.username, row.kind, row.text) for row in rows}


def put(piece: Article, by: User, section: str = "context", **fields: Any) -> None:
    Assignment.objects.put(piece, section, by=by, now=timezone.now(), **fields)


def test_who_is_given_a_section(piece: Article, ada: User, wes: User) -> None:
    put(piece, ada, owner=wes, due_on=date(2031, 5, 2))
    text = "Ada gave you Context of “The ferry”, due on 2 May 2031."
    assert told() == {("wes", "assignment", text)}
    notice = Notice.objects.get()
    assert (notice.article, notice.section, notice.by) == (piece, "context", ada)
    assert notice.desk_url == f"/admin/trends/article/{piece.pk}/change/#section-context"


def test_the_new_owner_alone_when_it_is_passed_on(piece: Article, ada: User, wes: User) -> None:
    put(piece, wes, owner=wes)
    pam = person("pam")
    put(piece, ada, owner=pam)
    put(piece, ada, due_on=date(2031, 5, 2))
    put(piece, ada, done=True)
    assert told() == {("pam", "assignment", "Ada gave you Context of “The ferry”.")}


def test_a_claim_tells_nobody(piece: Article, ada: User, wes: User) -> None:
    put(piece, wes, owner=wes)
    put(piece, ada, owner=None)
    assert told() == set()


def test_who_wrote_and_who_submitted_hear_that_it_came_back(
    piece: Article, ada: User, wes: User, pam: User
) -> None:
    piece.submit(by=ada)
    piece.return_to_writer(by=pam, note="Who said 420?")
    text = "Pam returned “The ferry”.\nWho said 420?"
    assert told() == {("wes", "return", text), ("ada", "return", text)}
    assert Notice.objects.all()[0].headline == "Pam returned “The ferry”."
    assert Notice.objects.all()[0].more == "Who said 420?"


def test_the_same_hear_that_it_is_approved(piece: Article, ada: User, wes: User) -> None:
    piece.submit(by=wes)
    piece.approve(by=ada)
    assert told() == {("wes", "approval", "Ada approved “The ferry”.")}


def test_publishing_what_others_wrote_tells_them_once(piece: Article, pam: User, wes: User) -> None:
    piece.publish_now(by=pam, override="a test")
    assert told() == {("wes", "approval", "Pam approved and published “The ferry”.")}


def test_what_is_undone_is_taken_back(piece: Article, pam: User, wes: User) -> None:
    piece.submit(by=wes)
    piece.return_to_writer(by=pam, note="Shorter.")
    before = told()
    piece.publish_now(by=pam, override="a test", grace=10)
    assert len(told()) == len(before) + 1
    piece.undo(by=pam)
    assert told() == before


@pytest.mark.parametrize("field", ["read_at", "mailed_at"])
def test_what_somebody_knows_is_not(piece: Article, pam: User, wes: User, field: str) -> None:
    piece.publish_now(by=pam, override="a test", grace=10)
    Notice.objects.update(**{field: timezone.now()})
    piece.undo(by=pam)
    assert told() == {("wes", "approval", "Pam approved and published “The ferry”.")}


def test_publishing_ones_own_tells_nobody(pam: User) -> None:
    make_article("The bridge", by=pam, lede="So.").publish_now(by=pam, override="a test")
    assert told() == set()


def test_what_is_taken_back_was_never_told(piece: Article, ada: User, wes: User) -> None:
    with pytest.raises(Refused):
        piece.approve(by=ada)
    piece.submit(by=wes)
    with transaction.atomic():
        piece.approve(by=ada)
        transaction.set_rollback(True)
    assert told() == set()


def test_one_sentence_for_all_that_is_handed_over(piece: Article, ada: User, wes: User) -> None:
    for section in ("context", "evidence"):
        put(piece, wes, section, owner=wes)
    pam = person("pam")
    hand_over(wes, pam, by=ada)
    text = "Ada handed over to you what was Wes’s: 2 open assignments and 1 piece."
    assert told() == {("pam", "assignment", text)}
    hand_over(wes, pam, by=ada)
    assert Notice.objects.count() == 1


def test_many_sections_for_one_person_cost_little(ada: User, wes: User) -> None:
    User.objects.filter(pk=wes.pk).update(email="wes@example.org")
    wes.refresh_from_db()
    pieces = [make_article(f"Ferry {n}", by=ada) for n in range(2)]

    def cost(piece: Article, **fields: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            for section in CAN_BE_PENDING:
                put(piece, ada, section, **fields)
        return len(queries)

    quiet = cost(pieces[0], due_on=date(2031, 5, 2))
    # A notice each and the same job each time; once who wants mail, and the job itself.
    assert cost(pieces[1], owner=wes) <= quiet + 2 * len(CAN_BE_PENDING) + 3
    assert Job.objects.get().asked == Notice.objects.count() == len(CAN_BE_PENDING)
