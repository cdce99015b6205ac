"""Candidates for evidence: quotations, reports, links that leave the site."""

import pytest

from tests.legacy.reading import parse, plain

NEWS = "Marshton rebuilds its weir in stone this spring."
QUOTE = "“We have waited for nine years. Nobody listened to us.”"


@pytest.mark.parametrize(
    "text",
    [
        f"{QUOTE}\n——Ada Marsh, keeper of the weir, Marshton.",
        f"{QUOTE}\n— Ada Marsh, keeper of the weir, Marshton",
        f"{QUOTE}\n– Ada Marsh, keeper of the weir, Marshton",
        f"{QUOTE} ——Ada Marsh, keeper of the weir, Marshton",
        f"<blockquote><p>{QUOTE}</p><p>— Ada Marsh, keeper of the weir, Marshton</p></blockquote>",
        f"<blockquote>{QUOTE[1:-1]}<br>— Ada Marsh, keeper of the weir, Marshton</blockquote>",
    ],
)
def test_a_quotation_with_a_name_is_evidence_and_stays_in_the_text(text: str) -> None:
    draft = parse(f"A weir for Marshton\n\n{NEWS}\n{text}")
    row = draft.evidence[0]
    assert (row.kind, row.speaker) == ("quote", "Ada Marsh")
    assert row.role == "keeper of the weir, Marshton"
    assert row.excerpt == QUOTE[1:-1]
    assert row.claim == "We have waited for nine years."
    assert draft.context.startswith("<blockquote><p>")
    assert "— Ada Marsh" in plain(draft.context)


def test_a_blockquote_without_a_name_is_kept() -> None:
    draft = parse(
        f"<h1>A weir</h1><p>{NEWS}</p><blockquote><p>It leaks.</p><p>A lot.</p></blockquote>"
    )
    assert draft.context == "<blockquote><p>It leaks.</p><p>A lot.</p></blockquote>"
    assert draft.evidence == ()


def test_a_quotation_above_the_news_is_not_the_news() -> None:
    draft = parse(f"A weir for Marshton\n{QUOTE}\n——Ada Marsh, keeper\n{NEWS} It is old.")
    assert plain(draft.lede).strip() == NEWS


@pytest.mark.parametrize(
    ("sentence", "publisher", "kind"),
    [
        ("The weir leaks, according to a report by Tide Institute.", "Tide Institute", "report"),
        (
            "According to a new study from the Bank of Marshton, it leaks.",
            "the Bank of Marshton",
            "report",
        ),
        ("It leaks, according to a filing by Reed & Co.", "Reed & Co", "filing"),
        ("It leaks, according to a Tide Institute survey.", "Tide Institute", "data"),
    ],
)
def test_a_named_report_is_a_candidate(sentence: str, publisher: str, kind: str) -> None:
    row = parse(f"A weir for Marshton\n\n{NEWS} {sentence} It rains.").evidence[0]
    assert (row.publisher, row.kind) == (publisher, kind)
    assert row.claim == sentence
    assert row.source_title


def test_prose_without_a_source_gives_none() -> None:
    assert parse(f"A weir for Marshton\n\n{NEWS} It leaks, according to plan.").evidence == ()


def test_links_that_leave_the_site_are_candidates() -> None:
    draft = parse(
        "# source: https://post.example/weir\n-----\n<h1>A weir</h1>"
        f'<p>{NEWS} <a href="https://www.tide.example/r">Tide</a> knows. '
        '<a href="https://www.post.example/old">Old</a> news. <a href="/x">Own</a> news.</p>'
    )
    assert [(row.source_title, row.url, row.publisher) for row in draft.evidence] == [
        ("Tide", "https://www.tide.example/r", "tide.example")
    ]
    assert draft.evidence[0].claim == "Tide knows."


def test_a_report_and_its_link_are_one_candidate() -> None:
    draft = parse(
        f"<h1>A weir</h1><p>{NEWS}</p><p>It leaks, according to a report by "
        '<a href="https://tide.example/r">Tide Institute</a>.</p>'
    )
    assert [(row.kind, row.url) for row in draft.evidence] == [("report", "https://tide.example/r")]


def test_an_address_in_plain_text_is_a_candidate() -> None:
    draft = parse(f"A weir for Marshton\n\n{NEWS} See https://tide.example/r.")
    assert [row.url for row in draft.evidence] == ["https://tide.example/r"]
