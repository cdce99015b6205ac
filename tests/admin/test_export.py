"""The list as CSV: what stands in it, who gets what, and that no cell is a formula."""

import csv
import io
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from trends.admin.export import COLUMNS, DANGEROUS, lines, safe
from trends.models import Article, Topic
from trends.models.making import make_article, make_author

LIST = "/admin/trends/article/"
EXPORT = f"{LIST}export/"
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def pieces(ada: User, wes: User) -> dict[str, Article]:
    robots = Topic.objects.create(name="Robots", slug="robots")
    return {
        "Draft": make_article("=1+1", by=wes, slug="sum", evidence=["It goes"]),
        "Live": make_article(
            "Norlake; “west”", by=ada, publish=True, standfirst=STANDFIRST, lede="So.",
            slug="norlake", topic=robots, author=[make_author("Wes Quill"), make_author("Ada")],
        ),
        "Binned": make_article("Binned", by=ada),
    }  # fmt: skip


def text_of(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def export(client: Any, query: str = "") -> list[dict[str, str]]:
    return rows_of(text_of(client.post(EXPORT + query)))


def test_a_row_says_how_a_piece_stands(desk: Any, ada: User, pieces: Any) -> None:
    (row,) = export(desk(ada), "?status=live")
    live = pieces["Live"]
    assert row.pop("first published") == row.pop("updated") != ""
    assert row == {
        "id": str(live.pk), "title": "Norlake; “west”", "slug": "norlake",
        "address": "http://testserver/trends/norlake/", "stage": "Approved",
        "public status": "Live", "topic": "Robots", "authors": "Wes Quill, Ada",
        "pending sections": "Context, Evidence, Analysis, Key Points, Actions", "owner": "Ada",
    }  # fmt: skip


def test_the_columns_are_those_of_the_table() -> None:
    assert next(lines([])) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


def test_a_piece_that_nobody_reads_has_no_address(desk: Any, ada: User, pieces: Any) -> None:
    (row,) = export(desk(ada), "?q=sum")
    assert (row["title"], row["address"], row["first published"]) == ("'=1+1", "", "")


def test_it_is_a_file(desk: Any, ada: User, pieces: Any) -> None:
    response = desk(ada).post(EXPORT)
    text_of(response)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="trends-2')
    assert "no-store" in response.headers["Cache-Control"]


def titles(rows: list[dict[str, str]]) -> set[str]:
    return {row["title"] for row in rows}


def test_search_filters_and_tabs_count(desk: Any, ada: User, pieces: Any) -> None:
    pieces["Binned"].discard(by=ada)
    client = desk(ada)
    assert titles(export(client)) == {"'=1+1", "Norlake; “west”"}
    assert titles(export(client, "?bin=yes")) == {"Binned"}
    assert titles(export(client, "?tab=mine")) == {"Norlake; “west”"}
    assert titles(export(client, "?pending=evidence&q=norlake")) == {"Norlake; “west”"}


def test_a_page_is_not_the_end_of_it(desk: Any, ada: User) -> None:
    Article.objects.bulk_create([Article(title=f"Piece {n}", slug=f"piece-{n}") for n in range(60)])
    assert len(export(desk(ada), "?p=2")) == 60


def test_a_writer_gets_what_a_writer_sees(desk: Any, wes: User, pieces: Any) -> None:
    assert titles(export(desk(wes))) == {"'=1+1"}


def selected(client: Any, *articles: Article) -> Any:
    data = {"action": "export_csv", "_selected_action": [article.pk for article in articles]}
    return client.post(LIST, data)


def test_those_selected_are_exported(desk: Any, ada: User, wes: User, pieces: Any) -> None:
    rows = rows_of(text_of(selected(desk(ada), pieces["Live"])))
    assert titles(rows) == {"Norlake; “west”"}
    mine = rows_of(text_of(selected(desk(wes), pieces["Draft"], pieces["Live"])))
    assert titles(mine) == {"'=1+1"}


@pytest.mark.parametrize("query", ["?nonsense=1", "?topic__id__exact=x"])
def test_filters_that_say_nothing(desk: Any, ada: User, pieces: Any, query: str) -> None:
    response = desk(ada).post(EXPORT + query, follow=True)
    assert "Nothing is exported" in response.content.decode()
    assert not LogEntry.objects.exists()


def test_who_took_what_is_written_down(
    desk: Any, ada: User, pieces: Any, caplog: pytest.LogCaptureFixture
) -> None:
    export(desk(ada), "?status=live")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (ada, "1 piece as CSV")
    assert entry.change_message == "Exported: status=live"
    assert caplog.messages == ["ada exported 1 piece as CSV (status=live)"]


def test_queries_do_not_grow_with_the_rows(desk: Any, ada: User, pieces: Any) -> None:
    client = desk(ada)
    export(client)
    with CaptureQueriesContext(connection) as few:
        export(client)
    for n in range(30):
        make_article(f"Piece {n}", by=ada, author=[make_author(f"Author {n}")])
    with CaptureQueriesContext(connection) as many:
        assert len(export(client)) == 33
    assert len(many) == len(few) <= 16


@given(st.text() | st.tuples(st.sampled_from(DANGEROUS), st.text()).map("".join))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = safe(text)
    assert not cell.startswith(DANGEROUS)
    assert cell in (text, f"'{text}")
    assert (cell == text) is not text.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.lists(st.text(), min_size=2, max_size=4), max_size=4))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    text = "".join(lines(rows)).removeprefix("\ufeff")
    (_, *read) = csv.reader(io.StringIO(text, newline=""))
    assert read == [[safe(value) for value in row] for row in rows]
