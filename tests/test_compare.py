"""Compare: by section, field and row; word by word."""

from copy import deepcopy

from hypothesis import given

from tests.strategies import sentences, snapshots
from trends.compare import ORDER, compare, describe, diff_words, readable
from trends.snapshot import Snapshot, empty


def changed(**fields: str) -> Snapshot:
    snapshot = empty()
    snapshot["head"] |= fields
    return snapshot


def points(*texts: str) -> Snapshot:
    snapshot = empty()
    snapshot["key_points"]["rows"] = [{"key": text[0], "text": text} for text in texts]
    return snapshot


@given(snapshots())
def test_a_snapshot_equals_itself(content: Snapshot) -> None:
    assert compare(content, deepcopy(content)) == []


def test_a_changed_field_is_named() -> None:
    [change] = compare(changed(title="Old"), changed(title="New"))
    assert (change.section, change.field, change.before, change.after) == (
        "head", "title", "Old", "New",
    )  # fmt: skip


def test_rows_are_matched_by_key() -> None:
    changes = compare(points("a one", "b two"), points("b TWO", "c three"))
    assert [(c.key, c.field) for c in changes] == [("a", ""), ("b", "text"), ("c", "")]


def test_moved_rows_are_one_change() -> None:
    [change] = compare(points("a", "b"), points("b", "a"))
    assert (change.field, change.before, change.after) == (ORDER, ["a", "b"], ["b", "a"])


def test_a_picture_that_came_is_seen() -> None:
    before, after = empty(), empty()
    before["context"]["text"] = "<p>Facts.</p>"
    after["context"]["text"] = '<p>Facts.</p><figure data-picture="12"></figure>'
    [change] = compare(before, after)
    assert readable(change) == ("Facts.", "Facts.\n[Picture 12]")


def test_describe_counts_rows_and_names_sections() -> None:
    after = points("a one", "b two")
    after["context"]["text"] = "<p>x</p>"
    assert describe(compare(empty(), after)) == "Context, 2 key points"


@given(sentences, sentences)
def test_word_differences_rebuild_both_texts(before: str, after: str) -> None:
    pieces = diff_words(before, after)
    assert "".join(p.text for p in pieces if p.op != "added") == before
    assert "".join(p.text for p in pieces if p.op != "removed") == after


def test_only_the_changed_words_are_marked() -> None:
    pieces = diff_words("The pump is old.\nIt works.", "The pump is new.\nIt works.")
    assert [(p.op, p.text) for p in pieces if p.op != "same"] == [
        ("removed", " old."), ("added", " new."),
    ]  # fmt: skip
