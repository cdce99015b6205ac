"""The page of all notes: one's own business, complaints with their deadlines, and the rest."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.noting import complain
from trends.admin import all_notes
from trends.models import Article, Note
from trends.models.making import make_article

PAGE = "/admin/trends/article/notes/"
TODAY = timezone.localdate()


@pytest.fixture
def pieces(wes: User, ada: User) -> list[Article]:
    """Wes has a comment and an old complaint on his piece, a mention and a legal note with time
    left on one of Ada's, which he may not see."""
    mine, other = make_article("Of Wes", by=wes), make_article("Of Ada", by=ada)
    now = timezone.now()
    Note.objects.write(mine, "Comment", by=ada, now=now)
    complain(mine, "Late complaint", due_on=TODAY - timedelta(days=2))
    Note.objects.write(other, "Barred, @wes", by=ada, now=now)
    legal = complain(other, "Legal", kind="legal", due_on=TODAY + timedelta(days=3))
    Note.objects.write(other, "Reply", by=ada, now=now, reply_to=legal)
    Note.objects.write(mine, "Done", by=ada, now=now).close(by=wes, now=now)
    return [mine, other]


def lines(page: Any) -> list[str]:
    return [line.note.text for line in page.context_data["lines"]]


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        ("wes", "", ["Late complaint", "Comment"]),
        ("wes", "?show=all", ["Late complaint", "Comment"]),
        ("ada", "", ["Legal", "Barred, @wes"]),
        ("ada", "?show=formal", ["Late complaint", "Legal"]),
        ("ada", "?show=all", ["Late complaint", "Legal", "Barred, @wes", "Comment"]),
        ("ada", "?show=all&kind=legal", ["Legal"]),
        ("ada", "?show=all&state=late", ["Late complaint"]),
        ("ada", "?show=all&state=closed", ["Done"]),
        ("ada", "?show=nonsense&kind=odd&state=x&page=-1", ["Legal", "Barred, @wes"]),
        ("ada", "?page=9", []),
    ],
)
def test_the_lists(
    desk: Any, wes: User, ada: User, pieces: Any, who: str, query: str, expected: list[str]
) -> None:
    page = desk({"wes": wes, "ada": ada}[who]).get(PAGE + query)
    assert page.status_code == 200
    assert lines(page) == expected


def test_days_and_replies_are_said(desk: Any, ada: User, pieces: list[Article]) -> None:
    text = desk(ada).get(f"{PAGE}?show=formal").content.decode()
    assert ", 2 days late" in text
    assert ", 3 days left" in text
    assert "1 reply" in text
    assert "Rosa" not in text
    note = Note.objects.get(text="Legal")
    assert f"/admin/trends/article/{pieces[1].pk}/notes/#note-{note.pk}" in text


def test_tabs_count_the_open_ones(desk: Any, ada: User, pieces: Any) -> None:
    page = desk(ada).get(f"{PAGE}?show=formal&state=closed")
    tabs = [(tab.label, tab.count, tab.is_current) for tab in page.context_data["tabs"]]
    assert tabs == [
        ("For me", "2", False), ("Complaints and legal notes", "2", True), ("All", "4", False)
    ]  # fmt: skip


def test_pages(desk: Any, ada: User, pieces: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(all_notes, "LINES", 3)
    page = desk(ada).get(f"{PAGE}?show=all")
    assert (len(lines(page)), page.context_data["newer"]) == (3, "")
    page = desk(ada).get(PAGE + page.context_data["older"])
    assert (lines(page), page.context_data["older"]) == (["Comment"], "")


def test_many_notes_cost_no_more_queries(desk: Any, ada: User, pieces: Any) -> None:
    client = desk(ada)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{PAGE}?show=all").status_code == 200
        return len(asked)

    cost()
    few = cost()
    for n in range(8):
        piece = make_article(f"Piece {n}", by=ada)
        note = Note.objects.write(piece, "So", by=ada, now=timezone.now())
        Note.objects.write(piece, "Yes", by=ada, now=timezone.now(), reply_to=note)
    assert cost() == few <= 10
