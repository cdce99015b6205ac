"""Where an Also Read begins and ends."""

from collections.abc import Collection

import pytest

from tests.legacy.reading import blocks, codes, parse
from trends.legacy.draft import Draft

NEWS = "Marshton rebuilds its weir in stone this spring. It is old."


def read(text: str, *, known_titles: Collection[str] = ()) -> Draft:
    return parse(f"A weir for Marshton\n\n{NEWS}\n\n{text}", known_titles=known_titles)


def labels(draft: Draft) -> list[str]:
    return [row.label for row in draft.related]


def rest(draft: Draft) -> list[str]:
    """What is left of the text under test."""
    return blocks(draft.context)[1:]


@pytest.mark.parametrize(
    "marker", ["Also Read:", "Also read:", "Read also:", "See also:", "Also Read：", "ALSO READ"]
)
def test_a_line_of_its_own(marker: str) -> None:
    draft = read(f"{marker} A mill by the weir\nThe mill is old too.")
    assert labels(draft) == ["A mill by the weir"]
    assert draft.related[0].confidence == 0.9
    assert rest(draft) == ["The mill is old too."]


@pytest.mark.parametrize(
    ("text", "label", "left"),
    [
        (
            "Also Read: A mill by the weir. The mill is old.",
            "A mill by the weir",
            "The mill is old.",
        ),
        (
            "It rains. Also Read: A mill by the weir. It pours.",
            "A mill by the weir",
            "It rains. It pours.",
        ),
        ("It rains. Also Read: A mill by the weir", "A mill by the weir", "It rains."),
        ("It rainsAlso Read: A mill by the weir", "A mill by the weir", "It rains"),
    ],
)
def test_at_the_start_in_the_middle_at_the_end(text: str, label: str, left: str) -> None:
    draft = read(text)
    assert labels(draft) == [label]
    assert rest(draft) == [left]


def test_no_delimiter_after_the_title() -> None:
    draft = read("Also Read: Nine old weirs of the lake This weir could be the tenth. It is new.")
    assert labels(draft) == ["Nine old weirs of the lake"]
    assert rest(draft) == ["This weir could be the tenth. It is new."]
    assert "related-doubtful" in codes(draft)


def test_a_title_that_ends_in_a_date() -> None:
    draft = read(
        "Also Read: All about weirs today: 3 May, 2024 Marshton has nine of them. It rains."
    )
    assert labels(draft) == ["All about weirs today: 3 May, 2024"]
    assert rest(draft) == ["Marshton has nine of them. It rains."]


def test_several_in_a_row() -> None:
    draft = read(
        "Also Read: First the Mill Also read: Then a bridge, 3 May, 2024 See also: At last a ferry"
    )
    assert labels(draft) == ["First the Mill", "Then a bridge, 3 May, 2024", "At last a ferry"]
    assert [row.confidence for row in draft.related] == [0.95, 0.95, 0.9]
    assert rest(draft) == []


def test_inner_capitals_stay_in_the_title() -> None:
    draft = read("Also read: Ada Marsh On weirs: The Long View and In Brief")
    assert labels(draft) == ["Ada Marsh On weirs: The Long View and In Brief"]


def test_a_title_may_end_with_an_abbreviation_or_a_question() -> None:
    draft = read(
        "Also read: A mill built in the U.S.\nAlso read: Who owns the mill?\nIt rains a lot."
    )
    assert labels(draft) == ["A mill built in the U.S.", "Who owns the mill?"]


def test_one_title_a_prefix_of_another() -> None:
    short, long = "Marshton votes on the weir", "Marshton votes on the weir after a “wet” spring"
    draft = read(f"Also Read: {short}\nAlso Read: {long}")
    assert labels(draft) == [short, long]


def test_the_longest_known_title_wins() -> None:
    short, long = "Marshton votes on the weir", "Marshton votes on the weir after a ‘wet’ spring"
    text = f"Also Read: {long} Floods came. Also Read: {short} Floods went."
    draft = read(text, known_titles=[short, long.replace("‘", "'").replace("’", "'")])
    assert [(row.label, row.confidence) for row in draft.related] == [(long, 1.0), (short, 1.0)]
    assert rest(draft) == ["Floods came. Floods went."]


def test_a_known_title_that_goes_on_is_another_title() -> None:
    draft = read("Also Read: Marshton votes again", known_titles=["Marshton votes"])
    assert labels(draft) == ["Marshton votes again"]


def test_a_known_title_ends_before_a_name() -> None:
    draft = read(
        "Also Read: Marshton votes Alder Works, though, doubts it.", known_titles=["Marshton votes"]
    )
    assert labels(draft) == ["Marshton votes"]
    assert rest(draft) == ["Alder Works, though, doubts it."]


def test_a_label_ends_a_title() -> None:
    draft = read("Also Read: A mill by the weir Why it matters: It floods.")
    assert labels(draft) == ["A mill by the weir"]
    assert blocks(draft.analysis) == ["It floods."]


def test_a_label_may_begin_a_title() -> None:
    assert labels(read("Also Read: What happened: the weir of 1870")) == [
        "What happened: the weir of 1870"
    ]


def test_the_title_on_the_next_line() -> None:
    draft = read(
        "Also Read:\nA mill by the weir\nThe mill is old too, and it has stood there for years."
    )
    assert labels(draft) == ["A mill by the weir"]
    assert rest(draft) == ["The mill is old too, and it has stood there for years."]


def test_a_marker_without_a_title_is_reported() -> None:
    draft = read("It rains. Also Read:")
    assert draft.related == ()
    assert rest(draft) == ["It rains."]
    assert "related-empty" in codes(draft)


def test_the_same_link_twice_is_one() -> None:
    draft = read("Also Read: A mill by the weir\nIt rains.\nAlso read: A mill by the weir")
    assert labels(draft) == ["A mill by the weir"]
    assert "related-twice" in codes(draft)


@pytest.mark.parametrize(
    "text",
    ["Two things are closely related: cost and time.", "He also read: the will and the deed."],
)
def test_prose_is_no_marker(text: str) -> None:
    draft = read(text)
    assert draft.related == ()
    assert rest(draft) == [text]


def test_an_anchor_gives_the_exact_end_and_target() -> None:
    draft = read(
        '<p>Also Read: <a href="https://post.example/m">A mill. By the weir</a> It is new.</p>'
    )
    row = draft.related[0]
    assert (row.label, row.url, row.confidence) == (
        "A mill. By the weir",
        "https://post.example/m",
        1.0,
    )
    assert rest(draft) == ["It is new."]


@pytest.mark.parametrize(
    "html",
    [
        '<p><strong>Also Read:</strong> <a href="/mill"><em>A mill</em> by the weir</a></p>',
        '<p><a href="/mill">Also Read: A mill by the weir</a></p>',
        '<p>Also read: “<a href="/mill">A mill by the weir</a>”.</p>',
        '<h3>Also Read</h3><ul><li><a href="/mill">A mill by the weir</a></li></ul>',
        '<p>See also:</p><p><a href="/mill">A mill by the weir</a></p>',
        '<p>It rains.<br>Also Read: <a href="/mill">A mill by the weir</a></p>',
    ],
)
def test_anchors_in_every_place(html: str) -> None:
    draft = parse(f"<h1>A weir for Marshton</h1><p>{NEWS}</p>{html}")
    assert [(row.label, row.url) for row in draft.related] == [("A mill by the weir", "/mill")]
    assert set(rest(draft)) <= {"It rains."}


def test_several_anchors_after_one_marker() -> None:
    draft = read(
        '<p>Also read: <a href="/a">A mill</a>, <a href="/b">A bridge</a> '
        '<a href="/c">Ada</a> says so.</p>'
    )
    assert [(row.label, row.url) for row in draft.related] == [("A mill", "/a"), ("A bridge", "/b")]
    assert '<a href="/c">Ada</a> says so.' in draft.context


def test_an_unsafe_target_is_dropped() -> None:
    draft = read('<p>Also Read: <a href="javascript:alert(1)">A mill</a></p>')
    assert [(row.label, row.url) for row in draft.related] == [("A mill", "")]


def test_a_relative_target_is_made_whole_by_the_address_of_the_page() -> None:
    page = f"# source: https://post.example/en/weir/\n-----\n<h1>A weir</h1><p>{NEWS}</p>"
    draft = parse(f'{page}<p>Also Read: <a href="../mill">A mill</a></p>')
    assert draft.related[0].url == "https://post.example/en/mill"
