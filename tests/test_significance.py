"""Which facts differ between two public texts, in words."""

from typing import Any

import pytest

from trends.significance import significant
from trends.snapshot import Snapshot, empty, public

LEDE = "<p>The plant employs 420 people. “It goes west,” said Marta Lund of Norlake.</p>"
SOURCE = {"key": "a", "number": 1, "claim": "It goes.", "excerpt": "We go.", "disclosure": "named"}


def text(lede: str = LEDE, **head: Any) -> Snapshot:
    snapshot = empty()
    snapshot["head"] |= {"title": "Norlake moves"} | head
    snapshot["lede"]["text"] = lede
    return public(snapshot)


def sourced(*rows: dict[str, Any]) -> Snapshot:
    snapshot = text()
    snapshot["evidence"]["rows"] = list(rows)
    return public(snapshot)


def test_the_same_says_nothing() -> None:
    assert significant(text(), text()) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("420", "240", "“420” became “240”."),
        ("420", "1,250.5", "“420” became “1,250.5”."),
        ("420 ", "", "“420” is gone."),
        ("people", "people in 3 towns", "“3” is new."),
        ("420", "ninety", "“420” became “ninety”."),
        ("Lund", "Land", "“Lund” became “Land”."),
        ("goes west", "goes east", "“It goes west,” became “It goes east,”."),
        ("The plant employs", "Vanholt employs", "“Vanholt” is new."),
    ],
)
def test_a_fact_is_named(old: str, new: str, said: str) -> None:
    assert f"Headline: {said}" in significant(text(), text(LEDE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [("employs", "emplyos"), ("The plant", "This plant"), ("<p>", "<p>And still. "), ("p>", "h3>")],
)
def test_a_typo_is_none(old: str, new: str) -> None:
    assert significant(text(), text(LEDE.replace(old, new))) == []


def test_the_title_counts_whatever_changed() -> None:
    found = significant(text(), text(title="Norlake moved"))
    assert found == ["The title “Norlake moves” became “Norlake moved”."]


def test_figures_of_the_standfirst_count() -> None:
    found = significant(text(standfirst="Half of 12."), text(standfirst="Half of 13."))
    assert found == ["Title and facts: “12” became “13”."]


def test_a_section_that_was_empty_is_new_not_changed() -> None:
    assert significant(text(""), text()) == []
    assert significant(text(), sourced(SOURCE)) == []


def test_a_section_that_is_emptied_loses_its_facts() -> None:
    assert "Headline: “420” is gone." in significant(text(), text(""))


def test_evidence_is_compared_row_by_row() -> None:
    other = SOURCE | {"key": "b", "number": 2}
    assert significant(sourced(SOURCE), sourced(other)) == ["E1 is gone.", "E2 is new."]
    changed = SOURCE | {"excerpt": "We stay."}
    assert significant(sourced(SOURCE), sourced(changed)) == ["E1: exact passage changed."]


def test_quotations_are_marked_in_several_ways() -> None:
    for marks in ("“{}”", "„{}“", "«{}»", '"{}"'):
        old, new = (text(f"<p>So {marks.format(words)}.</p>") for words in ("we go", "we stay"))
        assert len(significant(old, new)) == 1
