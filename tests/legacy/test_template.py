"""Pages of the later template: one section under each of its headings."""

from tests.legacy.reading import blocks, codes, parse

TITLE = "Alder Works and Lakeside Rail build trains by the lake"
TOLD = "Alder Works and Lakeside Rail want to build trains at the lake."
FIRST = "Alder Works (once Alder & Sons) has agreed with Lakeside Rail to build trains in Marshton."
REST = "Under the plan, Alder Works makes wagons in the U.S. for A$1.5bn."
BLOB = f"What happened:{TOLD} {FIRST} Under the plan, Alder Works mak…"
PAGE = f"""Trends

{TITLE}

{BLOB}

Nine wagons beside a lake

Headline

What happened:{TOLD} {FIRST} Under the…

Context

{FIRST} {REST}

Evidence

Pending intelligence enrichment.

Analysis

The hall stands in Marshton. Also Read: Alder Works opens a hall Also Read: Rail news: 3 May, 2024 \
This order could bring work to the lake. By building there, both save time.

Key Points

  • Alder Works builds the wagons in Marshton.
  • Nobody has to buy, but Lakeside Rail may.

Actions

Pending intelligence enrichment.

Author

Editorial author not yet assigned.
"""


def test_it_works() -> None:
    draft = parse(PAGE)
    assert draft.title == TITLE
    assert draft.key_points == (
        "Alder Works builds the wagons in Marshton.",
        "Nobody has to buy, but Lakeside Rail may.",
    )
    assert draft.pending == ("evidence", "actions", "author")
    assert not any((draft.authors, draft.actions, draft.evidence))


def test_no_label_is_left_in_standfirst_or_lede() -> None:
    draft = parse(PAGE)
    assert "What happened" not in draft.standfirst + draft.lede


def test_one_blob_cut_twice_becomes_standfirst_and_lede() -> None:
    draft = parse(PAGE)
    assert draft.standfirst == TOLD
    assert blocks(draft.lede) == [FIRST]


def test_no_sentence_stands_twice() -> None:
    draft = parse(PAGE)
    assert blocks(draft.context) == [REST]
    assert {"said-twice", "summary-repeats"} <= codes(draft)


def test_also_read_leaves_the_analysis_whole() -> None:
    draft = parse(PAGE)
    assert [row.label for row in draft.related] == [
        "Alder Works opens a hall",
        "Rail news: 3 May, 2024",
    ]
    own = "The hall stands in Marshton. This order could bring work to the lake. "
    assert blocks(draft.analysis) == [own + "By building there, both save time."]


def test_a_doubtful_title_keeps_its_raw_text_for_review() -> None:
    sure, doubtful = parse(PAGE).related
    assert sure.confidence >= 0.9 > doubtful.confidence
    assert doubtful.raw == "Also Read: Rail news: 3 May, 2024"
    assert "related-doubtful" in codes(parse(PAGE))


def test_the_alt_text_is_kept_and_the_missing_picture_reported() -> None:
    draft = parse(PAGE)
    assert draft.hero_alt == "Nine wagons beside a lake"
    assert "picture" in codes(draft)


def test_placeholders_mean_empty() -> None:
    draft = parse(PAGE.replace(REST, "").replace(FIRST, "Context will appear here."))
    assert draft.context == ""
    assert "context" in draft.pending


def test_a_placeholder_among_prose_goes_and_the_prose_stays() -> None:
    draft = parse(PAGE.replace(REST, f"{REST} Lorem ipsum dolor. More soon."))
    assert blocks(draft.context) == [f"{REST} More soon."]


def test_a_tk_inside_a_sentence_stays_and_is_reported() -> None:
    draft = parse(PAGE.replace("A$1.5bn", "TK pounds"))
    assert "TK pounds" in draft.context
    assert "placeholder-left" in codes(draft)


def test_a_headline_of_its_own_stays_as_it_is() -> None:
    own = "Trains come back to the lake after forty years."
    draft = parse(PAGE.replace(f"What happened:{TOLD} {FIRST} Under the…", own))
    assert blocks(draft.lede) == [own]
    assert draft.standfirst == TOLD
    assert blocks(draft.context) == [f"{FIRST} {REST}"]


def test_a_headline_cut_off_with_nothing_to_complete_it_is_kept_and_reported() -> None:
    draft = parse(PAGE.replace(f"What happened:{TOLD} {FIRST} Under the…", "A ferry may foll…"))
    assert blocks(draft.lede) == ["A ferry may foll…"]
    assert "cut" in codes(draft)


def test_an_old_label_inside_a_section_still_opens_its_own() -> None:
    draft = parse(PAGE.replace(REST, f"{REST}\nWhy it matters: Rails rust."))
    assert blocks(draft.context) == [REST]
    assert blocks(draft.analysis)[0] == "Rails rust."


def test_sections_under_also_read_are_links() -> None:
    draft = parse(f"{PAGE}\nAlso Read\n\nA bridge for Marshton\n\nTwo ferries sold\n")
    assert [row.label for row in draft.related][2:] == ["A bridge for Marshton", "Two ferries sold"]


def test_filled_rows_are_read() -> None:
    page = PAGE.replace("Editorial author not yet assigned.", "Wes Tide and Ada Marsh").replace(
        "Actions\n\nPending intelligence enrichment.", "Actions\n\n• Ask for the tender.\n"
    )
    draft = parse(page)
    assert draft.authors == ("Wes Tide", "Ada Marsh")
    assert draft.actions == ("Ask for the tender.",)
    assert draft.pending == ("evidence",)


def test_evidence_under_its_heading_becomes_candidates() -> None:
    page = PAGE.replace(
        "Evidence\n\nPending intelligence enrichment.", "Evidence\n\nThe filing of 3 May."
    )
    assert [row.claim for row in parse(page).evidence] == ["The filing of 3 May."]


def test_every_field_tells_where_it_came_from() -> None:
    origins = parse(PAGE).provenance
    assert origins["title"] == "first line of the page, line 3"
    assert "line 15" in origins["lede"]
    assert {"standfirst", "context", "analysis", "key_points", "related"} <= set(origins)
