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


PICTURE = '<figure data-picture="12"></figure>'


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (f"<p>a</p>{PICTURE}<p>b</p>", f"<p>a</p>{PICTURE}<p>b</p>"),
        ("<figure class=x data-picture='0012' id=k><img src=a>", PICTURE),
        # Between blocks, never in one: it follows the block that it stood in.
        (f"<p>a{PICTURE}</p>", f"<p>a</p>{PICTURE}"),
        (f"<h3>a{PICTURE}</h3><p>b</p>", f"<h3>a</h3>{PICTURE}<p>b</p>"),
        (f"<ul><li>a{PICTURE}</li><li>b</li></ul>", f"<ul><li>a</li><li>b</li></ul>{PICTURE}"),
        (f"<blockquote>a{PICTURE}</blockquote>", f"<blockquote>a</blockquote>{PICTURE}"),
        (f"<ul><li>{PICTURE}</li></ul>", PICTURE),
        (f"<p><strong>a{PICTURE}</strong></p>", f"<p><strong>a</strong></p>{PICTURE}"),
        # What is no picture of the library goes; words keep a paragraph of their own.
        ("<figure><img src=a alt=b></figure><p>a</p>", "<p>a</p>"),
        ("<figure data-picture=x><figcaption>a<br>b</figcaption></figure>", "<p>a<br>b</p>"),
        ('<figure data-picture="12"><figcaption>a</figcaption></figure>', f"{PICTURE}<p>a</p>"),
        ('<figure data-picture="-1"></figure>', ""),
        ('<figure data-picture="1234567890123456789"></figure>', ""),
        ('<figure data-picture="\u0967\u0968"></figure>', ""),  # digits, but not ours
        ("<figcaption>a</figcaption>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_a_picture_stands_in_one_form_and_between_blocks(dirty: str, clean: str) -> None:
    assert richtext.clean(dirty) == clean
    assert richtext.clean(clean) == clean


BRICKS = (
    "p", "/p", "ul", "/ul", "li", "/li", "blockquote", "/blockquote", "h3", "/h3", "em", "/em",
    "a href=/x", "/a", "figure", "/figure", "figure data-picture=7", "figure data-picture=07",
    "figcaption", "/figcaption", "img src=x", "br", "table", "td", "svg", "/svg",
)  # fmt: skip
bricks = st.lists(st.sampled_from([*(f"<{name}>" for name in BRICKS), "a", " "]), max_size=14)


@given(bricks.map("".join))
def test_cleaning_twice_leaves_pictures_where_they_are(html: str) -> None:
    once = richtext.clean(html)
    assert richtext.clean(once) == once
    assert "figcaption" not in once
    assert once.count("<figure") == once.count("</figure") == len(richtext.PICTURE.findall(once))
    # Nothing is open where a picture stands.
    for before in richtext.PICTURE.split(once)[0::2]:
        tags = [tag for tag in richtext._TAG.findall(before) if tag != "<br>"]
        assert sum(-1 if tag.startswith("</") else 1 for tag in tags) == 0


@given(bricks.map("".join))
def test_no_picture_of_the_library_gets_lost(html: str) -> None:
    # A parser without scripts drops all of an <svg>.
    whole = html.replace("<svg>", "").replace("</svg>", "")
    wanted = [7] if "data-picture" in whole else []
    assert richtext.pictures(richtext.clean(whole)) == wanted


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


def test_a_picture_has_no_words_but_shows_in_a_comparison() -> None:
    html = f"<p>a</p>{PICTURE}<p>b</p>"
    assert richtext.plain(html) == "a\nb"
    assert richtext.readable(html) == "a\n[Picture 12]\nb"
    assert richtext.plain(f"a{PICTURE}b") == "a\nb"


def test_pictures_are_put_where_they_stand() -> None:
    html = "".join(f'<p>{n}</p><figure data-picture="{n}"></figure>' for n in (3, 1, 2, 3))
    assert richtext.pictures(html) == [3, 1, 2]
    shown = richtext.resolve_pictures(html, {3: r"<b>\1</b>", 1: ""})
    assert shown == r"<p>3</p><b>\1</b><p>1</p><p>2</p><p>3</p><b>\1</b>"
    left = richtext.without_pictures(html, [3, 2])
    assert left == '<p>3</p><p>1</p><figure data-picture="1"></figure><p>2</p><p>3</p>'


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
