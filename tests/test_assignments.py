"""Who owes a section, and until when: one method makes, changes and drops it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Article, Assignment
from trends.models.making import make_article

FRIDAY = date(2031, 5, 2)


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("The ferry", by=wes)


def put(piece: Article, by: User, section: str = "context", **fields: Any) -> Assignment | None:
    return Assignment.objects.put(piece, section, by=by, now=timezone.now(), **fields)


def told(piece: Article) -> list[dict[str, Any]]:
    return list(piece.transitions.filter(verb="assign").values_list("details", flat=True))


def test_it_works(piece: Article, ada: User, wes: User) -> None:
    row = put(piece, ada, owner=wes, due_on=FRIDAY)
    assert row is not None
    assert (row.owner, row.due_on, row.done_at) == (wes, FRIDAY, None)
    told_once = {"section": "context", "owner": "Wes", "due_on": "2031-05-02", "done": False}
    assert told(piece) == [told_once]
    assert piece.transitions.get(verb="assign").by == ada


def test_what_is_not_named_stays(piece: Article, ada: User, wes: User) -> None:
    put(piece, ada, owner=wes, due_on=FRIDAY)
    row = put(piece, ada, due_on=FRIDAY + timedelta(1))
    assert row is not None
    assert (row.owner, row.due_on) == (wes, FRIDAY + timedelta(1))
    assert Assignment.objects.count() == 1


def test_it_is_no_content(piece: Article, ada: User, wes: User) -> None:
    version, revisions = piece.version, piece.revisions.count()
    piece.submit(by=wes)
    piece.approve(by=ada)
    put(piece, ada, owner=wes)
    piece.refresh_from_db()
    assert (piece.version, piece.revisions.count()) == (version, revisions)
    assert piece.stage == "approved"


def test_the_same_again_is_not_recorded(piece: Article, ada: User, wes: User) -> None:
    put(piece, ada, owner=wes)
    put(piece, ada, owner=wes, due_on=None, done=False)
    assert len(told(piece)) == 1


def test_two_people_of_one_name_are_two(piece: Article, ada: User, wes: User) -> None:
    twin = User.objects.create_user("wes2", first_name="Wes")
    put(piece, ada, owner=wes)
    row = put(piece, ada, owner=twin)
    assert row is not None
    assert row.owner == twin
    assert len(told(piece)) == 2


def test_done_is_somebodys_word(piece: Article, ada: User, wes: User) -> None:
    put(piece, ada, owner=wes)
    row = put(piece, wes, done=True)
    assert row is not None
    assert row.done_by == wes
    said_at = row.done_at
    row = put(piece, ada, done=True)
    assert row is not None
    assert (row.done_by, row.done_at) == (wes, said_at)


@pytest.mark.parametrize("how", ["claimed", "passed on", "passed on with the tick left"])
def test_a_claim_or_a_new_owner_opens_it_again(
    piece: Article, ada: User, wes: User, how: str
) -> None:
    put(piece, ada, owner=wes, done=True)
    fields = {
        "claimed": {"owner": wes},
        "passed on": {"owner": ada},
        "passed on with the tick left": {"owner": ada, "done": True},
    }[how]
    row = put(piece, ada, **fields)
    assert row is not None
    assert (row.done_at, row.done_by) == (None, None)


def test_what_is_done_stays_done_otherwise(piece: Article, ada: User, wes: User) -> None:
    put(piece, ada, owner=wes, done=True)
    for fields in ({"due_on": FRIDAY}, {"owner": wes, "done": True}, {"owner": None}):
        row = put(piece, ada, **fields)
        assert row is not None
        assert row.done_at is not None


def test_what_says_nothing_is_deleted(piece: Article, ada: User, wes: User) -> None:
    assert put(piece, ada, owner=None) is None
    assert told(piece) == []
    put(piece, ada, owner=wes, due_on=FRIDAY)
    put(piece, ada, due_on=None)
    assert put(piece, ada, owner=None) is None
    assert not Assignment.objects.exists()
    assert [details["owner"] for details in told(piece)] == ["", "Wes", "Wes"]


@pytest.mark.parametrize(("section", "fields"), [("head", {}), ("context", {"when": FRIDAY})])
def test_it_knows_sections_and_fields(
    piece: Article, ada: User, section: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="No assignment has"):
        put(piece, ada, section, **fields)


def test_what_the_caller_changed_stays(piece: Article, ada: User, wes: User) -> None:
    piece.title = "Not saved yet"
    put(piece, ada, owner=wes)
    assert piece.title == "Not saved yet"


def test_it_waits_for_the_lock(piece: Article, ada: User, wes: User) -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite locks the whole file")
    with CaptureQueriesContext(connection) as queries:
        put(piece, ada, owner=wes)
    assert any("FOR NO KEY UPDATE" in query["sql"] for query in queries)


# --- words ---


def test_which_are_late(piece: Article, ada: User, wes: User) -> None:
    put(piece, ada, "context", due_on=FRIDAY)
    put(piece, ada, "evidence", due_on=FRIDAY, done=True)
    put(piece, ada, "analysis", owner=wes)
    late = Assignment.objects.late
    assert list(late(FRIDAY)) == []
    assert [row.section for row in late(FRIDAY + timedelta(1))] == ["context"]
    assert {row.section for row in Assignment.objects.open()} == {"context", "analysis"}
    assert [row.section for row in Assignment.objects.of(wes)] == ["analysis"]
    assert Assignment.objects.for_articles([piece]).count() == 3


def test_late_and_days_late_agree(piece: Article, ada: User) -> None:
    put(piece, ada, "context", due_on=FRIDAY)
    put(piece, ada, "evidence", due_on=FRIDAY, done=True)
    put(piece, ada, "author", owner=ada)
    for days in (-1, 0, 1, 3):
        today = FRIDAY + timedelta(days)
        said = {row for row in Assignment.objects.all() if row.days_late(today)}
        assert said == set(Assignment.objects.late(today))
    context = Assignment.objects.get(section="context")
    assert [context.days_late(FRIDAY + timedelta(d)) for d in (0, 1, 3)] == [0, 1, 3]
