"""What is pasted becomes rows of evidence, and nothing of it is lost."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.quoting import LIMITS, MONTHS, MOST, rows
from trends.text import normalise

NORLAKE = "https://norlake.example/report"
REPORT = {"url": NORLAKE, "publisher": "norlake.example"}


@pytest.mark.parametrize(
    ("pasted", "fields"),
    [
        (NORLAKE, REPORT),
        (
            "https://www.norlake.example/report",
            REPORT | {"url": "https://www.norlake.example/report"},
        ),
        (
            "www.norlake.example",
            {"url": "https://www.norlake.example", "publisher": "norlake.example"},
        ),
        (f"Annual report – {NORLAKE}", REPORT | {"source_title": "Annual report"}),
        (f"{NORLAKE} | Annual report", REPORT | {"source_title": "Annual report"}),
        (f"Annual report ({NORLAKE}).", REPORT | {"source_title": "Annual report ."}),
        (f"[Annual report]({NORLAKE})", REPORT | {"source_title": "Annual report"}),
        (f"* {NORLAKE}", REPORT),
        (f"{NORLAKE}.pdf", REPORT | {"url": f"{NORLAKE}.pdf", "kind": "document"}),
        ("https://norlake.example/a_(b)", REPORT | {"url": "https://norlake.example/a_(b)"}),
        ("It goes west", {"claim": "It goes west"}),
        ("https://", {"claim": "https://"}),
        ("https://a:b@norlake.example/", {"claim": "https://a:b@norlake.example/"}),
        ("pam@www.norlake.example", {"claim": "pam@www.norlake.example"}),
    ],
)
def test_links(pasted: str, fields: dict[str, str]) -> None:
    assert rows(pasted) == [fields]


def test_a_filing_is_one_where_it_is_certain() -> None:
    filed = "https://www.sec.gov/Archives/edgar/data/1/a.htm"
    assert rows(filed)[0]["kind"] == "filing"
    assert "kind" not in rows("https://www.sec.gov/news")[0]
    assert "kind" not in rows("https://notsec.gov/Archives/edgar/data/1/a.htm")[0]


SAID = {"kind": "quote", "excerpt": "It goes west."}
ANNA = SAID | {"speaker": "Anna Berg", "speaker_role": "harbour master, Oslo"}


@pytest.mark.parametrize(
    ("pasted", "fields"),
    [
        ("“It goes west.”", SAID),
        ('"It goes west."', SAID),
        ("«It goes west.»", SAID),
        ("»It goes west.«", SAID),
        ("„It goes west.“", SAID),
        ("‘It goes west.’", SAID),
        ("- “It goes west.”", SAID),
        ("“It goes west.” — Anna Berg", SAID | {"speaker": "Anna Berg"}),
        ("“It goes west.” - Anna Berg, harbour master, Oslo", ANNA),
        ("“It goes west.”, Anna Berg, harbour master, Oslo", ANNA),
        ("“It goes west.”\n— Anna Berg, harbour master, Oslo", ANNA),
        ("“It goes\nwest.”\n— Anna Berg, harbour master, Oslo", ANNA),
        (
            "“It goes west.” — Anna Berg, harbour master, Oslo, 12 March 2026",
            ANNA | {"dated_on": "2026-03-12"},
        ),
        (
            "“It goes west.” — Anna Berg, harbour master, Oslo, March 12, 2026",
            ANNA | {"dated_on": "2026-03-12"},
        ),
        (
            "“It goes west.” — Anna Berg, harbour master, Oslo, 2026-03-12",
            ANNA | {"dated_on": "2026-03-12"},
        ),
        (
            "“It goes west.” — Anna Berg, 31 February 2026",
            SAID | {"speaker": "Anna Berg", "speaker_role": "31 February 2026"},
        ),
        (
            "“It goes west.” — Anna Berg, 3/4/2026",
            SAID | {"speaker": "Anna Berg", "speaker_role": "3/4/2026"},
        ),
        (f"“It goes west.” {NORLAKE}", REPORT | SAID),
        (
            f"“It goes west.” — Anna Berg, harbour master, Oslo. {NORLAKE}",
            REPORT | ANNA | {"speaker_role": "harbour master, Oslo."},
        ),
        (f"“It goes west.”\n— Anna Berg, harbour master, Oslo\n{NORLAKE}", REPORT | ANNA),
        ("“It goes west.” said Anna Berg", SAID | {"claim": "said Anna Berg"}),
        (
            "“It goes,” she said, “west.”",
            {"kind": "quote", "excerpt": "It goes,” she said, “west."},
        ),
        ("“It goes west", {"claim": "“It goes west"}),
        ("‘It’s west’ — Anna Berg", SAID | {"excerpt": "It’s west", "speaker": "Anna Berg"}),
    ],
)
def test_quotations(pasted: str, fields: dict[str, str]) -> None:
    assert rows(pasted) == [fields]


def test_each_line_is_a_row() -> None:
    assert rows(f"\nIt goes\n\n{NORLAKE}\n“It goes west.”\n") == [
        {"claim": "It goes"},
        REPORT,
        SAID,
    ]


def test_a_quotation_has_one_address() -> None:
    assert len(rows(f"“It goes west.”\n{NORLAKE}\n{NORLAKE}")) == 2


def test_nothing_makes_no_row() -> None:
    assert rows("") == rows(" \n\t\n") == rows("“ ”") == []


def test_what_is_too_long_is_an_exact_passage() -> None:
    assert rows("word " * 100) == [{"excerpt": ("word " * 100).strip()}]
    role = "x" * 201
    assert rows(f"“It goes west.” — Anna, {role}")[0]["excerpt"] == f"It goes west.\n{role}"


def test_a_flood_of_lines_ends_in_one_row() -> None:
    found = rows("line\n" * 1000)
    assert len(found) == MOST
    assert found[-1]["excerpt"].count("line") == 1000 - MOST + 1


@pytest.mark.parametrize("piece", ["[", "http://a)", "”", "\n", '"a" ', "www.a.b ", "- "])
def test_a_page_of_one_mark_takes_no_time(piece: str) -> None:
    rows("“" + piece * 50_000)


DATES = {*MONTHS, *(name[:3] for name in MONTHS)}
PIECES = st.sampled_from([
    "“", "”", '"', "«", "»", "„", "‘", "’", " — ", "-", ", ", ". ", "\n", " ", "(", ")", "[", "]",
    "](", NORLAKE, "www.norlake.example/x.pdf", "https://", "Anna Berg", "said", "12 March 2026",
    "March 12, 2026", "Marching 12, 2026", "2026-03-12", "x" * 200, "long words " * 30,
])  # fmt: skip


def words(text: Any) -> set[str]:
    return set(re.findall(r"\w+", str(text).lower()))


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_nothing_typed_is_lost(pasted: str) -> None:
    found = rows(pasted)
    kept = words(" ".join(value for fields in found for value in fields.values()))
    if any("dated_on" in fields for fields in found):  # as a date it is written otherwise
        kept |= DATES
    assert words(normalise(pasted)) <= kept
    for fields in found:
        assert all(len(fields.get(name, "")) <= limit for name, limit in LIMITS.items())
