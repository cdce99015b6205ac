"""Press: citations linked both ways, words counted, nothing unsafe."""

from hypothesis import given

from tests.strategies import snapshots
from trends.press import press
from trends.snapshot import Snapshot, empty, public


def piece() -> Snapshot:
    content = empty()
    content["lede"]["text"] = "<p>News.[[E2]]</p>"
    content["context"]["text"] = "<p>Facts [[E2]] and [[E9]].</p>"
    content["key_points"]["rows"] = [{"key": "k", "text": "A < B [[E2]]"}]
    content["evidence"]["rows"] = [
        {"key": "e", "number": 2, "claim": "It is so.", "excerpt": "", "disclosure": "named"}
    ]
    return content


def test_citations_link_to_the_evidence_and_back() -> None:
    pressed = press(piece())
    assert 'href="#e2" id="c2-1"' in pressed.html["lede"]
    assert 'href="#e2" id="c2-2"' in pressed.html["context"]
    assert 'href="#e2" id="c2-3"' in pressed.html["key_points"][0]
    assert pressed.backlinks == {"2": ["c2-1", "c2-2", "c2-3"]}


def test_a_dangling_citation_leaves_no_mark() -> None:
    assert "E9" not in press(piece()).html["context"]


def test_plain_rows_are_escaped() -> None:
    assert press(piece()).html["key_points"][0].startswith("A &lt; B\xa0<sup>")


def test_a_picture_stays_as_it_is_and_has_no_words() -> None:
    """What it shows is read when the page is."""
    content, figure = piece(), '<figure data-picture="12"></figure>'
    content["context"]["text"] = f"<p>Facts [[E2]]</p>{figure}<p>More.</p>"
    pressed = press(content)
    assert f"</p>{figure}<p>" in pressed.html["context"]
    assert "Facts\nMore." in pressed.text


def test_words_of_all_sections_are_counted_without_marks() -> None:
    pressed = press(piece())
    assert pressed.words == len(["News.", "Facts", "and", ".", "It", "is", "so.", "A", "<", "B"])
    assert "[[" not in pressed.text


@given(snapshots())
def test_every_mark_has_a_backlink_and_none_is_left_raw(content: Snapshot) -> None:
    pressed = press(public(content))
    whole = str(pressed.html)
    assert "[[" not in whole
    anchors = [anchor for found in pressed.backlinks.values() for anchor in found]
    assert len(anchors) == len(set(anchors)) == whole.count("<sup>")
