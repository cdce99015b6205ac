"""Blocks of the sections that are rows: key points, actions, author, evidence."""

from collections.abc import Iterable, Sequence

from ..text import split_sentences, whole_sentences
from .blocks import Block, Run
from .byline import looks_like_a_name, read_byline, split_names
from .draft import EvidenceDraft
from .findings import Findings

_ROW = 300  # what the database holds of a key point or an action
_CLAIM = 400


def rows(blocks: Iterable[Block], section: str, found: Findings) -> tuple[str, ...]:
    """A row a block; a block too long for a row gives one for each of its sentences."""
    result: list[str] = []
    seen: set[str] = set()
    for block in blocks:
        parts = [block.text] if len(block.text) <= _ROW else split_sentences(block.text)
        for part in parts:
            row = whole_sentences(part, _ROW)
            if row != part:
                why = f"too long for a row; “{row}” is kept"
                found.left_out(part, line=block.line, why=why, code="row-cut", section=section)
            if row in seen:
                found.left_out(row, line=block.line, why="twice", code="row-twice", section=section)
            else:
                seen.add(row)
                result.append(row)
    return tuple(result)


def authors(blocks: Iterable[Block], byline: Sequence[str], found: Findings) -> tuple[str, ...]:
    """Names, from the byline and the section Author; each still has to be matched with a person."""
    names = list(byline)
    for block in blocks:
        credit = read_byline(block.text)
        here = credit.authors if credit else split_names(block.text)
        if here and (credit or all(map(looks_like_a_name, here))):
            names += (name for name in here if name not in names)
        else:
            found.left_out(
                block.text, line=block.line, why="no name", code="author-unread", section="author"
            )
    for name in names:
        found.note(
            "author-unknown",
            "author",
            f"The page names “{name}” as author.",
            "Match the name with an author, or add one.",
        )
    return tuple(names)


def evidence(blocks: Iterable[Block], found: Findings) -> list[EvidenceDraft]:
    """A candidate a block of the section Evidence, with the first link in it."""
    result = []
    for block in blocks:
        link = next((run for run in block.runs if run.href), Run(""))
        claim = whole_sentences(block.text, _CLAIM)
        whole = block.text if claim != block.text else ""
        result.append(
            EvidenceDraft(
                kind="document",
                claim=claim,
                excerpt=whole,
                source_title=link.text.strip(),
                url=link.href if link.href.startswith("http") else "",
            )
        )
        found.came_from("evidence", "section Evidence", block.line)
    return result
