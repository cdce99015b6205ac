"""Merge: by section, field and row; citations keep pointing at the same evidence."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import edits, snapshots
from trends import richtext
from trends.merge import merge, resolve
from trends.snapshot import Snapshot, empty, texts


def piece(**sections: str) -> Snapshot:
    snapshot = empty()
    for section, text in sections.items():
        snapshot[section]["text"] = text
    return snapshot


def proof(key: str, number: int, claim: str = "So.") -> dict[str, object]:
    return {"key": key, "number": number, "claim": claim, "disclosure": "named"}


def cited_keys(snapshot: Snapshot, section: str) -> list[str]:
    keys = {row["number"]: row["key"] for row in snapshot["evidence"]["rows"]}
    numbers = [n for name, text in texts(snapshot) if name == section for n in richtext.cited(text)]
    return [keys.get(number, f"gone {number}") for number in numbers]


def test_changes_in_different_sections_merge_by_themselves() -> None:
    base = piece(lede="a", context="b")
    merged = merge(base, piece(lede="A", context="b"), piece(lede="a", context="B"))
    assert not merged.conflicts
    assert merged.snapshot == piece(lede="A", context="B")


def test_the_same_field_changed_twice_is_a_conflict_and_loses_nothing() -> None:
    base = piece(lede="a")
    merged = merge(base, piece(lede="ours"), piece(lede="theirs"))
    [conflict] = merged.conflicts
    assert (conflict.section, conflict.ours, conflict.theirs) == ("lede", "ours", "theirs")
    assert resolve(merged, []) == piece(lede="ours")
    assert resolve(merged, [0]) == piece(lede="theirs")


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    assert not merge(piece(lede="a"), piece(lede="b"), piece(lede="b")).conflicts


def test_rows_of_both_sides_stay() -> None:
    base = empty()
    base["key_points"]["rows"] = [{"key": "1", "text": "one"}]
    ours, theirs = deepcopy(base), deepcopy(base)
    ours["key_points"]["rows"].append({"key": "2", "text": "two"})
    theirs["key_points"]["rows"].insert(0, {"key": "3", "text": "three"})
    rows = merge(base, ours, theirs).snapshot["key_points"]["rows"]
    assert [row["key"] for row in rows] == ["3", "1", "2"]


def test_a_row_deleted_here_and_edited_there_stays_and_is_reported() -> None:
    base = empty()
    base["key_points"]["rows"] = [{"key": "1", "text": "one"}]
    ours, theirs = empty(), deepcopy(base)
    theirs["key_points"]["rows"][0]["text"] = "ONE"
    merged = merge(base, ours, theirs)
    assert merged.snapshot["key_points"]["rows"] == [{"key": "1", "text": "ONE"}]
    assert [(c.key, c.ours) for c in merged.conflicts] == [("1", None)]


def test_a_row_edited_here_and_deleted_there_can_still_be_deleted() -> None:
    base = empty()
    base["key_points"]["rows"] = [{"key": "1", "text": "one"}]
    ours, theirs = deepcopy(base), empty()
    ours["key_points"]["rows"][0]["text"] = "ONE"
    merged = merge(base, ours, theirs)
    assert resolve(merged, [])["key_points"]["rows"] == [{"key": "1", "text": "ONE"}]
    assert resolve(merged, [0])["key_points"]["rows"] == []


def test_an_untouched_row_deleted_by_one_side_goes() -> None:
    base = empty()
    base["key_points"]["rows"] = [{"key": "1", "text": "one"}]
    merged = merge(base, empty(), deepcopy(base))
    assert merged.snapshot["key_points"]["rows"] == []
    assert not merged.conflicts


def test_the_side_that_moved_rows_decides_their_order() -> None:
    base = empty()
    base["key_points"]["rows"] = [{"key": k, "text": k} for k in "123"]
    theirs = deepcopy(base)
    theirs["key_points"]["rows"].reverse()
    rows = merge(base, deepcopy(base), theirs).snapshot["key_points"]["rows"]
    assert [row["key"] for row in rows] == ["3", "2", "1"]


def test_two_new_pieces_of_evidence_with_one_number_are_told_apart() -> None:
    base = empty()
    ours, theirs = piece(context="ours [[E1]]"), piece(analysis="theirs [[E1]]")
    ours["evidence"]["rows"] = [proof("a", 1)]
    theirs["evidence"]["rows"] = [proof("b", 1)]
    merged = merge(base, ours, theirs, issued=1)
    assert merged.renumbered == {1: 2}
    assert cited_keys(merged.snapshot, "context") == ["a"]
    assert cited_keys(merged.snapshot, "analysis") == ["b"]


def test_a_number_that_was_given_and_deleted_is_not_given_again() -> None:
    theirs = piece(analysis="theirs [[E3]]")
    theirs["evidence"]["rows"] = [proof("b", 3)]
    merged = merge(empty(), empty(), theirs, issued=5)
    assert [row["number"] for row in merged.snapshot["evidence"]["rows"]] == [6]


@given(st.data())
def test_merging_keeps_every_citation_at_its_evidence(data: st.DataObject) -> None:
    base = data.draw(snapshots())
    ours, theirs = data.draw(edits(base)), data.draw(edits(base))
    issued = max((r["number"] for r in ours["evidence"]["rows"]), default=0)
    merged = merge(base, ours, theirs, issued=max(issued, len(base["evidence"]["rows"])))
    numbers = [row["number"] for row in merged.snapshot["evidence"]["rows"]]
    assert len(numbers) == len(set(numbers))
    taken = {conflict.section for conflict in merged.conflicts}
    for section, before in base.items():
        if section == "schema" or "text" not in before:
            continue
        source = theirs if ours[section] == before and section not in taken else ours
        wanted, got = cited_keys(source, section), cited_keys(merged.snapshot, section)
        # Evidence that the other side deleted dangles; what is there is the right one.
        pairs = zip(wanted, got, strict=True)
        assert all(w == g or g.startswith("gone") or w.startswith("gone") for w, g in pairs)


@given(st.data())
def test_merging_with_an_unchanged_side_gives_the_other(data: st.DataObject) -> None:
    base = data.draw(snapshots())
    edited = data.draw(edits(base))
    assert merge(base, edited, base).snapshot == edited
    assert merge(base, base, edited).snapshot == edited


@given(snapshots(), snapshots(), snapshots())
def test_nothing_typed_is_thrown_away(base: Snapshot, ours: Snapshot, theirs: Snapshot) -> None:
    merged = merge(base, ours, theirs)
    shown = str(merged.snapshot) + str(merged.conflicts)
    before = {text for _, text in texts(base)}
    for side in (ours, theirs):
        for text in {text for _, text in texts(side)} - before:
            assert richtext.CITATION.sub("", text) in richtext.CITATION.sub("", shown)
