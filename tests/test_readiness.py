"""Each rule fires where it should and is silent where it nearly would."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from trends.readiness import (
    RULES,
    Facts,
    Issue,
    Level,
    PictureFacts,
    blocking,
    introduced,
    readiness,
)
from trends.snapshot import Row, Snapshot, empty, public

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
TOMORROW = datetime(2030, 5, 7, 12, tzinfo=UTC)
EVENING = datetime(2030, 5, 6, 18, tzinfo=UTC)
DOCS = Path(__file__).parent.parent / "docs" / "readiness.md"
WES, ADA = 7, 8


def a_point(key: str, text: str) -> Row:
    return {"key": key, "text": text}


def an_evidence(number: int, **fields: Any) -> Row:
    row = dict.fromkeys(
        ("claim", "excerpt", "locator", "url", "archive_url", "speaker", "speaker_role"), ""
    )
    return {
        **row, "key": f"e{number}", "number": number, "source_title": f"Filing {number}",
        "publisher": f"Register {number}", "verdict": "checked", "checked_by": ADA,
        "independence": "independent", "disclosure": "named", "private_note": "", **fields,
    }  # fmt: skip


def an_action(key: str, **fields: Any) -> Row:
    row = {"audience": "Suppliers", "text": "Ask for the plan.", "timing": "", "review_on": ""}
    return {"key": key, **row, **fields}


def a_link(key: str, **fields: Any) -> Row:
    return {"key": key, "target": None, "url": "https://example.com/a", "label": "A", **fields}


def a_sound_piece() -> Snapshot:
    """A piece against which no rule says anything, with A_SOUND_WORLD round it."""
    piece = empty()
    piece["head"] |= {
        "title": "Norlake moves its robots to Ohio",
        "standfirst": "The maker of warehouse robots leaves the coast, and takes a town along.",
        "topic": 1, "hero": 2, "kind": "analysis", "ai_use": "none",
    }  # fmt: skip
    piece["lede"]["text"] = "<p>Norlake said on Monday that it goes west. [[E1]]</p>"
    piece["context"]["text"] = "<p>It employs 420 people, “most of them for life”. [[E2]]</p>"
    piece["analysis"]["text"] = "<p>Rents decide more than robots do.</p>"
    piece["evidence"]["rows"] = [an_evidence(1), an_evidence(2)]
    piece["key_points"]["rows"] = [
        a_point("k1", "Norlake moves its whole assembly to Ohio within a year. [[E1]]"),
        a_point("k2", "The town pays for the road and for nothing else. [[E2]]"),
    ]
    piece["actions"]["rows"] = [an_action("a1", review_on="2031-01-01")]
    piece["author"]["rows"] = [{"key": "b1", "author": 3, "role": ""}]
    piece["related"]["rows"] = [a_link("r1")]
    return piece


A_HERO = PictureFacts(width=1600, alt_text="A robot lifts a crate", credit="Norlake")
A_CHART = PictureFacts(label="A chart", alt_text="Rents rise from 2020 on", credit="Norlake")
A_SOUND_WORLD = Facts(now=NOON, article_id=12, hero=A_HERO, writer_ids=frozenset({WES}))

# --- small changes to the sound piece -------------------------------------------------------

Change = Callable[[Snapshot, Facts], Facts | None]


def head(**fields: Any) -> Change:
    return lambda piece, facts: piece["head"].update(fields)


def text(section: str, html: str) -> Change:
    return lambda piece, facts: piece[section].update(text=html)


def rows(section: str, *fresh: Row) -> Change:
    return lambda piece, facts: piece[section].update(rows=list(fresh))


def row(section: str, **fields: Any) -> Change:
    return lambda piece, facts: piece[section]["rows"][0].update(fields)


def point(words: str) -> Change:
    return row("key_points", text=words)


def not_needed(section: str) -> Change:
    return lambda piece, facts: piece[section].update(not_needed="Nothing to add")


def world(**fields: Any) -> Change:
    return lambda piece, facts: replace(facts, **fields)


def hero(**fields: Any) -> Change:
    return world(hero=replace(A_HERO, **fields))


def in_text(*, section: str = "analysis", **fields: Any) -> Change:
    """Picture 5 stands in the text, sound but for the fields."""
    figure = '<figure data-picture="5"></figure>'

    def change(piece: Snapshot, facts: Facts) -> Facts:
        piece[section]["text"] += figure
        return replace(facts, pictures={5: replace(A_CHART, **fields)})

    return change


def no_evidence() -> Change:
    def change(piece: Snapshot, facts: Facts) -> None:
        piece["evidence"]["rows"] = []
        for section in ("lede", "context"):
            piece[section]["text"] = re.sub(r"\[\[E\d\]\]", "", piece[section]["text"])
        for key_point in piece["key_points"]["rows"]:
            key_point["text"] = re.sub(r"\[\[E\d\]\]", "", key_point["text"])

    return change


def both(first: Change, second: Change) -> Change:
    return lambda piece, facts: second(piece, first(piece, facts) or facts)


def issues_after(*changes: Change) -> list[Issue]:
    piece, facts = a_sound_piece(), A_SOUND_WORLD
    for change in changes:
        facts = change(piece, facts) or facts
    return readiness(piece, facts)


def codes_after(*changes: Change) -> list[str]:
    return [issue.code for issue in issues_after(*changes)]


def test_a_sound_piece_has_no_issue() -> None:
    assert issues_after() == []


LONG = (
    "Norlake moves its robots to Ohio and the town that it leaves asks who will pay the rent " * 3
)
POINT = "Norlake keeps number %d of its many, many workshops open. [[E1]]"
POINTS = [a_point(f"k{i}", POINT % i) for i in range(6)]
ACTIONS = [an_action(f"a{i}") for i in range(5)]
ONE_HOUSE = [an_evidence(1, publisher="Norlake"), an_evidence(2, publisher="NORLAKE ")]
ONE_HOST = [
    an_evidence(1, publisher="", url="https://www.norlake.example/a"),
    an_evidence(2, publisher="", url="https://norlake.example/b"),
]
INTERESTED = [an_evidence(n, independence="own") for n in (1, 2)]
UNCHECKED = [an_evidence(n, verdict="unchecked") for n in (1, 2)]
E2 = an_evidence(2)
DEAD = "https://example.com/gone"
GONE = frozenset({DEAD})
FIGURE = "<p>It was cheap. [[E2]] It cost $3m.</p>"
QUOTE = "<p>It was cheap. [[E2]] “Nobody wanted it,” she said.</p>"
BLOCKQUOTE = "<p>It was cheap.[[E2]]</p><p>She said:</p><blockquote><p>Ask us.</p></blockquote>"
LATER = world(hidden_targets={5: "Later"})
LINKED = text("analysis", '<p><a href="trend:5">Rents</a> decide.</p>')
ON_TOMORROW = world(live_from=TOMORROW)
SAME = "The town pays for the road, and for nothing else"
SPONSORED = head(kind="sponsored", sponsor=" ")

FIRES: list[tuple[str, str, Change]] = [
    ("placeholder-mark", "head", head(title="Robots in Ohio TK")),
    ("placeholder", "head", head(standfirst="Lorem ipsum and what it means for all of our towns.")),
    ("placeholder", "head", hero(alt_text="The picture will appear here")),
    ("placeholder", "context", text("context", "<p>Pending <em>intelligence</em> enrichment.</p>")),
    ("placeholder-mark", "evidence", row("evidence", claim="xxx")),
    ("placeholder", "key_points", point("Editorial author not yet assigned, they say. [[E1]]")),
    ("placeholder-mark", "actions", row("actions", timing="TK")),
    ("tbc", "context", text("context", "<p>The date is TBC. [[E2]]</p>")),
    ("citation-dangling", "lede", text("lede", "<p>It goes. [[E1]] [[E9]]</p>")),
    ("citation-dangling", "key_points", point("Norlake moves its assembly to Ohio. [[E1, E2]]")),
    ("citation-dangling", "analysis", text("analysis", "<p>Rents decide. [[e2]]</p>")),
    ("citation-dangling", "head", head(title="Norlake moves to Ohio [[E1]]")),
    ("also-read-in-prose", "analysis", text("analysis", "<p>So.</p><p>Also Read: More</p>")),
    ("also-read-in-prose", "lede", text("lede", "<p>See also: more. [[E1]]</p>")),
    ("link-unsafe", "related", row("related", url="javascript:alert(1)")),
    ("link-unsafe", "evidence", row("evidence", url="https://")),
    ("target-hidden", "related", both(row("related", target=5), LATER)),
    ("target-hidden", "analysis", both(LINKED, LATER)),
    ("title-empty", "head", head(title=" ")),
    ("title-label", "head", head(title="What happened: Norlake moves")),
    ("title-long", "head", head(title=LONG.strip())),
    ("title-full-stop", "head", head(title="Norlake moves its robots.")),
    ("title-capitals", "head", head(title="NORLAKE MOVES ROBOTS")),
    ("standfirst-empty", "head", head(standfirst="")),
    ("standfirst-cut", "head", head(standfirst="The maker of robots leaves the coast, and …")),
    ("standfirst-label", "head", head(standfirst="What happened: the maker leaves the coast.")),
    ("standfirst-repeats", "head", head(standfirst="“Norlake moves its robots to Ohio.” Really.")),
    ("standfirst-repeats", "head", head(standfirst="Norlake said on Monday that it goes west!")),
    ("standfirst-length", "head", head(standfirst=LONG.strip() + ".")),
    ("standfirst-length", "head", head(standfirst="It leaves.")),
    ("sponsor-missing", "head", SPONSORED),
    ("topic-missing", "head", head(topic=None)),
    ("ai-use-missing", "head", head(ai_use="")),
    ("hero-missing", "head", both(head(hero=None), world(hero=None))),
    ("hero-alt-missing", "head", hero(alt_text="")),
    ("hero-alt-filename", "head", hero(alt_text="plant-in-ohio")),
    ("hero-alt-filename", "head", hero(alt_text="The plant.JPG")),
    ("hero-alt-filename", "head", hero(alt_text="IMG1234")),
    ("hero-alt-repeats", "head", hero(caption="A robot lifts a crate.")),
    ("hero-alt-repeats", "head", hero(alt_text="Norlake moves its robots to Ohio")),
    ("hero-credit-missing", "head", hero(credit="")),
    ("hero-rights-expired", "head", hero(rights_expire_on=date(2030, 5, 5))),
    ("hero-rights-expired", "head", both(hero(rights_expire_on=NOON.date()), ON_TOMORROW)),
    ("hero-rights-early", "head", hero(not_before=date(2030, 5, 7))),
    ("hero-ai-unlabelled", "head", hero(ai_made=True)),
    ("hero-narrow", "head", hero(width=1199)),
    ("placeholder-mark", "analysis", in_text(caption="TK")),
    ("citation-dangling", "analysis", in_text(caption="So [[E1]]")),
    ("picture-gone", "analysis", both(in_text(), world(pictures={}))),
    ("picture-alt-missing", "context", in_text(section="context", alt_text=" ")),
    ("picture-alt-filename", "analysis", in_text(alt_text="rents-2030")),
    ("picture-alt-repeats", "analysis", in_text(caption="Rents rise from 2020 on.")),
    ("picture-alt-repeats", "analysis", in_text(alt_text="Norlake moves its robots to Ohio")),
    ("picture-credit-missing", "backstory", in_text(section="backstory", credit="")),
    ("picture-rights-expired", "analysis", in_text(rights_expire_on=date(2030, 5, 5))),
    ("picture-rights-expired", "lede",
     both(in_text(section="lede", rights_expire_on=NOON.date()), ON_TOMORROW)),
    ("picture-rights-early", "analysis", in_text(not_before=date(2030, 5, 7))),
    ("picture-ai-unlabelled", "analysis", in_text(ai_made=True)),
    ("lede-empty", "lede", text("lede", "<p> </p>")),
    ("lede-empty", "lede", both(text("lede", ""), in_text(section="lede"))),
    ("lede-uncited", "lede", text("lede", "<p>Norlake goes west.</p>")),
    ("context-pending", "context", text("context", "")),
    ("context-long", "context", text("context", f"<p>{'word ' * 251}</p>")),
    ("context-uncited", "context", text("context", FIGURE)),
    ("context-uncited", "context", text("context", QUOTE)),
    ("context-uncited", "context", text("context", BLOCKQUOTE)),
    ("analysis-pending", "analysis", text("analysis", "")),
    ("evidence-pending", "evidence", no_evidence()),
    ("evidence-withdrawn", "evidence", row("evidence", verdict="withdrawn")),
    ("evidence-unsourced", "evidence", row("evidence", source_title="")),
    ("evidence-unchecked", "evidence", rows("evidence", *UNCHECKED)),
    ("evidence-not-independent", "evidence", rows("evidence", *INTERESTED)),
    ("evidence-one-publisher", "evidence", rows("evidence", *ONE_HOUSE)),
    ("evidence-one-publisher", "evidence", rows("evidence", *ONE_HOST)),
    ("evidence-self-checked", "evidence", row("evidence", checked_by=WES)),
    ("evidence-link-dead", "evidence", both(row("evidence", url=DEAD), world(dead_urls=GONE))),
    ("evidence-uncited", "evidence", rows("evidence", an_evidence(1), E2, an_evidence(3))),
    ("key-points-pending", "key_points", rows("key_points")),
    ("key-points-few", "key_points", rows("key_points", POINTS[0])),
    ("key-points-many", "key_points", rows("key_points", *POINTS)),
    ("key-point-duplicate", "key_points", point(SAME)),
    ("key-point-length", "key_points", point("It moves. [[E1]]")),
    ("key-point-length", "key_points", point("It moves " * 30 + "[[E1]]")),
    ("key-point-uncited", "key_points", point("Norlake moves its assembly to Ohio in a year.")),
    ("actions-pending", "actions", rows("actions")),
    ("actions-many", "actions", rows("actions", *ACTIONS)),
    ("action-review-passed", "actions", row("actions", review_on="2030-05-05")),
    ("author-pending", "author", rows("author")),
    ("author-unresolved", "author", world(unresolved_authors=("W. Quill",))),
    ("author-no-page", "author", world(authors_without_page=("Wes Quill",))),
    ("related-missing", "related", rows("related")),
    ("related-self", "related", row("related", target=12, url="")),
    ("related-unresolved", "related", row("related", target=None, url="")),
    ("related-dead", "related", both(row("related", url=DEAD), world(dead_urls=GONE))),
    ("held", "piece", world(held=True, hold_reason="Lawyer called")),
    ("embargo", "piece", world(embargoed_until=EVENING)),
    ("embargo", "piece", world(embargoed_until=TOMORROW, live_from=EVENING)),
    ("legal-review", "piece", world(legal_review_required=True)),
    ("legal-note", "piece", world(legal_review_required=True, open_legal_notes=1)),
    ("near-duplicate", "piece", world(near_duplicate="Norlake goes west")),
    ("open-notes", "piece", world(open_notes=1)),
    ("cites-retracted", "piece", world(retracted_citations=("Norlake stays",))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "section", "change"), FIRES)
def test_a_rule_fires(code: str, section: str, change: Change) -> None:
    assert (code, section) in {(issue.code, issue.section) for issue in issues_after(change)}


def test_every_rule_is_seen_to_fire() -> None:
    assert {code for code, _, _ in FIRES} == set(RULES)


INTERNAL = an_evidence(3, disclosure="internal", claim="TK", source_title="", private_note="TK")
DATES = "<p>It was cheap.[[E2]] In May 2029, on 7 July and in the 2020s, its 5G was “new”.</p>"
CITED_LATER = "<p>It cost $3m. “Nobody else wanted it,” she said. Nobody. [[E2]]</p>"
INTRODUCED = "<p>She said: [[E2]]</p><blockquote><p>We paid 3 million.</p></blockquote>"
QUOTE_BEHIND_PICTURE = (
    "<p>She said: [[E2]]</p>"
    '<figure data-picture="5"></figure><blockquote><p>We paid 3 million.</p></blockquote>'
)
WEAK_TITLE = head(title="Norlake sells to Acme Inc.")
WITHDRAWN = an_evidence(3, verdict="withdrawn", source_title="")

SILENT: list[tuple[str, Change]] = [
    ("placeholder", head(title="Norlake buys norlake.tk and sells robots")),
    ("placeholder", rows("evidence", an_evidence(1), E2, INTERNAL)),
    ("evidence-uncited", rows("evidence", an_evidence(1), E2, INTERNAL)),
    ("citation-dangling", text("analysis", "<p>Rents decide. [[E2]] [[EU]]</p>")),
    ("also-read-in-prose", text("analysis", "<p>He also read: the lease.</p>")),
    ("link-unsafe", row("related", url="/trends/a/")),
    ("target-hidden", LATER),
    ("title-full-stop", WEAK_TITLE),
    ("title-full-stop", head(title="Norlake moves its robots …")),
    ("title-capitals", head(title="NVIDIA Q3")),
    ("title-label", head(title="What happened to the robots")),
    ("standfirst-repeats", head(standfirst="Norlake moves its robots to Ohio within a year.")),
    ("sponsor-missing", head(kind="sponsored", sponsor="Norlake")),
    ("hero-alt-missing", hero(alt_text="", decorative=True)),
    ("hero-alt-filename", hero(alt_text="Close-up")),
    ("hero-alt-repeats", hero(alt_text="", caption="", decorative=True)),
    ("hero-rights-expired", hero(rights_expire_on=NOON.date())),
    ("hero-rights-early", both(hero(not_before=TOMORROW.date()), ON_TOMORROW)),
    ("hero-ai-unlabelled", hero(ai_made=True, ai_label="Made with a model")),
    ("hero-narrow", hero(width=None)),
    ("picture-gone", both(in_text(), world(pictures=None))),
    ("picture-alt-missing", in_text(alt_text="", decorative=True)),
    ("picture-rights-expired", in_text(rights_expire_on=NOON.date())),
    ("picture-rights-early", both(in_text(not_before=TOMORROW.date()), ON_TOMORROW)),
    ("context-uncited", in_text(section="context")),  # its id is no figure
    ("context-uncited", text("context", QUOTE_BEHIND_PICTURE)),
    ("analysis-pending", both(text("analysis", ""), in_text())),
    ("lede-uncited", no_evidence()),
    ("lede-empty", both(text("lede", ""), not_needed("lede"))),
    ("context-uncited", no_evidence()),
    ("context-uncited", text("context", DATES)),
    ("context-uncited", text("context", CITED_LATER)),
    ("context-uncited", text("context", INTRODUCED)),
    ("evidence-withdrawn", rows("evidence", an_evidence(1), E2, WITHDRAWN)),
    ("evidence-uncited", rows("evidence", an_evidence(1), E2, WITHDRAWN)),
    ("evidence-unsourced", rows("evidence", an_evidence(1), E2, WITHDRAWN)),
    ("evidence-unsourced", row("evidence", source_title="", disclosure="described")),
    ("evidence-unsourced", row("evidence", source_title="", url="https://example.com/")),
    ("evidence-unchecked", row("evidence", verdict="unchecked")),
    ("evidence-unchecked", no_evidence()),
    ("evidence-not-independent", row("evidence", independence="own")),
    ("evidence-not-independent", no_evidence()),
    ("evidence-one-publisher", rows("evidence", an_evidence(1, publisher="Norlake"))),
    ("evidence-one-publisher", rows("evidence", an_evidence(1, publisher=""), E2)),
    ("evidence-self-checked", row("evidence", checked_by=WES, verdict="unchecked")),
    ("evidence-link-dead", both(
        row("evidence", url=DEAD, archive_url="https://archive.example/1"), world(dead_urls=GONE)
    )),
    ("key-points-few", rows("key_points")),
    ("key-points-many", rows("key_points", *POINTS[:5])),
    ("key-point-uncited", no_evidence()),
    ("actions-pending", both(rows("actions"), not_needed("actions"))),
    ("actions-many", rows("actions", *ACTIONS[:4])),
    ("action-review-passed", row("actions", review_on="2030-05-06")),
    ("action-review-passed", both(row("actions", review_on="2030-05-05"), world(now=None))),
    ("related-missing", both(rows("related"), not_needed("related"))),
    ("related-unresolved", row("related", target=None, url="https://example.org/")),
    ("related-self", both(row("related", target=None), world(article_id=None))),
    ("embargo", world(embargoed_until=EVENING, live_from=EVENING)),
    ("legal-review", world(legal_review_required=True, legal_review_cleared=True)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), SILENT)
def test_a_rule_is_silent(code: str, change: Change) -> None:
    assert code not in codes_after(change)


LIMITS: list[tuple[str, Callable[[int], Change], int, int]] = [
    ("title-long", lambda n: head(title="a" * n), 1, 110),
    ("standfirst-length", lambda n: head(standfirst="a" * (n - 1) + "."), 60, 220),
    ("key-point-length", lambda n: point("a" * n + " [[E1]]"), 40, 200),
    ("context-long", lambda n: text("context", f"<p>{'word ' * n}</p>"), 1, 250),
    ("hero-narrow", lambda n: hero(width=n), 1200, 9999),
]


@pytest.mark.parametrize(("code", "of_size", "least", "most"), LIMITS)
def test_a_limit_is_inclusive(
    code: str, of_size: Callable[[int], Change], least: int, most: int
) -> None:
    assert code not in codes_after(of_size(least)) + codes_after(of_size(most))
    too_much = of_size(least - 1 if code == "hero-narrow" else most + 1)
    assert code in codes_after(too_much)


MESSAGES: list[tuple[str, Change]] = [
    ("“TK” stands in the standfirst.", head(standfirst="TK")),
    ("“TK” stands in the words of the picture.", hero(caption="TK")),
    ("“TK” stands in Key Points.", point("TK")),
    ("“TK” stands in the words of picture 5.", in_text(caption="TK")),
    ("Picture 5 (“A chart”) in Analysis has no credit.", in_text(credit="")),
    ("Picture 5 in Analysis is not in the library.", both(in_text(), world(pictures={}))),
    ("The picture has no credit.", hero(credit="")),
    ("The picture must not be used any more: its rights ended on 2030-05-05.",
     hero(rights_expire_on=date(2030, 5, 5))),
    ("[[e2]] in Analysis leads nowhere.", text("analysis", "<p>[[e2]]</p>")),
    ("“$3” in Context without citation.", text("context", FIGURE)),
    ("“Nobody wanted it,” in Context without citation.", text("context", QUOTE)),
    ("“3” and 1 more in Context without citation.", text("context", "<p>3.</p><p>4.</p>")),
    ("The piece is on hold.", world(held=True)),
    ("The piece is on hold: Lawyer called.", world(held=True, hold_reason="Lawyer called")),
    ("The embargo ends at 2030-05-06 18:00 UTC, after it would go live.",
     world(embargoed_until=EVENING)),
    ("1 note is open.", world(open_notes=1)),
    ("2 notes are open.", world(open_notes=2)),
    ("Legal review is asked for, and 2 legal notes are open.",
     world(legal_review_required=True, open_legal_notes=2)),
]  # fmt: skip


@pytest.mark.parametrize(("message", "change"), MESSAGES)
def test_a_message_names_fault_and_place(message: str, change: Change) -> None:
    assert message in [issue.message for issue in issues_after(change)]


def test_without_evidence_one_line_stands_for_all() -> None:
    assert codes_after(no_evidence()) == ["evidence-pending"]


def test_neutral_facts_say_nothing() -> None:
    assert readiness(a_sound_piece(), Facts()) == []


def test_an_empty_piece_needs_three_things_before_publishing() -> None:
    found = blocking(readiness(empty(), Facts()))
    assert [issue.code for issue in found] == ["title-empty", "standfirst-empty", "lede-empty"]


def test_a_public_snapshot_can_be_checked() -> None:
    piece = a_sound_piece()
    piece["evidence"]["rows"][0] |= {"disclosure": "described"}
    assert readiness(public(piece), A_SOUND_WORLD) == []


def test_issues_come_by_section_and_the_worst_first() -> None:
    change = both(head(topic=None, standfirst=""), both(text("lede", ""), world(held=True)))
    assert codes_after(change) == ["standfirst-empty", "topic-missing", "lede-empty", "held"]


def test_an_issue_says_where_what_and_what_to_do() -> None:
    (issue,) = issues_after(row("evidence", source_title=""))
    assert (issue.section, issue.field, issue.key) == ("evidence", "source_title", "e1")
    assert issue.message == "E1 names its source with neither title nor address."
    assert issue.hint.startswith("Enter a source title")


def test_a_site_chooses_levels() -> None:
    piece = a_sound_piece()
    piece["head"] |= {"topic": None, "ai_use": ""}
    (issue,) = readiness(piece, A_SOUND_WORLD, {"topic-missing": "block", "ai-use-missing": "off"})
    assert (issue.code, issue.level) == ("topic-missing", Level.BLOCK)


def test_what_blocks_belongs_before_publishing() -> None:
    piece = a_sound_piece()
    piece["author"]["rows"] = []
    (issue,) = readiness(piece, A_SOUND_WORLD, {"author-pending": "block"})
    assert issue.group == "before"


@pytest.mark.parametrize("level", ["warn", "off"])
def test_a_final_rule_stays(level: str) -> None:
    piece = a_sound_piece()
    piece["head"]["title"] = "lorem ipsum"
    (issue,) = blocking(readiness(piece, A_SOUND_WORLD, {"placeholder": level}))
    assert issue.final


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="loud"):
        readiness(empty(), Facts(), {"title-empty": "loud"})


def test_only_new_faults_are_introduced() -> None:
    old = issues_after(head(standfirst=""))
    new = issues_after(both(head(standfirst=""), point("xxx is the name of the plant. [[E1]]")))
    assert {issue.code for issue in introduced(new, old)} == {
        "placeholder-mark",
        "key-point-length",
    }


def test_a_longer_fault_is_the_old_fault() -> None:
    old = issues_after(head(standfirst="It leaves the coast, and …"))
    new = issues_after(head(standfirst="It leaves the coast for good, and …"))
    assert blocking(introduced(new, old)) == []


def test_another_picture_with_the_same_fault_is_new() -> None:
    old = issues_after(hero(credit=""))
    new = issues_after(both(head(hero=3), hero(credit="")))
    assert [issue.code for issue in introduced(new, old)] == ["hero-credit-missing"]


def test_a_sound_picture_in_the_text_is_no_issue() -> None:
    assert issues_after(in_text()) == []


def test_an_issue_of_a_picture_in_the_text_names_it() -> None:
    (issue,) = issues_after(in_text(credit=""))
    assert (issue.section, issue.field, issue.key) == ("analysis", "picture", "5")


def test_a_picture_in_the_text_answers_to_the_rules_of_a_hero() -> None:
    own = {"missing", "narrow"}  # it need not be there, and the text is narrow
    rules = {kind: {c[len(kind) :] for c in RULES if c.startswith(kind)} for kind in KINDS}
    assert rules["hero-"] - own == rules["picture-"] - {"gone"}
    for code in rules["hero-"] - own:
        hero, picture = (RULES[f"{kind}{code}"] for kind in KINDS)
        assert (hero.level, hero.final, hero.group) == (picture.level, picture.final, picture.group)


KINDS = ("hero-", "picture-")


def test_the_docs_list_every_rule() -> None:
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("| `")]
    assert listed == [
        f"| `{code}` | {rule.level}{', final' * rule.final} | {rule.group} "
        f"| {rule.about} | {rule.hint} |"
        for code, rule in RULES.items()
    ]
