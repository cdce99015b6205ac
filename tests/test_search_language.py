"""What may be asked, what is marked, and which word was meant: without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.search import Part, Query, Unit, corrected, fold, marked, parse, snippet

anything = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


def shown(parts: list[Part]) -> str:
    return "".join(f"[{part.text}]" if part.is_marked else part.text for part in parts)


@pytest.mark.parametrize(
    ("asked", "wanted", "without"),
    [
        ("pump house", ["pump", "house*"], []),
        ("Pump  “second pump” house", ["Pump", "second pump", "house*"], []),
        ('pump "house', ["pump", "house"], []),
        ("pump -house", ["pump*"], ["house"]),
        ('-"pump house" quay', ["quay*"], ["pump house"]),
        ("wi-fi", ["wi fi*"], []),
        ("to go", ["to", "go"], []),  # two letters begin too many words
        ("quay quay", ["quay", "quay*"], []),
        ("- % * ( ) : ^ _ ' NEAR", ["NEAR*"], []),
        ("-quay", [], ["quay"]),
        ("", [], []),
    ],
)
def test_the_language(asked: str, wanted: list[str], without: list[str]) -> None:
    query = parse(asked)
    assert [unit.words + "*" * unit.is_prefix for unit in query.wanted] == wanted
    assert [unit.words for unit in query.without] == without
    assert bool(query) is bool(wanted)


@given(anything)
def test_anything_may_be_asked(asked: str) -> None:
    query = parse(asked)
    for unit in (*query.wanted, *query.without):
        assert unit.words.replace(" ", "").isalnum()


@given(anything, anything)
def test_marking_changes_no_letter(text: str, asked: str) -> None:
    assert "".join(part.text for part in marked(text, parse(asked))) == text
    inside = "".join(part.text for part in snippet([text], parse(asked), size=20))
    assert inside.removeprefix("… ").removesuffix(" …") in text


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("The pump house", "pump", "The [pump] house"),
        ("The Pumps", "pump", "The [Pumps]"),
        ("The pumps go", "pump go", "The pumps [go]"),  # only the last word may be unfinished
        ("A pump house of pumps", '"pump house"', "A [pump house] of pumps"),
        ("Malmö is a city", "malmo", "[Malmö] is a city"),
        ("No Wi-Fi here", "wi-fi", "No [Wi]-[Fi] here"),
        ("<b>pump</b>", "pump", "<b>[pump]</b>"),
    ],
)
def test_what_was_asked_for_is_marked(text: str, asked: str, expected: str) -> None:
    assert shown(marked(text, parse(asked))) == expected


def test_a_snippet_shows_the_place_that_holds_most() -> None:
    text = (
        "A pump. " + "Nothing of it here. " * 30 + "The pump of the harbour works. " + "So. " * 99
    )
    said = shown(snippet(["Of no use.", text], parse("pump harbour")))
    assert said.startswith("… ")
    assert "The [pump] of the [harbour] works." in said
    assert said.endswith(" …")
    assert len(said) < 300
    assert snippet([text], parse("quay")) == []


def test_folding_is_what_both_indexes_do() -> None:
    assert fold("Łódź ÉTÉ Ünter") == "łodz ete unter"


class TestMeant:
    TEXTS = ("The semiconductor works.", "Energy of the grid. Malmö", "energy, ENERGY, energy")

    @pytest.mark.parametrize(
        ("asked", "meant"),
        [
            ("semicondutor", "semiconductor"),
            ("enrgy", "energy"),
            ("-grdi enregy", "-grid energy"),
            ("malmoe", "Malmö"),
            ("energy", ""),
            ("ene", ""),  # too short to be mistaken for another
            ("xylophone", ""),
            ("20245", ""),
        ],
    )
    def test_the_nearest_word(self, asked: str, meant: str) -> None:
        assert corrected(asked, self.TEXTS) == meant

    def test_only_words_of_the_texts(self) -> None:
        assert corrected("semicondutor", ["Another text"]) == ""


def test_nothing_is_asked_of_no_words() -> None:
    assert not Query()
    assert Query((Unit("a"),))
