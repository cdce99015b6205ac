"""Placeholders of the former templates mean "empty": an empty section says it better."""

from collections.abc import Iterable

from ..text import find_doubtful, find_placeholders
from .blocks import WORDS, Block, cut, folded, rejoined, sentence_spans
from .findings import Findings, at

_SIGNS = 5  # characters: "TK", "xxx" and their like stand inside sentences that say more


def without_placeholders(blocks: Iterable[Block], section: str, found: Findings) -> list[Block]:
    """Sentences that only hold a place go; a TK inside a sentence stays and is reported."""
    kept = []
    for block in blocks:
        parts = list[Block]()
        for start, end in sentence_spans(block.text):
            part = cut(block, start, end)
            if _holds_a_place(part.text):
                found.left_out(
                    part.text,
                    line=block.line,
                    why="placeholder",
                    code="placeholder",
                    section=section,
                )
            else:
                _report_signs(part, section, found)
                parts.append(part)
        rest = rejoined(block, parts)
        if WORDS.search(rest.text):
            kept.append(rest)
    return kept


def _holds_a_place(sentence: str) -> bool:
    marks = [*find_placeholders(sentence), *find_doubtful(sentence)]
    said = folded(sentence)
    return any(len(mark) > _SIGNS or folded(mark) == said for mark in marks)


def _report_signs(block: Block, section: str, found: Findings) -> None:
    for mark in find_placeholders(block.text):
        found.note(
            "placeholder-left",
            section,
            f"“{mark}” stands for missing words, {at(block.line)}: “{block.text}”",
            "Write the missing words or remove the sentence.",
        )
