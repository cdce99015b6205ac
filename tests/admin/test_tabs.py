"""The tabs over the list of pieces: what each finds, what it counts, what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.forms import in_force
from trends.admin import tabs
from trends.admin.tabs import MOST
from trends.models import Article, Correction
from trends.models.making import make_article, make_author

LIST = "/admin/trends/article/"
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def pieces(ada: User, wes: User, pam: User) -> dict[str, Article]:
    now = timezone.now()
    full: dict[str, Any] = {
        "standfirst": STANDFIRST, "lede": "So.", "author": [make_author("Wes Quill")],
        "evidence": [{"claim": "It goes", "source_title": "Filing"}], "publish": True,
    }  # fmt: skip
    pieces = {
        "Draft": make_article("Draft", by=wes),
        "Review": make_article("Review", by=ada, not_needed={"author": "Desk", "evidence": "No"}),
        "Later": make_article("Later", by=ada, **full | {"publish": False}),
        "Live": make_article("Live", by=ada, **full),
        "Changed": make_article("Changed", by=ada, **full),
        "Corrected": make_article("Corrected", by=ada, **full),
        "Old": make_article("Old", by=ada, now=now - timedelta(days=400), **full),
        "Binned": make_article("Binned", by=wes),
    }
    pieces["Review"].submit(by=ada)
    later = pieces["Later"]
    later.submit(by=ada)
    later.approve(by=pam)
    later.schedule(by=pam, live_from=now + timedelta(days=1))
    changed = pieces["Changed"]
    changed.lede = "<p>New.</p>"
    changed.save()
    changed.record_revision(by=ada)
    corrected = pieces["Corrected"]
    Correction.objects.create(
        article=corrected, edition=in_force(corrected), text="Ten, not nine.", at=now
    )
    pieces["Binned"].discard(by=ada)
    return pieces


def titles(response: Any) -> set[str]:
    return {article.title for article in response.context_data["cl"].result_list}


def counts(response: Any) -> dict[str, str]:
    return {tab.label: tab.count for tab in response.context_data["tabs"]}


ON_DESK = {"Draft", "Review", "Later", "Live", "Changed", "Corrected", "Old"}
FOUND: list[tuple[str, str, set[str]]] = [
    ("", "All", ON_DESK),
    ("nonsense", "All", ON_DESK),
    ("mine", "Mine", ON_DESK - {"Draft"}),
    ("unassigned", "Unassigned", {"Draft"}),
    ("evidence", "Pending evidence", {"Draft"}),
    ("review", "In review", {"Review"}),
    ("scheduled", "Scheduled", {"Later"}),
    ("changes", "Live with changes", {"Changed"}),
    ("corrected", "Corrected", {"Corrected"}),
    ("stale", "Stale", {"Old"}),
]


@pytest.mark.parametrize(("name", "label", "found"), FOUND)
def test_a_tab_finds_and_counts(
    desk: Any, ada: User, pieces: Any, name: str, label: str, found: set[str]
) -> None:
    page = desk(ada).get(f"{LIST}?tab={name}")
    assert titles(page) == found
    if label != "All":
        assert counts(page)[label] == str(len(found))
    assert [tab.label for tab in page.context_data["tabs"] if tab.is_current] == [label]


def test_live_with_changes_agrees_with_the_piece(desk: Any, ada: User, pieces: Any) -> None:
    found = titles(desk(ada).get(f"{LIST}?tab=changes"))
    assert found == {a.title for a in Article.objects.all() if a.has_unpublished_changes()}


def test_a_piece_that_was_updated_is_not_stale(desk: Any, ada: User, pieces: Any) -> None:
    old = pieces["Old"]
    old.context = "<p>It is still so.</p>"
    old.save()
    old.record_revision(by=ada)
    old.publish_now(by=ada, change="update", update_line="Added: Context")
    assert titles(desk(ada).get(f"{LIST}?tab=stale")) == set()


def test_a_retracted_piece_is_neither_live_nor_stale(
    desk: Any, ada: User, pam: User, pieces: Any
) -> None:
    for name in ("Old", "Changed"):
        pieces[name].retract(by=pam, notice="It was wrong.", note="So.")
    client = desk(ada)
    assert titles(client.get(f"{LIST}?tab=stale")) == set()
    assert titles(client.get(f"{LIST}?tab=changes")) == set()


def test_a_tab_goes_along_with_search_and_filters(desk: Any, ada: User, pieces: Any) -> None:
    client = desk(ada)
    page = client.get(f"{LIST}?tab=mine&q=old&status=live")
    assert titles(page) == {"Old"}
    assert titles(client.get(f"{LIST}?tab=corrected&q=old")) == set()
    (changes,) = (tab for tab in page.context_data["tabs"] if tab.label == "Live with changes")
    assert changes.url == "?q=old&status=live&tab=changes"
    assert changes.count == ""


def test_the_bin_has_the_same_tabs(desk: Any, ada: User, wes: User, pieces: Any) -> None:
    assert titles(desk(wes).get(f"{LIST}?tab=mine&bin=yes")) == {"Binned"}


def test_a_writer_counts_what_a_writer_sees(desk: Any, wes: User, pieces: Any) -> None:
    page = desk(wes).get(LIST)
    assert titles(page) == {"Draft"}
    expected = {"Mine": "1", "Unassigned": "1", "Pending evidence": "1"}
    given = {label: count for label, count in counts(page).items() if count not in ("", "0")}
    assert given == expected


def test_many_are_not_counted_to_the_end(desk: Any, ada: User) -> None:
    Article.objects.bulk_create(
        [Article(title=f"Piece {n}", slug=f"piece-{n}", owner=ada) for n in range(MOST + 2)]
    )
    with CaptureQueriesContext(connection) as queries:
        page = desk(ada).get(LIST)
    assert counts(page)["Mine"] == "99+"
    counts_of = [q["sql"] for q in queries if "trends_notice" not in q["sql"]]
    counting = [sql for sql in counts_of if "COUNT(*)" in sql and "LIMIT 100)" in sql]
    assert len(counting) == 7  # not of Stale


def test_what_no_index_finds_is_counted_among_those_changed_last(
    desk: Any, ada: User, pieces: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(desk(ada).get(LIST))
    monkeypatch.setattr(tabs, "LOOKED_AT", 1)
    after = counts(desk(ada).get(LIST))
    walked = {"Unassigned", "Pending evidence", "Live with changes"}
    assert {label for label in after if after[label] != before[label]} == {*walked, "Stale"}
    assert all(after[label] in ("0+", "1+") for label in walked)
    assert after["Stale"] == ""


def test_what_no_index_finds_is_listed_from_those_changed_last(
    desk: Any, ada: User, pieces: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk(ada).get(f"{LIST}?tab=evidence")
    assert titles(page) == {"Draft"}
    assert "changed last" not in page.text
    pieces["Live"].save()
    monkeypatch.setattr(tabs, "LISTED_FROM", 1)
    page = desk(ada).get(f"{LIST}?tab=evidence")
    assert titles(page) == set()
    assert "Found among the 1 pieces that were changed last." in page.text
    assert "changed last" not in desk(ada).get(f"{LIST}?tab=mine").text


def test_a_popup_has_no_tabs(desk: Any, ada: User, pieces: Any) -> None:
    assert "tabs" not in desk(ada).get(f"{LIST}?_popup=1").context_data


def test_what_the_page_costs(desk: Any, ada: User, pieces: Any) -> None:
    client = desk(ada)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for n in range(12):
        make_article(f"Piece {n}", by=ada, author=[make_author(f"Author {n}")])
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few) <= 25


def test_open_notes_stand_beside_the_title(desk: Any, ada: User, pieces: Any) -> None:
    for text in ("Who said so?", "And when?"):
        pieces["Draft"].notes.create(text=text, by=ada, at=timezone.now())
    pieces["Live"].notes.create(text="Why?", by=ada, at=timezone.now())
    Article.objects.get(title="Live").notes.get().close(by=ada, now=timezone.now())
    text = desk(ada).get(LIST).content.decode()
    assert "2 notes</span>" in text
    assert "1 note<" not in text
