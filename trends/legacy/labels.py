"""Headings and labels of the former templates, and the sections that they open."""

import re

from ..text import GLUED_LABEL, GLUED_WORDS, LABELS, either_case
from .blocks import Block, without
from .findings import Findings

# The later template printed each section under its heading.
HEADINGS = {
    "headline": "lede",
    "context": "context",
    "evidence": "evidence",
    "analysis": "analysis",
    "key points": "key_points",
    "actions": "actions",
    "author": "author",
    "also read": "related",
}
_TEMPLATE_FROM = 3  # so many of its headings make a page one of that template
_SECTION_OF = {**HEADINGS, **LABELS}
_ALWAYS = either_case(tuple(LABELS))
_ALONE = either_case(tuple(_SECTION_OF))
# What follows "?" is no label: "What's next for the index?"
_AT_START = re.compile(
    rf"(?P<label>{_ALWAYS})\s*(?:[:\uff1a]\s*|$)|(?P<alone>{_ALONE})\s*[:\uff1a?]?$"
)
# "Also Read:" with text behind it is a marker (links.py), not a heading.
_NEVER_A_MARKER = either_case(tuple(name for name in _SECTION_OF if name != "also read"))
_GLUED = re.compile(rf"{_NEVER_A_MARKER}[:\uff1a](?=\S)|{GLUED_WORDS}")


def is_heading(block: Block) -> bool:
    """Whether a block is a heading of the later template, alone on its line."""
    return not block.is_item and _canonical(block.text) in HEADINGS


def is_template(blocks: list[Block]) -> bool:
    return len({_canonical(b.text) for b in blocks if is_heading(b)}) >= _TEMPLATE_FROM


def find_label(text: str, start: int = 0) -> tuple[int, int, str] | None:
    """Start, end and section of the first label from an offset on, where a piece begins."""
    while start < len(text) and text[start].isspace():
        start += 1
    here = _AT_START.match(text, start) or _GLUED.match(text, start)
    match = here or GLUED_LABEL.search(text, start)
    return (match.start(), match.end(), _section(match[0])) if match else None


def without_labels(block: Block, field_name: str, found: Findings) -> Block:
    while label := find_label(block.text):
        words = block.text[label[0] : label[1]].strip()
        found.came_from(field_name, f"less the label “{words}”", block.line)
        block = without(block, label[0], label[1])
    return block


def _section(label: str) -> str:
    return _SECTION_OF.get(_canonical(label), "context")


def _canonical(label: str) -> str:
    label = re.sub("[\u2019\u2018\u02bc]", "'", label.casefold())
    return " ".join(label.strip(" :\uff1a?").split())


def is_what_happened(label: str) -> bool:
    return _canonical(label) == "what happened"
