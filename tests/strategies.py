"""Snapshots for property-based tests: any content, any rows, citations of what is there."""

from typing import Any

from hypothesis import strategies as st

from trends.snapshot import PROSE, ROW_FIELDS, Snapshot, empty

WORDS = ("harbour", "copper", "relay", "quiet", "north", "meter", "valve", "ledger")
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
keys = st.integers(0, 2**32).map(lambda n: f"{n:016x}")
# Fields that hold something other than free text, with values of their type.
TYPED = {
    "kind": st.sampled_from(["filing", "data", "quote"]),
    "stance": st.sampled_from(["supports", "contradicts", "context"]),
    "independence": st.sampled_from(["", "independent", "own"]),
    "verdict": st.sampled_from(["unchecked", "disputed", "withdrawn"]),
    "disclosure": st.sampled_from(["named", "described", "internal"]),
    "dated_on": st.none() | st.dates().map(str),
    "review_on": st.none() | st.dates().map(str),
    "checked_at": st.none(),
    "checked_by": st.none(),
    "url": st.just("") | sentences.map(lambda s: "https://example.org/" + s.replace(" ", "-")),
    "archive_url": st.just(""),
}


def row(section: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: TYPED.get(name, sentences) for name in ROW_FIELDS[section]}
    return st.fixed_dictionaries({"key": keys} | fields)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Content without references to other rows of the database."""
    snapshot = empty()
    snapshot["head"] |= {
        "title": draw(sentences),
        "kind": "analysis",
        "standfirst": draw(sentences),
    }
    evidence = draw(st.lists(row("evidence"), max_size=4, unique_by=lambda r: r["key"]))
    for number, item in enumerate(evidence, start=1):
        item["number"] = number
    snapshot["evidence"]["rows"] = evidence
    for section in PROSE:
        snapshot[section]["text"] = draw(prose(len(evidence)))
    for section in ("key_points", "actions"):
        snapshot[section]["rows"] = draw(
            st.lists(row(section), max_size=3, unique_by=lambda r: r["key"])
        )
        for item in snapshot[section]["rows"]:
            item["text"] += draw(marks(len(evidence)))
    snapshot["actions"]["not_needed"] = draw(st.just("") | sentences)
    return snapshot


def marks(highest: int) -> st.SearchStrategy[str]:
    """Citations of some of the numbers 1 to `highest`."""
    if not highest:
        return st.just("")
    numbers = st.lists(st.integers(1, highest), max_size=2)
    return numbers.map(lambda chosen: "".join(f" [[E{n}]]" for n in chosen))


def prose(highest: int) -> st.SearchStrategy[str]:
    paragraph = st.tuples(sentences, marks(highest)).map(lambda p: f"<p>{p[0]}{p[1]}</p>")
    return st.lists(paragraph, max_size=3).map("".join)


@st.composite
def edits(draw: st.DrawFn, base: Snapshot) -> Snapshot:
    """What an editor may make of a snapshot: reorder, delete, add, change, cite what is new."""
    rows = [dict(r) for r in draw(st.permutations(base["evidence"]["rows"]))]
    rows = rows[: draw(st.integers(0, len(rows)))]
    highest = max((r["number"] for r in base["evidence"]["rows"]), default=0)
    added = draw(st.lists(row("evidence"), max_size=2, unique_by=lambda r: r["key"]))
    known = {r["key"] for r in base["evidence"]["rows"]}
    for item in (r for r in added if r["key"] not in known):
        highest += 1
        rows.append(item | {"number": highest})
    numbers = [r["number"] for r in rows]
    edited = base | {"evidence": base["evidence"] | {"rows": rows}}
    for section in PROSE:
        if draw(st.booleans()):
            mark = f" [[E{draw(st.sampled_from(numbers))}]]" if numbers else ""
            edited[section] = base[section] | {"text": f"<p>{draw(sentences)}{mark}</p>"}
    return edited
