"""Saved HTML: structure and links kept, what stands round the article left out."""

import pytest

from tests.legacy.reading import blocks, codes, everything, parse
from trends.legacy.draft import Unreadable

NEWS = "<p>Marshton rebuilds its weir in stone this spring.</p>"


def context(html: str) -> str:
    return parse(f"<h1>A weir for Marshton</h1>{NEWS}{html}").context


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Gates</h2><p>They are new.</p>", "<h3>Gates</h3><p>They are new.</p>"),
        ("<ul><li>One<li>Two</ul>", "<ul><li>One</li><li>Two</li></ul>"),
        (
            "<ol><li><p>One</p></li></ol><ol><li>Two</li></ol>",
            "<ol><li>One</li></ol><ol><li>Two</li></ol>",
        ),
        ("<p>It <b>is</b> <i>old</i>.</p>", "<p>It <strong>is</strong> <em>old</em>.</p>"),
        ("<p>One<br>two.</p>", "<p>One</p><p>two.</p>"),
        (
            "<p><strong>A ladder</strong></p><p>Fish climb.</p>",
            "<h3>A ladder</h3><p>Fish climb.</p>",
        ),
        ("<p>R&amp;D &lt;x&gt; caf&eacute;</p>", "<p>R&amp;D &lt;x&gt; café</p>"),
        ("<table><tr><th>Year</th><td>1870</td></tr></table>", "<p>Year | 1870</p>"),
        ("<p>One <!-- no <p>news</p> --> two.</p>", "<p>One two.</p>"),
        ("<p>It is old.<p>It leaks.", "<p>It is old.</p><p>It leaks.</p>"),
        ("<div><span>It is </span><span>old.</span></div>", "<p>It is old.</p>"),
        ("<script>var a = '<p>x</p>'</script><style>p{}</style><p>Old.</p>", "<p>Old.</p>"),
    ],
)
def test_structure(html: str, expected: str) -> None:
    assert context(html) == expected


def test_links_keep_their_targets() -> None:
    assert context('<p>See <a href="https://weir.example/a?b=1&amp;c=2">Ada</a>.</p>') == (
        '<p>See <a href="https://weir.example/a?b=1&amp;c=2">Ada</a>.</p>'
    )


def test_the_blank_that_a_link_leaves_before_a_comma_goes() -> None:
    assert (
        context('<p>See <a href="/a">Ada</a> , or not .</p>')
        == '<p>See <a href="/a">Ada</a>, or not.</p>'
    )


def test_an_unsafe_link_becomes_its_words_and_is_reported() -> None:
    draft = parse(f'<h1>A weir</h1>{NEWS}<p>See <a href="javascript:x">Ada</a> now.</p>')
    assert draft.context == "<p>See Ada now.</p>"
    assert "link-lost" in codes(draft)


def test_a_link_never_closed_ends_with_its_paragraph() -> None:
    assert context('<p>See <a href="/a">Ada.</p><p>It leaks.</p>') == (
        '<p>See <a href="/a">Ada.</a></p><p>It leaks.</p>'
    )


def test_what_stands_round_the_article_is_left_out_and_listed() -> None:
    draft = parse(
        f"<nav>Menu of the Post</nav><header>Harbour Post</header><main><h1>A weir</h1>{NEWS}"
        "<p>It is old.</p><aside>Nine other weirs</aside></main><footer>Since 1870</footer>"
    )
    assert blocks(draft.context) == ["It is old."]
    for text in ("Menu of the Post", "Harbour Post", "Nine other weirs", "Since 1870"):
        assert text in everything(draft)


def test_a_page_that_is_all_navigation_is_read_nevertheless() -> None:
    draft = parse(
        "<nav><p>A weir for Marshton</p><p>Marshton rebuilds its weir in stone, at last.</p></nav>"
    )
    assert blocks(draft.lede) == ["Marshton rebuilds its weir in stone, at last."]


def test_a_short_main_does_not_hide_the_article() -> None:
    draft = parse(f"<main><h1>A weir</h1></main>{NEWS}")
    assert blocks(draft.lede) == ["Marshton rebuilds its weir in stone this spring."]


def test_the_caption_of_a_picture_is_no_text_of_the_article() -> None:
    draft = parse(
        f"<h1>A weir</h1><figure><img src=w.jpg><figcaption>In rain</figcaption></figure>{NEWS}"
    )
    assert "In rain" not in draft.standfirst + draft.lede + draft.context
    assert "caption" in codes(draft)


def test_labels_in_markup() -> None:
    draft = parse(
        f"<h1>A weir</h1><h3>What happened</h3>{NEWS}<p><b>Why it matters:</b> It floods.</p>"
    )
    assert blocks(draft.analysis) == ["It floods."]


def test_template_headings_in_markup() -> None:
    draft = parse(
        f"<h1>A weir</h1><h2>Context</h2>{NEWS}<p>It is old.</p><h2>Evidence</h2><h2>Analysis</h2>"
        "<p>It floods.</p><h2>Key Points</h2><ul><li>It is old.</li></ul><h2>Also Read</h2>"
        '<ul><li><a href="/mill">A mill</a></li></ul>'
    )
    assert blocks(draft.analysis) == ["It floods."]
    assert draft.key_points == ("It is old.",)
    assert [row.url for row in draft.related] == ["/mill"]


def test_no_entity_of_the_page_is_expanded() -> None:
    page = f'<!DOCTYPE html [<!ENTITY w "weir">]><h1>A weir</h1>{NEWS}<p>An &w; &#0;is old.</p>'
    assert "An &amp;w; " in parse(page).context


def test_nesting_has_a_limit() -> None:
    with pytest.raises(Unreadable, match="400 deep, line 1"):
        parse("<div>" * 500 + "A weir")


def test_tags_have_a_limit() -> None:
    with pytest.raises(Unreadable, match="200,000 tags"):
        parse("<h1>A weir</h1>" + "<b>" * 200_001)


@pytest.mark.parametrize(
    "piece", ["<!--", "<![CDATA[", "<a ", "<", "</", "<?", "<!DOCTYPE", "&", "<script>"]
)
def test_broken_markup_is_read_to_the_end(piece: str) -> None:
    draft = parse(f"<h1>A weir for Marshton</h1>{NEWS}{piece * 50}")
    assert blocks(draft.lede) == ["Marshton rebuilds its weir in stone this spring."]
