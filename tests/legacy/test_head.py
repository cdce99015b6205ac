"""Title, byline, date, standfirst and picture: what stands above the text."""

from datetime import date

import pytest

from tests.legacy.reading import blocks, codes, parse

NEWS = "Marshton rebuilds its old weir in stone for A$1.5bn. It leaks."
SOURCE = "# source: https://post.example/{}\n-----\n"


# --- title ----------------------------------------------------------------------------------


def test_the_line_that_the_slug_names_is_the_title() -> None:
    page = SOURCE.format("en/weirs/marshton-s-weir-in-the-u-k/")
    draft = parse(f"{page}Harbour Post\nWeirs\nMarshton’s weir in the U.K.\n{NEWS}")
    assert draft.title == "Marshton’s weir in the U.K."
    assert [note.code for note in draft.notes].count("above-the-body") == 2


def test_a_sentence_that_begins_with_the_slug_gives_the_title() -> None:
    page = SOURCE.format("alder-raises-a15bn-for-a-hall")
    draft = parse(
        f"{page}Alder raises A$1.\nAlder raises A$1.5bn for a hall is tracked as a maker of halls "
        "in the world of halls.\n"
        f"• Alder plans a hall of glass by the lake, and later a second one.\n{NEWS}"
    )
    assert draft.title == "Alder raises A$1.5bn for a hall"
    assert "title-guessed" in codes(draft)
    assert draft.standfirst == "Alder plans a hall of glass by the lake, and later a second one."
    assert "tracked" not in draft.lede + draft.context


@pytest.mark.parametrize(
    ("address", "name", "title"),
    [
        ("weirs/the-rise-of-wrm-2-weirs/?amp=1", "7.txt", "The rise of WRM-2 weirs"),
        ("?p=12", "04-how-marshton-votes.txt", "How Marshton votes"),
        ("?p=12", "saved/pages/how_marshton_votes.html", "How Marshton votes"),
    ],
)
def test_a_page_without_a_title_gets_a_readable_one(address: str, name: str, title: str) -> None:
    page = f"{SOURCE.format(address)}• The WRM-2 is new in Marshton, and it is a weir.\n{NEWS}"
    draft = parse(page, name=name)
    assert draft.title == title
    assert "title-guessed" in codes(draft)


def test_the_breadcrumb_knows_the_title() -> None:
    draft = parse(f"Harbour Post\nHome » Weirs » A weir for Marshton\nA weir for Marshton\n{NEWS}")
    assert draft.title == "A weir for Marshton"
    assert blocks(draft.lede) == ["Marshton rebuilds its old weir in stone for A$1.5bn."]


def test_the_title_stands_above_the_byline() -> None:
    draft = parse(f"Harbour Post\nA weir for Marshton\nBy Wes Tide\n{NEWS}")
    assert draft.title == "A weir for Marshton"


def test_a_label_is_no_part_of_a_title() -> None:
    draft = parse(f"<h1>What happened:Marshton has a weir</h1><p>{NEWS}</p>")
    assert draft.title == "Marshton has a weir"


@pytest.mark.parametrize(
    "html",
    [
        "<h1>A weir for Marshton</h1>",
        '<head><meta property="og:title" content="A weir for Marshton"><title>x</title></head>',
        "<title>A weir for Marshton | Harbour Post</title>",
        '<meta property="og:site_name" content="Post"><title>A weir for Marshton - Post</title>',
    ],
)
def test_titles_of_markup(html: str) -> None:
    assert parse(f"{html}<p>{NEWS}</p>").title == "A weir for Marshton"


# --- byline ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "names", "on"),
    [
        ("By Ada MarshMarch 3, 2024No Comments3 Mins Read", ["Ada Marsh"], date(2024, 3, 3)),
        ("By Ada Marsh and Wes Tide | 3 March 2024", ["Ada Marsh", "Wes Tide"], date(2024, 3, 3)),
        (
            "By Ada de Marsh, Wes Tide & Pam Reed, Jr.",
            ["Ada de Marsh", "Wes Tide", "Pam Reed, Jr."],
            None,
        ),
        ("Written by: Ada Marsh", ["Ada Marsh"], None),
        ("By Ada Marsh Published on 2024-03-03", ["Ada Marsh"], date(2024, 3, 3)),
        ("Published: Mar. 3rd, 2024", [], date(2024, 3, 3)),
        ("3 Sept 2024", [], date(2024, 9, 3)),
        ("February 31, 2024", [], None),
    ],
)
def test_bylines(line: str, names: list[str], on: date | None) -> None:
    draft = parse(f"A weir for Marshton\n{line}\n{NEWS}")
    assert list(draft.authors) == names
    assert draft.published_on == on
    assert blocks(draft.lede) == ["Marshton rebuilds its old weir in stone for A$1.5bn."]


def test_an_imported_name_is_to_be_matched() -> None:
    draft = parse(f"A weir for Marshton\nBy Ada Marsh\n{NEWS}")
    assert "author-unknown" in codes(draft)
    assert "author" not in draft.pending


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    draft = parse("A weir for Marshton\n\nBy Monday the weir held. It is new.")
    assert draft.authors == ()
    assert blocks(draft.lede) == ["By Monday the weir held."]


def test_author_and_date_from_the_head_of_a_saved_page() -> None:
    draft = parse(
        '<meta name="author" content="Ada Marsh"><meta property="article:published_time" '
        f'content="2024-03-03T08:00:00Z"><h1>A weir for Marshton</h1><p>{NEWS}</p>'
    )
    assert (draft.authors, draft.published_on) == (("Ada Marsh",), date(2024, 3, 3))


# --- standfirst -----------------------------------------------------------------------------


def test_a_whole_sentence_of_the_summary_is_the_standfirst() -> None:
    html = f'<meta name="description" content="A town gets its weir. What happened: {NEWS[:40]}…">'
    draft = parse(f"{html}<h1>A weir for Marshton</h1><p>{NEWS}</p>")
    assert draft.standfirst == "A town gets its weir."


def test_a_key_point_stands_in_for_a_missing_standfirst() -> None:
    point = "The weir of 1870 gets new gates in May, and a ladder for salmon."
    draft = parse(f"A weir for Marshton\n• {point}\n{NEWS}")
    assert draft.standfirst == point
    assert "standfirst-copied" in codes(draft)


def test_else_the_first_whole_sentences_of_the_news() -> None:
    draft = parse(f"A weir for Marshton\n\n{NEWS}")
    assert draft.standfirst == "Marshton rebuilds its old weir in stone for A$1.5bn."


def test_a_sentence_too_long_is_cut_at_a_word() -> None:
    draft = parse(f"A weir for Marshton\n\nThe weir {'is very old and ' * 20}new. It leaks.")
    assert len(draft.standfirst) <= 220
    assert draft.standfirst.endswith((" and…", " old…", " very…", " is…"))


def test_the_only_news_becomes_the_lede() -> None:
    news = "The weir opens in May, said the keeper."
    draft = parse(f"A weir for Marshton\n{news}\nHeadline\nContext\nAnalysis\n")
    assert blocks(draft.lede) == [news]


# --- chrome and pictures --------------------------------------------------------------------


def test_the_template_of_the_site_is_left_out_and_listed() -> None:
    draft = parse(
        f"Skip to content\nHome » A weir for Marshton\na-weir-for-marshton\nA weir for Marshton\n"
        f"Share\nFacebook Twitter LinkedIn Pinterest Email\nNo Comments\n{NEWS}\nLeave a reply\n"
    )
    assert blocks(draft.context) == ["It leaks."]
    left_out = " ".join(note.message for note in draft.notes)
    for line in ("Skip to content", "Home »", "Facebook Twitter", "No Comments", "Leave a reply"):
        assert line in left_out


def test_a_slug_is_no_alt_text() -> None:
    draft = parse(f'<h1>A weir</h1><img src="/w.jpg" alt="a-weir-for-marshton"><p>{NEWS}</p>')
    assert draft.hero_alt == ""
    assert "alt-slug" in codes(draft)


def test_the_first_real_alt_text_is_kept() -> None:
    draft = parse(
        '<h1>A weir</h1><img src="/w.jpg" alt="weir_01.jpg"><img src="/x.jpg" alt="A weir in rain">'
        f"<p>{NEWS}</p>"
    )
    assert draft.hero_alt == "A weir in rain"
    assert [note.code for note in draft.notes].count("picture") == 1
