"""Pure text: characters, placeholders, labels, markers, sentences, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.text import (
    clean_url,
    find_also_read,
    find_doubtful,
    find_placeholders,
    glued_label,
    is_cut,
    normalise,
    split_sentences,
    whole_sentences,
)

PROSE = st.lists(
    st.sampled_from(["Ada", "the", "weir", "A$1.5bn", "U.S.", "Inc.", "Dr.", "(cost", "2024)."])
    | st.sampled_from(["It holds.", "“No!”", "Wes…", "J.", "said,", "[[E2]]", "\n\n", "。", "x"]),
    max_size=40,
).map(" ".join)


# --- characters -----------------------------------------------------------------------------


def test_normalise_makes_one_kind_of_space_and_line_end() -> None:
    assert normalise("a\u00a0b\u2009c\td\r\ne\u2028f\rg") == "a b c d\ne\nf\ng"


def test_normalise_drops_what_nobody_sees() -> None:
    assert normalise("in\u00advis\u200bible\ufeff\x00\u202e") == "invisible"


def test_normalise_composes_letters_and_replaces_lone_surrogates() -> None:
    assert normalise("e\u0301 \ud800") == "\u00e9 \ufffd"


def test_normalise_keeps_curly_and_full_width_marks() -> None:
    assert normalise("“Ada’s”：yes") == "“Ada’s”：yes"


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


# --- placeholders ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Pending intelligence enrichment.",
        "pending\u00a0Intelligence\nenrichment",
        "Editorial author not yet assigned.",
        "The figures will appear here soon.",
        "Lorem ipsum dolor",
        "It cost TK pounds.",
        "tk",
        "Ends glued.TK",
        "TKTK",
        "xxx",
        "Call XXXX today",
    ],
)
def test_a_placeholder_is_found(text: str) -> None:
    assert len(find_placeholders(text)) == 1


@pytest.mark.parametrize(
    "text", ["The .tk domain is free.", "Visit weir.tk now", "Atkins", "a .xxx address", "TBC", ""]
)
def test_an_honest_word_is_no_placeholder(text: str) -> None:
    assert find_placeholders(text) == []


def test_placeholders_are_told_in_order_each_once() -> None:
    assert find_placeholders("TK and lorem ipsum and TK") == ["TK", "lorem ipsum"]


def test_tbc_and_tbd_are_doubtful() -> None:
    assert find_doubtful("Opens TBC, price tbd, not TBDs") == ["TBC", "tbd"]


# --- labels ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("What happened:Ada opened the weir", "What happened:"),
        ("What happened: Ada opened the weir", "What happened:"),
        ("What happened：Ada opened the weir", "What happened："),
        ("What happenedAda opened the weir", "What happened"),
        ("WHY IT’S IMPORTANT: mills", "WHY IT’S IMPORTANT:"),
        ("The weir is open. Why it matters: mills", "Why it matters:"),
        ("The weir is open.Our take:Good", "Our take:"),
        ("The weir is open. Why this is important", "Why this is important"),
        ("Analysis:The weir is late", "Analysis:"),
        ("What happened", "What happened"),
    ],
)
def test_a_label_is_found(text: str, label: str) -> None:
    assert glued_label(text) == label


@pytest.mark.parametrize(
    "text",
    [
        "What happened next surprised the keeper",
        "Ada asked what happened: nobody knew",
        "Analysis: the cost of a weir",
        "What's next: five weirs to see",
        "ContextLogic sells its weir",
        "Context",
        "",
    ],
)
def test_an_honest_headline_has_no_label(text: str) -> None:
    assert glued_label(text) is None


# --- Also Read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Also Read: Nine weirs",
        "Also read: Nine weirs",
        "The weir is new. ALSO READ: Nine weirs",
        "Read also: Nine weirs",
        "Read Also Nine weirs",
        "see also: Nine weirs",
        "The weir is new.\nSee also: Nine weirs",
        "The weir is newAlso Read: Nine weirs",
        "Also Read：Nine weirs",
        "Also read – Nine weirs",
        "Also\u00a0Read: Nine weirs",
        "See Also",
    ],
)
def test_a_marker_is_found(text: str) -> None:
    assert len(find_also_read(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Two things are closely related: cost and time.",
        "He also read: the letter, the will and the deed.",
        "Ada also read the report.",
        "Costs fell (see also: the annex).",
        "Also reading: Wes.",
        "See also the annex.",
    ],
)
def test_prose_is_no_marker(text: str) -> None:
    assert find_also_read(text) == []


def test_every_marker_counts() -> None:
    assert find_also_read("Also Read: A Also Read: B") == ["Also Read:", "Also Read:"]


# --- sentences ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It cost A$1.5bn. Ada paid.", ["It cost A$1.5bn.", "Ada paid."]),
        ("In the U.S. Senate. It rained.", ["In the U.S. Senate.", "It rained."]),
        ("It is in the U.S. The mill is not.", ["It is in the U.S.", "The mill is not."]),
        ("Alder Inc. of Lakeside. So it is.", ["Alder Inc. of Lakeside.", "So it is."]),
        ("Dr. Reed and J. K. Tide met.", ["Dr. Reed and J. K. Tide met."]),
        ("At 5 p.m. Friday. On Dec. 3 too.", ["At 5 p.m. Friday.", "On Dec. 3 too."]),
        ("“We won.” He left.", ["“We won.”", "He left."]),
        ("Wait… what? Yes!", ["Wait… what?", "Yes!"]),
        (
            "It holds.[[E1]] Ada knew. [[E2]] Wes too",
            ["It holds.[[E1]]", "Ada knew. [[E2]]", "Wes too"],
        ),
        ("See No. 5. She said no. He left.", ["See No. 5.", "She said no.", "He left."]),
        ("One line\n\nAnother", ["One line", "Another"]),
        ("水は高い。堰は古い。", ["水は高い。", "堰は古い。"]),
        ("1. First things first.", ["1. First things first."]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@given(st.one_of(st.text(), PROSE))
def test_sentences_hold_the_whole_text(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(normalise(text).split())


def test_whole_sentences_stop_before_the_limit() -> None:
    text = "The weir cost A$1.5bn. It opens in May. Nobody knows why."
    assert whole_sentences(text, 45) == "The weir cost A$1.5bn. It opens in May."


def test_whole_sentences_leave_out_what_the_source_had_cut() -> None:
    assert whole_sentences("The weir is open. It hol…") == "The weir is open."


def test_a_long_sentence_is_cut_at_a_word_and_says_so() -> None:
    assert whole_sentences("The keeper of the weir went home", 20) == "The keeper of the…"


def test_a_cut_never_leaves_a_bracket_open() -> None:
    assert whole_sentences("The weir (a very old one of stone) is open", 25) == "The weir…"


@given(st.one_of(st.text(), PROSE), st.integers(min_value=1, max_value=80))
def test_whole_sentences_are_a_beginning_that_fits(text: str, limit: int) -> None:
    result = whole_sentences(text, limit)
    assert len(result) <= limit
    assert "".join(normalise(text).split()).startswith("".join(result.removesuffix("…").split()))


@given(PROSE)
def test_whole_sentences_are_sentences_or_marked_as_cut(text: str) -> None:
    result, sentences = whole_sentences(text, 60), split_sentences(text)
    beginnings = {" ".join(sentences[:count]) for count in range(len(sentences) + 1)}
    assert result in beginnings or is_cut(result)


@pytest.mark.parametrize(
    "text",
    [
        "Under the deal, the mill wil…",
        "Under the deal...",
        "The weir is open [...]",
        "The weir is open. The mil",
        "The weir (a stone",
        "A weir of the",
        "The mill, the weir,",
        "The weir is open…”",
        "word " * 30,
    ],
)
def test_cut(text: str) -> None:
    assert is_cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "The weir is open.",
        "“The weir is open.”",
        "The weir is open. [[E1]]",
        "It stands in the U.S.",
        "A weir for Lakeside",
        "Is it open?",
        "",
    ],
)
def test_not_cut(text: str) -> None:
    assert not is_cut(text)


# --- addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://Weir.Example/A?b=c#d", "https://weir.example/A?b=c#d"),
        ("HTTP://weir.example", "http://weir.example"),
        ("/trends/weir/", "/trends/weir/"),
        ("\u200b https://weir.example/\u00a0", "https://weir.example/"),
        ("https://weir.example/two words", "https://weir.example/two%20words"),
        ("https://weir.example/e\u0301", "https://weir.example/\u00e9"),
        ("https://weir.example/\n<x>", "https://weir.example/%3Cx%3E"),
        ("https://weir.example:8080/", "https://weir.example:8080/"),
        ("/\t/other.example", "/%20/other.example"),  # a tab dropped would make it "//"
    ],
)
def test_an_address_in_its_stored_form(url: str, stored: str) -> None:
    assert clean_url(url) == stored


@pytest.mark.parametrize(
    "url",
    [
        "",
        "//other.example/",
        "/\\other.example",
        "/\x00/other.example",
        "\\\\other.example",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "mailto:ada@weir.example",
        "http:other.example",
        "http:///other.example",
        "https://ada:secret@weir.example/",
        "https://weir.example:99999/",
        "https://[weir/",
        "https://we ir.example/",
        "weir.example",
        "#top",
        "\ud800",
    ],
)
def test_an_unsafe_address_is_refused(url: str) -> None:
    assert clean_url(url) is None


@given(st.text() | st.text().map(lambda text: f"https://weir.example/{text}"))
def test_a_stored_address_stays_as_it_is(url: str) -> None:
    stored = clean_url(url)
    assert stored is None or clean_url(stored) == stored
