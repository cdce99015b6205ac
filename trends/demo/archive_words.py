"""Invented trends by the thousand: the same number always tells the same story.

Sentences are put together from parts, so that some words stand in many pieces and some in few, as
in a real archive. Nobody and nothing in them exists.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from .. import richtext
from ..snapshot import ROW_FIELDS, Row, Snapshot, empty

TOPICS = (
    "Ports", "Rail", "Water", "Power grids", "Batteries", "Chips", "Data centres", "Satellites",
    "Fisheries", "Forests", "Housing", "Hospitals", "Schools", "Payments", "Insurance", "Courts",
    "Standards", "Privacy", "Robotics", "Materials", "Food", "Shipping", "Airports", "Weather",
)  # fmt: skip
_FIRST = "Alma Bruno Cleo Dario Edda Fenn Greta Hollis Imre Juno Kasia Lorcan Mirelle Nils Odile"
_LAST = "Varga Thornby Ekholm Castellane Oduvar Brandsted Quillon Marchetta Ulvik Sorrell Wyndt"
PEOPLE = tuple(f"{first} {last}" for last in _LAST.split() for first in _FIRST.split())

_START = "Ard Bel Cor Dun Esk Fal Gar Hol Ister Jarn Kel Lor Mar Nor Ost Pell Quen Ros Sel Tor"
_MIDDLE = "a e i o an en il or un ist"
_END = "bridge dale fjord gate haven ley mouth port stad wick holm moor vale sund"
_WHO = (
    "harbour board", "grid operator", "city council", "rail agency", "water company", "ministry",
    "port authority", "chip maker", "hospital trust", "school board", "payment network",
)  # fmt: skip
_DOES = (
    "orders", "delays", "doubles", "cancels", "opens", "pays for", "measures", "doubts",
    "moves", "splits", "leases", "audits",
)  # fmt: skip
_WHAT = (
    "the second quay", "its largest store of power", "a line for night trains", "cold storage",
    "a test of new meters", "the flood gates", "its spare turbines", "a hall for servers",
    "the ferry terminal", "a survey of old pipes", "the queue for connections", "its tenders",
)  # fmt: skip
_WHY = (
    "after a year of late deliveries", "as prices of steel fall", "to be ready before winter",
    "because nobody else would", "since the old one leaks", "against the advice of its auditors",
    "with money that was meant for roads", "now that the survey is out",
)  # fmt: skip
_MORE = (
    "The contract runs for {n} years and names no one who would pay for a delay.",
    "Of {n} bidders only two had built anything of that size.",
    "The figures of {place} show {n} hours without supply, half as many as the year before.",
    "A clause on page {n} lets either side leave without notice.",
    "People in {place} have asked for it since the last flood.",
    "The plan of {place} was {n} pages long; the one that passed has nine.",
    "What it costs to run stands in no paper that we have seen.",
    "If the first {n} months go well, {place} wants the same.",
    "Rents beside the site have risen by {n} per cent.",
    "Two of the engineers in {place} call the schedule hopeful.",
)
# A word that stands in most pieces, one in the first few of any archive alone, and one in none: to
# search for.
COMMON, RARE, ABSENT = "contract", "Quellmark", "zyzzyva"
GUESTS = 10  # pieces with RARE, all by the last of the authors, who has written no others
BRIEF = 0.6  # share of pieces that have a paragraph where others have three
_DO = ("Ask for the tender.", "Check your own contract.", "Read the annex.", "Book early.")
_WHOM = ("Residents", "Suppliers", "Planners", "Investors")
_KINDS = ("document", "report", "filing", "data", "statement")


def title(number: int) -> str:
    rng = _of_title(number)
    text = f"{_place(rng)} {rng.choice(_WHO)} {rng.choice(_DOES)} {rng.choice(_WHAT)}"
    return f"{text} {rng.choice(_WHY)}"[:120]


def retitled(known: str, number: int) -> str:
    """Another piece's title with this one's place."""
    return f"{_place(_of_title(number))} {known.partition(' ')[2]}"


def _of_title(number: int) -> Random:
    return Random(f"title {number}")


def story(number: int, *, topics: Sequence[int], authors: Sequence[int]) -> Snapshot:
    """A piece as plain data; ids of topics and authors to choose from.

    Most pieces are whole; some wait for their analysis, some for an author.
    """
    rng, text = Random(number), empty()
    heading, is_guests = title(number), number < GUESTS
    *regular, guest = authors
    text["head"] |= {
        "title": heading, "kind": rng.choice(("report", "analysis", "analysis")),
        "standfirst": f"{heading}. {_sentence(rng)}{f' {RARE} paid.' * is_guests}",
        "topic": _few_often(rng, topics),
    }  # fmt: skip
    proofs, most = range(1, rng.randint(2, 5)), 1 if rng.random() < BRIEF else 3
    for section, blocks in (("lede", 1), ("context", most), ("analysis", most)):
        if section != "analysis" or rng.random() > 0.1:
            text[section]["text"] = _prose(rng, blocks, proofs)
    text["evidence"]["rows"] = [_proof(rng, n) for n in proofs]
    points = [{"text": f"{_sentence(rng)} [[E1]]"} for _ in range(3)]
    text["key_points"]["rows"] = _rows("key_points", points)
    act = {"audience": rng.choice(_WHOM), "text": rng.choice(_DO), "timing": ""}
    text["actions"]["rows"] = _rows("actions", [act | {"review_on": None}])
    if rng.random() > 0.1:
        named = dict.fromkeys(_few_often(rng, regular) for _ in range(rng.choice((1, 1, 2))))
        named = {guest: None} if is_guests else named
        text["author"]["rows"] = _rows("author", [{"author": pk, "role": ""} for pk in named])
    return text


def _rows(section: str, values: list[Row]) -> list[Row]:
    # Keys need be unique only within a piece.
    return [{"key": f"{place:016x}"} | row for place, row in enumerate(values)]


def _proof(rng: Random, number: int) -> Row:
    place = _place(rng)
    said: dict[str, Any] = dict.fromkeys(ROW_FIELDS["evidence"], "") | {
        "number": number, "kind": rng.choice(_KINDS), "claim": _sentence(rng),
        "excerpt": _sentence(rng), "source_title": f"Minutes of {place}", "publisher": place,
        "url": f"https://{place.lower()}.example/papers/{rng.randint(1, 10**6)}",
        "dated_on": f"20{rng.randint(15, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "stance": "supports", "verdict": "unchecked", "disclosure": "named",
        "checked_at": None, "checked_by": None,
    }  # fmt: skip
    return {"key": f"{number:016x}"} | said


def _prose(rng: Random, blocks: int, proofs: range) -> str:
    lines = (f"{' '.join(_sentences(rng, 3))} [[E{rng.choice(proofs)}]]" for _ in range(blocks))
    return richtext.from_plain("\n\n".join(lines))


def _sentences(rng: Random, count: int) -> Iterator[str]:
    return (_sentence(rng) for _ in range(count))


def _sentence(rng: Random) -> str:
    return rng.choice(_MORE).format(n=rng.randint(2, 90), place=_place(rng))


def _place(rng: Random) -> str:
    return "".join(rng.choice(parts.split()) for parts in (_START, _MIDDLE, _END))


def _few_often(rng: Random, ids: Sequence[int]) -> int:
    """As in life: the first of them far more often than the last."""
    return ids[int(len(ids) * rng.random() ** 3)]
