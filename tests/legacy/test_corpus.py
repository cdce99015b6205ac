"""Real pages of the migrated newsroom, where they are at hand (NEWSROOM_CORPUS)."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.legacy.reading import codes, everything, parse, sections, words
from trends.legacy.draft import Draft
from trends.text import find_also_read, find_placeholders, glued_label, is_cut, normalise

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("NEWSROOM_CORPUS", ROOT.parent / "shared" / "data"))
SEED = CORPUS / "trend-page.txt"
LEGACY = sorted((CORPUS / "legacy-pages").glob("*.txt"))
PAGES = [SEED, *LEGACY]
CHROME = ("»", "Mins Read", "No Comments", "Pinterest", "Share", "-of-internet-number-")

pytestmark = pytest.mark.skipif(
    not SEED.exists(),
    reason=f"no corpus at {CORPUS}: set NEWSROOM_CORPUS to the folder of real pages",
)


def read(path: Path) -> Draft:
    return parse(path.read_text(encoding="utf-8"), name=path.name)


def one(number: str) -> Draft:
    return read(next(path for path in LEGACY if path.name.startswith(number)))


def test_the_corpus_is_complete() -> None:
    assert len(LEGACY) == 10


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_marker_label_placeholder_or_chrome_is_left(path: Path) -> None:
    for name, text in sections(read(path)).items():
        assert find_also_read(text) == find_placeholders(text) == [], name
        assert glued_label(text) is None, name
        assert not [chrome for chrome in CHROME if chrome in text], name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_word_is_lost(path: Path) -> None:
    text = path.read_text(encoding="utf-8").rpartition("\n-----\n")[2]
    missing = Counter(words(normalise(text))) - Counter(words(everything(read(path))))
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_standfirst_is_whole_and_says_its_own(path: Path) -> None:
    draft = read(path)
    assert draft.standfirst
    assert not is_cut(draft.standfirst)
    assert draft.standfirst not in sections(draft)["lede"] + sections(draft)["context"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_again_gives_the_same(path: Path) -> None:
    assert read(path) == read(path)
    assert read(path).legacy_id


def test_the_trend_page() -> None:
    draft = read(SEED)
    assert draft.title.startswith("Foxconn and OpenAI join forces")
    assert draft.title.endswith("in the U.S.")
    assert [row.label for row in draft.related] == [
        "Foxconn and SoftBank turn Ohio plant into Stargate hub",
        "Top tech news today: 7 July, 2025",
    ]
    assert "This partnership could mark" in draft.analysis
    assert len(draft.key_points) == 2
    assert draft.pending == ("evidence", "actions", "author")
    assert draft.standfirst.endswith("in the US.")
    assert draft.lede not in ("", f"<p>{draft.standfirst}</p>")
    assert {"picture", "related-doubtful"} <= codes(draft)


def test_pages_that_print_no_title_get_one_and_a_note() -> None:
    guessed = {path.name[:2] for path in LEGACY if "title-guessed" in codes(read(path))}
    assert guessed == {"04", "07", "08", "10", "15", "17"}


def test_subheads_of_the_piece_stay() -> None:
    assert one("08").context.count("<h3>") == 4
    assert one("10").context.count("<h3>") == 2
    assert one("17").context.count("<h3>") == 1


def test_one_title_a_prefix_of_another() -> None:
    short, long = (row.label for row in one("07").related)
    assert long.startswith(short)
    assert long != short


def test_the_quotation_becomes_evidence() -> None:
    row = one("10").evidence[0]
    assert (row.kind, row.speaker) == ("quote", "Lu Heng")
    assert row.role.startswith("CEO at ")
    assert "<blockquote>" in one("10").context


def test_the_byline_comes_off_its_date() -> None:
    draft = one("12")
    assert len(draft.authors) == 1
    assert str(draft.published_on) == "2025-12-26"
    assert "alt-slug" in codes(draft)


def test_the_summary_cut_at_a_decimal_is_not_used() -> None:
    draft = one("15")
    assert "A$1.5bn" in draft.title
    assert not draft.standfirst.endswith("A$1.")
    assert (draft.evidence[0].kind, draft.evidence[0].publisher) == ("report", "Reuters")


def test_the_pages_know_each_other_by_address() -> None:
    identities = {path.name[:2]: read(path).legacy_id for path in LEGACY}
    assert len(set(identities.values())) == 10
    assert identities["08"].endswith("?p=123298")
