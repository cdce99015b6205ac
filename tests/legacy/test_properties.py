"""Whatever a page holds: the parser never fails, leaves no marker, and loses no word."""

import contextlib
import re
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.legacy.reading import everything, parse, sections, words
from trends.legacy.draft import Draft, Unreadable
from trends.text import LABELS, either_case, find_also_read, glued_label, normalise

_LINES = st.sampled_from(
    [
        *("Trends", "Harbour grid gets a second cable", "Headline", "Context", "Evidence"),
        *("Analysis", "Key Points", "Actions", "Author", "What happened", "Our take"),
        *("What happened:Ada Marsh opened the weir.", "Why it’s important: It feeds the mill."),
        *("Also Read:", "Also Read: A mill by the weir", "Pending intelligence enrichment."),
        *("• A first point that Wes wrote.• A second one", "- A third point", "What's next"),
        *("By Wes TideMarch 3, 2024No Comments3 Mins Read", "Share", "a-slug-as-alt-text"),
        "The weir cost A$1.5bn, said Mill & Co. Inc. in the U.S. It opens in May.",
        "It rose. Also Read: A mill by a weir Also read: Nine ways, 3 May, 2024 This is new. Now.",
        "“We built it in a year and nobody thanked us for it at all.”",
        "——Ada Marsh, keeper at the weir",
        "A subhead that stands alone",
        "According to a report by Tide Institute, the weir leaks. See also: Leaks",
        "The weir cost A$1.5bn, said Mi…",
        "Editorial author not yet assigned.",
        "",
    ]
)
_FRAGMENTS = st.one_of(
    _LINES,
    st.sampled_from(["Also Read:", "also read", "What happened", ":", "：", " ", "\n", "TK", "."]),
    st.text(max_size=20),
)
PAGES = st.one_of(
    st.lists(_LINES, min_size=1, max_size=25).map("\n".join),
    st.lists(_FRAGMENTS, min_size=1, max_size=25).map("".join),
    st.text(max_size=300),
)
_TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<h2>", "</h2>", "<ul>", "<li>", "</ul>", "<blockquote>", "</blockquote>"),
        *("<br>", "<a href='https://weir.example/x'>", "<a href='javascript:x'>", "</a>", "<td>"),
        *("<strong>", "</strong>", "<!--", "-->", "<![CDATA[", "]]>", "<nav>", "</nav>", "<"),
        *("<main>", "</main>", "<article>", "<img alt='a-b-c' src='x.png'>", "&nbsp;", "&amp;"),
    ]
)
MARKUP = st.lists(st.one_of(_TAGS, _LINES), min_size=1, max_size=40).map("".join)


def parsed(page: str, name: str = "a-short-walk.html") -> Draft | None:
    with contextlib.suppress(Unreadable):
        return parse(page, name=name)
    return None


def unglued(text: str) -> Counter[str]:
    """Words, also where a label or marker is glued to its neighbours."""
    glue = either_case((*LABELS, "also read", "read also", "see also"))
    return Counter(words(re.sub(glue, r" \g<0> ", text)))


@settings(max_examples=400, deadline=None)
@given(PAGES)
@example("0\nAlso Also Read: Read: x")
@example("ALSO0\n" + 36 * "0" + "READ")
def test_no_word_of_a_text_is_lost(page: str) -> None:
    if draft := parsed(page, name="a-short-walk.txt"):
        assert not set(unglued(normalise(page))) - set(unglued(everything(draft)))


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINES, min_size=1, max_size=25, unique=True))
def test_no_repeated_word_of_a_page_is_lost(lines: list[str]) -> None:
    page = "\n".join(lines)
    if draft := parsed(page, name="a-short-walk.txt"):
        assert not unglued(normalise(page)) - unglued(everything(draft))


@settings(max_examples=400, deadline=None)
@given(st.one_of(PAGES, MARKUP))
def test_no_marker_is_left(page: str) -> None:
    if draft := parsed(page):
        for name, text in sections(draft).items():
            assert find_also_read(text) == [], name


@settings(max_examples=400, deadline=None)
@given(st.one_of(PAGES, MARKUP))
@example("Also Read:What happened:ew.")
@example("<p>Key PointsKey Points What happened:")
def test_no_label_begins_a_section(page: str) -> None:
    if draft := parsed(page):
        for name, text in sections(draft).items():
            assert glued_label(text) is None, name


@settings(max_examples=200, deadline=None)
@given(st.one_of(PAGES, MARKUP))
def test_the_same_page_gives_the_same_draft(page: str) -> None:
    assert parsed(page) == parsed(page)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(Unreadable):
        from_bytes = parse(raw.decode("latin-1"))
        assert from_bytes.title


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_markup_comes_out_balanced_and_safe(page: str) -> None:
    if draft := parsed(page):
        for value in (draft.lede, draft.context, draft.analysis):
            assert 'href="javascript' not in value
            for tag in ("p", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a"):
                opened = value.count(f"<{tag}>") + value.count(f"<{tag} ")
                assert opened == value.count(f"</{tag}>"), tag
