"""Older pages: bullets, labels in the text, subheads of their own."""

import pytest

from tests.legacy.reading import blocks, codes, parse

PAGE = """The old weir at Marshton is to be rebuilt
- The weir of 1870 gets new gates in May.
- Anglers fear for the salmon.
What happened: Council votes for new gates
Marshton has voted to rebuild its weir for A$1.5bn. Work begins in May.
The salmon will have a ladder, said J. K. Reed of Reed Inc. of Lakeside.
Also read: A mill by the weir
Why it’s important
Floods reach the mill each year.
What to watch
- Read the tender in June.
"""


def test_it_works() -> None:
    draft = parse(PAGE)
    assert draft.title == "The old weir at Marshton is to be rebuilt"
    assert len(draft.key_points) == 2
    assert draft.standfirst == "Council votes for new gates"
    assert blocks(draft.lede) == ["Marshton has voted to rebuild its weir for A$1.5bn."]
    assert blocks(draft.context)[0] == "Work begins in May."
    assert blocks(draft.analysis) == ["Floods reach the mill each year."]
    assert draft.actions == ("Read the tender in June.",)
    assert draft.pending == ("evidence", "author")


@pytest.mark.parametrize(
    "label",
    [
        "What happened:",
        "What happened: ",
        "what happened：",
        "WHAT HAPPENED: ",
        "What happened\n",
        "What happened:\n",
        "What happened",
    ],
)
def test_the_label_of_the_news(label: str) -> None:
    draft = parse(f"A weir for Marshton\n{label}Marshton rebuilds its weir. Work begins in May.")
    assert blocks(draft.lede) == ["Marshton rebuilds its weir."]
    assert blocks(draft.context) == ["Work begins in May."]


@pytest.mark.parametrize(
    "label",
    [
        "Why it's important",
        "Why it’s important:",
        "Why this is important",
        "Why it matters：",
        "Our take",
        "Analysis",
    ],
)
def test_labels_of_the_analysis(label: str) -> None:
    draft = parse(f"A weir for Marshton\nWhat happened\nMarshton rebuilds.\n{label}\nIt floods.")
    assert blocks(draft.analysis) == ["It floods."]


@pytest.mark.parametrize(
    "middle", [" Why it matters: It floods.", "Why it matters:It floods.", " Our take: It floods."]
)
def test_a_label_in_the_middle_of_a_line_opens_its_section(middle: str) -> None:
    draft = parse(f"A weir for Marshton\nWhat happened: Marshton rebuilds. In May.{middle}")
    assert blocks(draft.analysis) == ["It floods."]


def test_prose_that_only_resembles_a_label_stays() -> None:
    draft = parse(
        "A weir for Marshton\n\nThe old weir broke in the night. Ada asked what happened: rust."
    )
    assert "Ada asked what happened: rust." in draft.context


def test_a_subtitle_in_the_analysis_becomes_a_subhead() -> None:
    draft = parse(PAGE.replace("important\n", "important: A town under water\n"))
    assert draft.analysis == "<h3>A town under water</h3><p>Floods reach the mill each year.</p>"


def test_subheads_are_kept() -> None:
    page = PAGE.replace(
        "Also read: A mill by the weir\n", "A ladder for salmon\nIt has nine steps.\n"
    )
    assert "<h3>A ladder for salmon</h3><p>It has nine steps.</p>" in parse(page).context


def test_a_page_without_labels_is_news_and_context() -> None:
    draft = parse(
        "A weir for Marshton\n\n• It opens in May.\n\nMarshton rebuilds its weir. It is old."
    )
    assert draft.key_points == ("It opens in May.",)
    assert blocks(draft.lede) == ["Marshton rebuilds its weir."]
    assert blocks(draft.context) == ["It is old."]
    assert draft.analysis == ""


def test_bullets_inside_the_text_stay_a_list() -> None:
    draft = parse(
        "A weir for Marshton\n\nMarshton rebuilds its weir in stone. It needs:\n• gates\n• a ladder"
    )
    assert draft.context.endswith("<ul><li>gates</li><li>a ladder</li></ul>")
    assert draft.key_points == ()


@pytest.mark.parametrize(
    "line",
    [
        "• First gate is new.• Second gate is old.",
        "• First gate is new. • Second gate is old.",
        "- First gate is new.- Second gate is old.",
        "Key points\n• First gate is new.\n• Second gate is old.",
        "TL;DR: • First gate is new. • Second gate is old.",
        "▪ First gate is new.\n\n▪ Second gate is old.",
    ],
)
def test_bullets_come_apart(line: str) -> None:
    draft = parse(
        f"A weir for Marshton\n{line}\nMarshton rebuilds its weir in stone. It is very old."
    )
    assert draft.key_points == ("First gate is new.", "Second gate is old.")
    assert blocks(draft.lede) == ["Marshton rebuilds its weir in stone."]


def test_a_tldr_in_one_sentence_is_a_key_point() -> None:
    draft = parse("A weir for Marshton\nTL;DR: The weir opens in May.\nMarshton rebuilds its weir.")
    assert draft.key_points == ("The weir opens in May.",)
    assert blocks(draft.lede) == ["Marshton rebuilds its weir."]


def test_a_dash_or_a_number_in_prose_is_no_bullet() -> None:
    draft = parse(
        "A weir for Marshton\n\nThe weir - built in 1870 - is old. It cost 5 - 6 pounds · then."
    )
    assert draft.key_points == ()
    assert "5 - 6 pounds · then." in draft.context


def test_wrapped_lines_become_one_paragraph() -> None:
    draft = parse("A weir for Marshton\n\nMarshton rebuilds its old\nweir in stone. It\nis old.")
    assert blocks(draft.lede) == ["Marshton rebuilds its old weir in stone."]


def test_a_long_key_point_gives_whole_sentences() -> None:
    first, second = (
        "The weir " + "is very old and " * 12 + "new.",
        "The gates " + "are new " * 15 + ".",
    )
    draft = parse(
        f"A weir for Marshton\n• {first} {second}\nMarshton rebuilds its weir in stone, at last."
    )
    assert [len(point) <= 300 for point in draft.key_points] == [True, True]
    assert draft.key_points[0] == first


def test_the_same_point_twice_is_one() -> None:
    draft = parse("A weir for Marshton\n• It is old.\n• It is old.\n• It leaks.")
    assert draft.key_points == ("It is old.", "It leaks.")
    assert "row-twice" in codes(draft)


def test_a_blank_before_a_comma_goes() -> None:
    draft = parse(
        "A weir for Marshton\n\nThe keeper , Ada Marsh , opened the weir . It is new, at A$ .5m."
    )
    assert blocks(draft.lede) == ["The keeper, Ada Marsh, opened the weir."]
    assert blocks(draft.context) == ["It is new, at A$ .5m."]


def test_odd_spaces_and_marks_are_read() -> None:
    draft = parse("A weir\u00a0for Marshton\r\n\r\nWhy\u00a0it’s important：\u2003It floods.")
    assert draft.title == "A weir for Marshton"
    assert blocks(draft.analysis) == ["It floods."]
