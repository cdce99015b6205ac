"""Markdown of pressed HTML, read again by another's parser."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trends import markdown, richtext

CITATION = '<sup><a href="#e{0}" id="c{0}-1" aria-label="Evidence E{0}">E{0}</a></sup>'
IMG = '<img src="https://x.test/p.jpg" alt="A pump">'
URLS = {1: "https://x.test/#e1", 2: "https://x.test/#e2"}


def read(source: str) -> str:
    """HTML of a document with two pieces of evidence."""
    return str(MarkdownIt("commonmark").render(f"{source}\n\n{markdown.definitions(URLS)}\n"))


def words(value: str) -> str:
    text = html.unescape(re.sub(r"<[^>]*>", " ", value))
    return "".join(text.split())


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ("", ""),
        ("<p>One</p><p>two<br>three</p>", "One\n\ntwo\\\nthree"),
        ("<p>A <strong>pump</strong> <em>house</em>.</p>", "A **pump** *house*."),
        (f"<p>So\u00a0{CITATION.format(2)}.</p>", "So\u00a0[E2]."),
        (f"<p>{CITATION.format(1)}{CITATION.format(2)}: x</p>", "[E1][][E2][]: x"),
        ('<p><a href="https://x.test/a">here</a></p>', "[here](https://x.test/a)"),
        ('<p>Oh!<a href="/a_(b)">here</a></p>', "Oh\\![here](/a_%28b%29)"),
        ("<h3>Plans #</h3><h4>Costs</h4>", "### Plans \\#\n\n#### Costs"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1. a\n\n   - b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<p>1. no list, snake_case, 5 * 3</p>", "1\\. no list, snake_case, 5 \\* 3"),
        ("<p>-5 degrees<br>- 5</p>", "-5 degrees\\\n\\- 5"),
        ("<p>&lt;b&gt; &amp;amp; &amp; [x](y) ~`</p>", "\\<b> \\&amp; & \\[x\\](y) \\~\\`"),
        # Stars that could be read otherwise are left out, never words.
        ("<p><strong>Note:</strong>text</p>", "Note:text"),
        ("<p><strong><em>a</em></strong><em>b</em></p>", "ab"),
        (
            f"<figure>{IMG}<figcaption><p>New</p><ul><li>Ida</li></ul></figcaption></figure>",
            "![A pump](https://x.test/p.jpg)\n\nNew · Ida",
        ),
    ],
)
def test_it_reads_like_something_that_a_person_wrote(pressed: str, expected: str) -> None:
    assert markdown.to_markdown(pressed) == expected
    assert words(read(expected)).replace("·", "") == words(pressed)


# Words that mean something in Markdown, wherever they stand.
PIECES = ["pump", "a_b", "_", "*", "**", "[x]", "(y)", "](z)", "#", "1.", "2)", "-", "+", "=", "==",
          "`", "~~", "<", ">", "&amp;", "&copy;", "\\", "!", "|", "---", ":", "\u00a0", "€", "“q”",
          "http://a.test/_x_", " ", "\t", "[E1]"]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(
    lambda parts: html.escape("".join(parts), quote=False)
)
marks = st.sampled_from([CITATION.format(1), CITATION.format(2)])
breaks = st.just("<br>")


def inside(children: st.SearchStrategy[str], tags: list[str]) -> st.SearchStrategy[str]:
    several = st.lists(children, min_size=1, max_size=4).map("".join)
    opened = st.sampled_from(tags)
    return st.tuples(opened, several).map(lambda p: f"<{p[0]}>{p[1]}</{p[0].split()[0]}>")


inline = st.recursive(
    texts | marks | breaks,
    lambda deeper: inside(deeper, ["strong", "em", 'a href="https://x.test/?a=1&amp;b=(2)"']),
    max_leaves=6,
)
blocks = st.recursive(
    inside(inline, ["p", "h3", "h4"]) | inline,
    lambda deeper: inside(deeper, ["li", "ul", "ol", "blockquote", "strong"]),
    max_leaves=8,
)


# Dear to draw: fewer than usual, unless more were asked for.
@settings(max_examples=60 if settings().max_examples == 100 else settings().max_examples)
@given(st.lists(blocks, max_size=4).map("".join))
def test_no_word_is_lost_or_read_as_markup(value: str) -> None:
    pressed = unmarked(value)
    again = read(markdown.to_markdown(pressed))
    assert words(again) == words(pressed)
    for tag in ("strong", "em", "blockquote", "h3", "h4", "img", "code", "hr"):
        assert again.count(f"<{tag}") <= pressed.count(f"<{tag}"), tag
    assert again.count("<a") == links(pressed)


def unmarked(value: str) -> str:
    """As press leaves it: cleaned, citations as marks outside of links."""
    value = re.sub(re.escape(CITATION).replace(r"\{0\}", r"(\d)"), r"[[E\1]]", value)
    cleaned = richtext.clean(re.sub(r"<sup>.*?E(\d)</a></sup>", r"[[E\1]]", value))
    cleaned = re.sub(r"<a [^>]*>.*?</a>", lambda m: richtext.CITATION.sub("", m[0]), cleaned)
    return richtext.CITATION.sub(lambda m: CITATION.format(m[1]), cleaned)


def links(pressed: str) -> int:
    """Those that have words."""
    found = re.findall(r"<a [^>]*>(.*?)</a>", pressed, re.DOTALL)
    return sum(bool(words(inner)) for inner in found)


@given(texts.map(html.unescape))
def test_plain_text_stays_plain_text(value: str) -> None:
    for source in (markdown.paragraphs(value), markdown.heading(2, value)):
        again = read(source)
        assert words(again) == words(html.escape(value))
        assert set(re.findall(r"<(\w+)", again)) <= {"p", "h2"}


def test_the_deepest_nesting_ends_somewhere() -> None:
    depth = 3000
    pressed = "<blockquote>" * depth + "<p>deep</p>" + "</blockquote>" * depth
    assert markdown.to_markdown(pressed).endswith("> deep")


@given(st.text(max_size=30))
def test_no_address_ends_early(path: str) -> None:
    (found,) = re.findall(r'<a href="([^"]*)">x</a>', read(markdown.link("x", f"/{path}")))
    assert found.startswith("/")
