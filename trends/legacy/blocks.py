"""Blocks: the paragraphs, headings, list items and quotations of a page, with their links."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ..text import split_sentences

Kind = Literal["p", "h", "ul", "ol", "quote"]
WORDS = re.compile(r"\w+")
_PROSE_LENGTH = 60  # characters; a finished sentence that is shorter may be a title or a label
_BEFORE_MARK = re.compile(r"(?<=[\w)\u201d\u2019]) +(?=[,.;](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind; `href` is the address as it stands in the source."""

    text: str
    href: str = ""
    strong: bool = False
    em: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """`group` is shared by the items of one list and the paragraphs of one quotation.

    `line` is a line of the source, counted from 1; `level` that of an HTML heading, else 0.
    `flat`: from plain text, where a heading looks like any short line.
    """

    kind: Kind
    runs: tuple[Run, ...]
    line: int = 0
    group: int = 0
    level: int = 0
    flat: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_item(self) -> bool:
        return self.kind in ("ul", "ol")


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """White space as one reads it: single, none at the ends, none before a comma.

    The blank before a comma is what a stripped link leaves behind.
    """
    kept: list[Run] = []
    for run in runs:
        text = re.sub(r"\s+", " ", run.text)
        before = kept[-1].text if kept else " "
        if before.endswith(" ") or (re.match(r" [,.;](?:\s|$)", text) and WORDS.search(before[-1])):
            text = text.lstrip(" ")
        if text:
            kept.append(replace(run, text=_BEFORE_MARK.sub("", text)))
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def cut(block: Block, start: int, end: int | None = None) -> Block:
    """The part of a block between two offsets of its text, links kept."""
    end = len(block.text) if end is None else end
    runs, offset = [], 0
    for run in block.runs:
        length = len(run.text)
        if offset < end and offset + length > start:
            low, high = max(start - offset, 0), end - offset
            runs.append(replace(run, text=run.text[low:high]))
        offset += length
    return replace(block, runs=tidy(runs))


def rejoined(block: Block, parts: Iterable[Block]) -> Block:
    """A block of the parts of it that are kept, one space between them."""
    spaced = (run for part in parts for run in (Run(" "), *part.runs))
    return replace(block, runs=tidy(spaced))


def without(block: Block, start: int, end: int) -> Block:
    """A block less the part between two offsets."""
    return rejoined(block, [cut(block, 0, start), cut(block, end)])


def plain(kind: Kind, text: str, line: int = 0) -> Block:
    return Block(kind, tidy([Run(text)]), line)


def folded(text: str) -> str:
    """The bare words, to see whether two texts say the same."""
    return " ".join(WORDS.findall(text.casefold()))


def squashed(text: str) -> str:
    """Letters and digits only: an address and a title that say the same become equal."""
    return "".join(char for char in text.casefold() if char.isalnum())


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a block's text."""
    spans, position = [], 0
    for sentence in split_sentences(text):
        start = text.index(sentence, position)
        position = start + len(sentence)
        spans.append((start, position))
    return spans


def is_finished(text: str) -> bool:
    """Whether a text ends with the end of a sentence; "in the U.S." alone does not."""
    return len(split_sentences(f"{text} Xerxes")) > len(split_sentences(text))


def is_prose(text: str) -> bool:
    return len(text) >= _PROSE_LENGTH and is_finished(text)


def render(blocks: Sequence[Block]) -> str:
    """HTML of p, h3, blockquote, ul, ol, li, a, strong, em; addresses must be clean by now."""
    return "".join(_render_group(list(group)) for _, group in groupby(blocks, _group_key))


def _group_key(block: Block) -> tuple[str, int]:
    return (block.kind, block.group if block.kind in ("ul", "ol", "quote") else 0)


def _render_group(group: list[Block]) -> str:
    kind = group[0].kind
    if kind in ("ul", "ol"):
        return f"<{kind}>{''.join(_element('li', block) for block in group)}</{kind}>"
    if kind == "quote":
        return f"<blockquote>{''.join(_element('p', block) for block in group)}</blockquote>"
    return "".join(_element("h3" if kind == "h" else "p", block) for block in group)


def _element(tag: str, block: Block) -> str:
    return f"<{tag}>{''.join(_inline(block))}</{tag}>"


def _inline(block: Block) -> Iterator[str]:
    for run in block.runs:
        text = html.escape(run.text, quote=False)
        if block.kind != "h":
            text = f"<em>{text}</em>" if run.em else text
            text = f"<strong>{text}</strong>" if run.strong else text
        yield f'<a href="{html.escape(run.href)}">{text}</a>' if run.href else text
