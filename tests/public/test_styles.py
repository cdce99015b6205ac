"""The sheets of the public pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from trends.models import Article
from trends.public import policy, styles

PLACEHOLDER = 300  # bytes
SHOWN = [
    "/trends/", "/trends/?q=pump", "/trends/?q=none", "/topics/", "/topics/harbours/",
    "/authors/nora-vale/", "/archive/", "/corrections/", "/about/",
    "/about/ai/", "/nowhere/",
]  # fmt: skip


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


@pytest.mark.parametrize("template", styles.PAGES)
def test_the_sheets_of_a_page_are_small_enough_to_be_inlined(template: str) -> None:
    """With room for a placeholder, which comes to no more; shared pages have none."""
    both = styles.sheet() + styles.own_sheet(template)
    room = 0 if template == "shared.html" else PLACEHOLDER
    assert 1000 < len(both.encode()) <= styles.LIMIT - room


def test_every_page_says_which_parts_it_needs_and_no_part_is_misspelt() -> None:
    folder = Path(site.BASE_DIR, "templates/trends")
    files = [*folder.glob("[!_]*.html"), *folder.glob("about/[!_]*.html")]
    pages = {str(path.relative_to(folder)) for path in files} - {"base.html"}
    assert set(styles.PAGES) == pages
    named = {part for parts in styles.PAGES.values() for part in parts.split()}
    sheets = {path.stem for path in Path(site.BASE_DIR, "static", styles.FOLDER).iterdir()}
    assert named == {name[3:] for name in sheets if name[0] not in "019"}


def test_a_page_has_the_parts_of_all_that_it_shows(client: Client, full: Article) -> None:
    """A class that some part has rules for is in the sheets of each page that uses it."""
    known = classes("".join(styles.own_sheet(template) for template in styles.PAGES))
    for path in ["/", f"/trends/{full.slug}/", *SHOWN]:
        page = client.get(path).text
        sheets = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
        used = {name for names in re.findall(r'class="([^"]+)"', page) for name in names.split()}
        assert used & known <= classes(sheets), path


PHYSICAL = r"(?<![-\w])(?:(?:margin|padding|border|inset)-)?(?:left|right|top|bottom)(?![-\w])\s*:"


def test_sheets_know_begin_and_end_but_no_left_and_right() -> None:
    """So that they are right in a language that is written from right to left."""
    sheets = [styles.sheet(), *map(styles.own_sheet, styles.PAGES)]
    assert not [found for sheet in sheets for found in re.findall(PHYSICAL, sheet)]
    assert "text-align:left" not in "".join(sheets)


@pytest.mark.parametrize(
    ("language", "begins"), [("he", '<html lang="he" dir="rtl">'), ("en-gb", '<html lang="en-gb">')]
)
def test_a_page_says_in_which_direction_it_is_read(
    client: Client, settings: Settings, language: str, begins: str
) -> None:
    settings.LANGUAGE_CODE = language
    with translation.override(language):
        assert begins in client.get("/about/").text


def classes(css: str) -> set[str]:
    return set(re.findall(r"\.([a-z][a-z-]*)", css))


def test_the_policy_names_its_hash() -> None:
    assert styles.csp_source() in policy.csp()
