"""Rich text: what survives cleaning, and citation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends import richtext


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>One</p><p></p>", "<p>One</p>"),
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ("<svg><p>a</p></svg>", "<p>a</p>"),
        ('<p><a href="javascript:x()">a</a></p>', '<p><a rel="noopener noreferrer">a</a></p>'),
        ("<h1>Big</h1>", "Big"),
        ('<p lang="de" title="t">a</p>', "<p>a</p>"),
        ("<p><br></p>", ""),
        ("<ul><li></li></ul>", ""),
    ],
)
def test_clean_keeps_the_fixed_list(dirty: str, clean: str) -> None:
    assert richtext.clean(dirty) == clean


@given(st.text(alphabet="<>/pahrefsvgmtlibq \"'=&;x[]E1", max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = richtext.clean(text)
    assert richtext.clean(once) == once


@given(st.text(alphabet="<>/pahrefsvgonclick \"'=&;x", max_size=80))
def test_no_tag_gets_past_the_list(text: str) -> None:
    tags = {
        part.strip("</ >").split(" ")[0] for part in richtext._TAG.findall(richtext.clean(text))
    }
    assert tags <= richtext.TAGS


def test_plain_reads_a_line_a_block() -> None:
    html = "<h3>Why</h3><p>A &amp; B[[E1]]</p><ul><li>one</li><li>two</li></ul>"
    assert richtext.plain(html) == "Why\nA & B\none\ntwo"


def test_renumbering_swaps_at_once() -> None:
    assert richtext.renumber("[[E1]] [[E2]] [[E3]]", {1: 2, 2: 1}) == "[[E2]] [[E1]] [[E3]]"


def test_dropping_marks_takes_the_space_before_them() -> None:
    assert richtext.without_citations("So [[E1]], and [[E2]].", [1]) == "So, and [[E2]]."


def test_text_in_attributes_is_left_alone() -> None:
    html = '<p><a href="https://example.org/a>b">a</a></p>'
    assert richtext.map_text(html, str.upper) == '<p><a href="https://example.org/a>b">A</a></p>'


def test_a_link_to_a_hidden_trend_becomes_its_words() -> None:
    html = richtext.clean('<p><a href="trend:7">seven</a> and <a href="trend:8">eight</a></p>')
    assert richtext.trend_links(html) == {7, 8}
    shown = richtext.resolve_trend_links(html, {7: "/trends/seven/"})
    assert shown == '<p><a href="/trends/seven/">seven</a> and eight</p>'


def test_plain_text_becomes_paragraphs() -> None:
    assert richtext.from_plain("One <b>\nline\n\nTwo") == "<p>One &lt;b&gt; line</p><p>Two</p>"
