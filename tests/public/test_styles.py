"""The one sheet of the public pages."""

import pytest

from trends.public import policy, styles


@pytest.mark.parametrize(
    ("written", "squeezed"),
    [
        ("a { color : red ; }\n\n b{}", "a{color :red}b{}"),
        ("/* why */ a { /* { */ top: 0 }", "a{top:0}"),
        ("p::before { content: ' /* kept */  ' }", "p::before{content:' /* kept */  '}"),
        ('a { content: "\\"  }" }', 'a{content:"\\"  }"}'),
        ("a { width: calc( 1px + 2px ) }", "a{width:calc(1px + 2px)}"),
        ("& :hover > b, i { margin: 0 auto }", "& :hover>b,i{margin:0 auto}"),
        ("@media (width >= 60rem) and (hover) { a { top: 0; } }",
         "@media (width>= 60rem) and (hover){a{top:0}}"),
        ("a { margin: 0 !important }", "a{margin:0!important}"),
        (":is(h1) b:not(.c) { top: -1px }", ":is(h1) b:not(.c){top:-1px}"),
    ],
)  # fmt: skip
def test_squeezing_keeps_the_meaning(written: str, squeezed: str) -> None:
    assert styles.squeeze(written).replace(">= ", ">=") == squeezed.replace(">= ", ">=")


def test_squeezing_twice_changes_nothing() -> None:
    sheet = styles.sheet()
    assert styles.squeeze(sheet) == sheet


def test_the_sheet_is_small_enough_to_be_inlined() -> None:
    assert 1000 < len(styles.sheet().encode()) <= 8 * 1024


def test_the_policy_names_its_hash() -> None:
    assert styles.csp_source() in policy.csp()
