"""What is typed in a form, as a snapshot: nothing lost, nothing changed that was left alone."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tests.admin.forms import form_of, rows_of
from tests.strategies import edits, snapshots
from trends.admin.typed import typed_snapshot
from trends.snapshot import ROW_FIELDS, Snapshot, empty

K = "00000000000000a1"
NEW = {"claim": "It goes", "kind": "data", "stance": "supports", "verdict": "unchecked",
       "disclosure": "named"}  # fmt: skip


def posted(**fields: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "-"): value for name, value in fields.items()})
    return data


def rows(prefix: str, *values: dict[str, Any]) -> QueryDict:
    return posted(**rows_of(prefix, list(values)))


def form(content: Snapshot, base: Snapshot) -> QueryDict:
    return posted(**form_of(content, base))


@pytest.fixture
def base() -> Snapshot:
    snapshot = empty()
    snapshot["head"] |= {"title": "Norlake", "kind": "analysis", "topic": 3}
    snapshot["key_points"]["rows"] = [{"key": K, "text": "One"}]
    return snapshot


def test_what_is_not_posted_stays(base: Snapshot) -> None:
    assert typed_snapshot(posted(), base) == base


@given(st.data())
def test_any_content_comes_through_a_form_as_it_is(data: st.DataObject) -> None:
    base = data.draw(snapshots())
    for content in (base, data.draw(edits(base))):
        assert typed_snapshot(form(content, base), base) == content


@given(snapshots(), snapshots())
def test_the_same_fields_give_the_same_snapshot(base: Snapshot, other: Snapshot) -> None:
    data = form(other, base)
    for name in [name for name in data if name.endswith("-key")]:
        del data[name]
    once = typed_snapshot(data, base)
    assert typed_snapshot(data, base) == once
    for section in ROW_FIELDS:
        keys = [row["key"] for row in once[section]["rows"]]
        assert len(set(keys)) == len(keys) >= len(other[section]["rows"])


def test_values_are_cleaned_as_the_form_does(base: Snapshot) -> None:
    typed = typed_snapshot(
        posted(title=" Norlake moves ", topic="", standfirst="a\r\nb", lede="<p onclick=x>Go</p>"),
        base,
    )
    assert (typed["head"]["title"], typed["head"]["topic"]) == ("Norlake moves", None)
    assert typed["head"]["standfirst"] == "a\nb"
    assert typed["lede"]["text"] == "<p>Go</p>"


def test_what_was_left_alone_stays_byte_for_byte(base: Snapshot) -> None:
    base["head"]["standfirst"] = "Written by a script \r\nlong ago "
    base["lede"]["text"] = "<p>a</p> <b>b</b>"
    typed = typed_snapshot(
        posted(standfirst="Written by a script \nlong ago", lede="<p>a</p> <b>b</b>"), base
    )
    assert typed == base


WRONG = [("topic", "x1"), ("topic", "9" * 30), ("kind", "rumour")]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_value_that_does_not_parse_stands_raw(base: Snapshot, name: str, value: str) -> None:
    data = posted(**{name: value})
    assert typed_snapshot(data, base)["head"][name] == value
    assert typed_snapshot(data, base, lenient=True) == base


def test_a_new_row_with_values_that_do_not_parse(base: Snapshot) -> None:
    data = rows("evidence", NEW | {"dated_on": "soon", "url": "javascript:x", "kind": "gossip"})
    [row] = typed_snapshot(data, base)["evidence"]["rows"]
    assert (row["dated_on"], row["url"], row["kind"]) == ("soon", "javascript:x", "gossip")
    [row] = typed_snapshot(data, base, lenient=True)["evidence"]["rows"]
    assert (row["dated_on"], row["url"], row["kind"]) == (None, "", "document")


def test_rows_stand_where_they_were_put(base: Snapshot) -> None:
    data = rows(
        "key_points", {"key": K, "text": "One", "position": 1}, {"text": "Zero", "position": 0}
    )
    typed = typed_snapshot(data, base)["key_points"]["rows"]
    assert [row["text"] for row in typed] == ["Zero", "One"]


def test_a_deleted_row_goes_and_a_blank_one_never_was(base: Snapshot) -> None:
    data = rows("key_points", {"key": K, "text": "One", "DELETE": "on"}, {"text": " "})
    assert typed_snapshot(data, base)["key_points"]["rows"] == []


def test_a_row_that_is_not_posted_stays(base: Snapshot) -> None:
    typed = typed_snapshot(rows("key_points", {"text": "Two"}), base)
    assert [row["text"] for row in typed["key_points"]["rows"]] == ["Two", "One"]


def test_a_key_that_comes_twice_is_two_rows(base: Snapshot) -> None:
    data = rows("key_points", {"key": K, "text": "One"}, {"key": K, "text": "Two"})
    typed = typed_snapshot(data, base)["key_points"]["rows"]
    assert [row["text"] for row in typed] == ["One", "Two"]
    assert len({row["key"] for row in typed}) == 2


@pytest.mark.parametrize(("number", "given"), [("7", 7), ("", 8), ("x", 8), ("9" * 9, 8)])
def test_new_evidence_is_cited_before_it_is_saved(base: Snapshot, number: str, given: int) -> None:
    data = rows("evidence", NEW | {"number": number})
    data["lede"] = "<p>Says [[E7]]</p>"
    [row] = typed_snapshot(data, base)["evidence"]["rows"]
    assert row["number"] == given  # nobody's citation points at a row by chance


def test_a_form_sets_neither_the_number_of_a_row_nor_who_checked_it(base: Snapshot) -> None:
    [saved] = typed_snapshot(rows("evidence", NEW | {"number": 1}), base)["evidence"]["rows"]
    base["evidence"]["rows"] = [saved]
    forged = {"key": saved["key"], "number": 5, "checked_by": 1, "checked_at": "2026-01-01"}
    assert typed_snapshot(rows("evidence", forged), base) == base
