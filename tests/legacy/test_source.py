"""What is read at all, and what identifies a piece."""

import pytest

from tests.legacy.reading import parse
from trends.legacy.address import slug_of, stable_id
from trends.legacy.clean import find_noise
from trends.legacy.draft import Unreadable
from trends.legacy.parse import parse_page

PAGE = "A weir for Marshton\n\nMarshton rebuilds its weir in stone this spring. It is old."


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty"),
        (" \n\u00a0\n", "is empty"),
        ("# source: https://post.example/a\n-----\n", "is empty"),
        ("• – …", "holds no words"),
        (b"%PDF-1.7 weir", "is a PDF"),
        (b"PK\x03\x04weir", "is a zip"),
        (b"A weir\x00\x01\x02", "is a binary file"),
        ("A weir " * 800_000, "more than 5,242,880"),
        ("A weir. " * 70_000, "at most 500,000 are read"),
        ("A weir\n" * 50_000, "at most 40,000 are read"),
        ("• A weir " * 11_000, "at most 10,000 are read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(raw: bytes | str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse_page(raw, name="weir.txt")


def test_a_page_that_nothing_names_is_refused() -> None:
    with pytest.raises(Unreadable, match="has no title"):
        parse_page("• One point of many.", name="12.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "Café by the weir\n\nIt’s open from today on, and it is very good. It’s old."
    draft = parse_page(text.encode(encoding), name="x.txt")
    assert draft.title == "Café by the weir"
    assert "It’s old." in draft.context


def test_a_declared_encoding_is_believed() -> None:
    page = '<meta charset="iso-8859-2"><h1>Łódź ma jaz</h1><p>Jaz w Łodzi.</p>'
    assert parse_page(page.encode("iso-8859-2"), name="x.html").title == "Łódź ma jaz"


def test_the_header_is_skipped_and_its_address_read() -> None:
    draft = parse(f"# source: https://post.example/en/weir\n# kind: old page\n-----\n{PAGE}")
    assert draft.title == "A weir for Marshton"
    assert draft.legacy_url == "https://post.example/en/weir"
    assert "old page" not in draft.standfirst + draft.lede + draft.context


def test_a_line_of_dashes_below_text_is_no_header() -> None:
    draft = parse(PAGE.replace("\n\n", "\n-----\n"))
    assert draft.title == "A weir for Marshton"


def test_lines_are_counted_in_the_file() -> None:
    draft = parse(f"# source: https://post.example/a-weir-for-marshton\n-----\n{PAGE}")
    assert draft.provenance["title"].endswith("line 3")


# --- identity -------------------------------------------------------------------------------

WEIR = "post.example/a-weir-for-marshton"


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/a-weir-for-marshton",
        "https://post.example/a-weir-for-marshton/",
        "http://www.post.example/a-weir-for-marshton?amp=1",
        "https://post.example/en/a-weir-for-marshton/amp/",
        "https://post.example/en/weirs/rivers/A-Weir-for-Marshton/?utm_source=x#top",
        "https://post.example/weirs/a-weir-for-marshton.html",
        "https://amp.post.example/2024/03/a-weir-for-marshton/index.html",
    ],
)
def test_one_article_at_several_addresses_is_one(url: str) -> None:
    assert stable_id(url) == WEIR


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("https://post.example/?p=12", "post.example?p=12"),
        ("https://post.example/en/?p=12&amp=1", "post.example?p=12"),
        ("https://post.example/index.php?p=12", "post.example?p=12"),
        ("https://post.example/fr/un-barrage", "post.example/fr/un-barrage"),
        ("https://post.example/caf%C3%A9", "post.example/café"),
        ("https://post.example/show.php?id=7", "post.example/show?id=7"),
        ("https://post.example/en/", ""),
        ("https://post.example/", ""),
        ("", ""),
    ],
)
def test_identities(url: str, identity: str) -> None:
    assert stable_id(url) == identity


def test_a_long_identity_fits_and_stays_its_own() -> None:
    one, two = (stable_id(f"https://post.example/{'weir-' * 60}{end}") for end in "ab")
    assert one != two
    assert len(one) == len(two) == 200


def test_the_slug() -> None:
    assert slug_of("https://post.example/en/weirs/nine-weirs.html?p=1") == "nine-weirs"
    assert slug_of("https://post.example/?p=1") == ""


def test_without_an_address_the_words_identify_a_page() -> None:
    again = PAGE.replace("\n\n", "\r\n\r\n \u00a0\r\n").replace("weir", "WEIR")
    assert parse(PAGE).legacy_id == parse(again, name="other.txt").legacy_id
    assert parse(PAGE).legacy_id != parse(PAGE.replace("stone", "wood")).legacy_id
    assert parse(PAGE).legacy_id.startswith("text:")


def test_a_saved_page_knows_its_address() -> None:
    head = '<link rel="canonical" href="https://post.example/en/a-weir-for-marshton/">'
    draft = parse(f"{head}<h1>A weir</h1><p>It is old.</p>")
    assert draft.legacy_id == WEIR
    assert draft.legacy_url == "https://post.example/en/a-weir-for-marshton/"


# --- noise over many pages ------------------------------------------------------------------


def test_lines_that_repeat_over_pages_are_template() -> None:
    pages = [
        (f"Weir {n}", [f"More on Weir {n}", f"It is {n} feet", "Only here"][: 3 - n % 2])
        for n in range(4)
    ]
    noise = find_noise(pages)
    draft = parse(f"{PAGE}\nMore on TITLE", noise=noise)
    assert "More on" not in draft.context
    assert "More on TITLE" in " ".join(note.message for note in draft.notes)
