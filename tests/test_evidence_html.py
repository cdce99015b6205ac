"""A piece of evidence as HTML: what is said of it, and that it stays words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from trends.pages import Proof
from trends.templatetags.evidence import proofs

HOSTILE = "\"'><script>alert(1)</script>"
ROW = {
    "claim": "The council voted for it.",
    "excerpt": "Seven to two.",
    "source_title": "Minutes",
    "publisher": "Town of Havn",
    "url": "https://example.org/minutes",
    "archive_url": "https://archive.example/minutes",
    "locator": "page 3",
    "speaker": "Ida Holm",
    "speaker_role": "mayor",
    "disclosure": "named",
}
PROOF = Proof(
    number=3, row=ROW, kind="document", dated_on=date(2025, 3, 4), checked_on=date(2025, 3, 5),
    verdict="checked", stance="supports", independence="own", backlinks=["c3-1"],
)  # fmt: skip


def with_row(**said: Any) -> str:
    return proofs([replace(PROOF, row=ROW | said)])


def test_it_works() -> None:
    html = with_row()
    assert html.startswith('<ol class="proofs wide">')
    assert '<li class="proof" id="e3">' in html
    assert '<a href="https://example.org/minutes" rel="external">Minutes</a>' in html
    assert '<blockquote cite="https://example.org/minutes"><p>Seven to two.</p>' in html
    assert 'Checked <time datetime="2025-03-05">5 March 2025</time>' in html


@pytest.mark.parametrize("name", [name for name in ROW if name != "disclosure"])
def test_whatever_is_said_is_escaped(name: str) -> None:
    html = with_row(**{name: HOSTILE})
    assert "<script" not in html
    assert "&quot;&#x27;&gt;&lt;script&gt;" in html


@pytest.mark.parametrize(
    "changed", [{"kind": HOSTILE}, {"verdict": HOSTILE}, {"backlinks": [HOSTILE]}]
)
def test_so_is_what_only_code_says(changed: dict[str, Any]) -> None:
    html = proofs([replace(PROOF, **changed)])
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_source_that_only_the_desk_knows_is_not_named() -> None:
    html = with_row(disclosure="described")
    assert "<li>Source known to the desk</li>" in html
    assert "Minutes" not in html


def test_an_address_without_a_title_is_a_source() -> None:
    assert ">Source</a>" in with_row(source_title="")


def test_what_is_not_known_leaves_nothing() -> None:
    html = proofs([replace(PROOF, row={"claim": "It is so."}, dated_on=None, backlinks=[])])
    assert html.count("<li>") == 3  # kind, stance, independence
    assert "<blockquote" not in html
    assert "Back to the text" not in html


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("unchecked", "<li>Not checked yet</li>"),
        ("disputed", '<li class="doubt">Disputed</li>'),
        ("withdrawn", '<li class="doubt">Withdrawn</li>'),
    ],
)
def test_the_verdict_is_said(verdict: str, said: str) -> None:
    assert said in proofs([replace(PROOF, verdict=verdict, checked_on=None)])


def test_every_mention_has_a_way_back() -> None:
    html = proofs([replace(PROOF, backlinks=["c3-1", "c3-2"])])
    assert '<a href="#c3-2" aria-label="2, mention of E3">2</a>' in html
