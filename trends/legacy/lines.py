"""Plain text → blocks: one a line, wrapped lines joined, bullets told from prose."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..text import ALSO_READ
from .blocks import WORDS, Block, Run, cut, is_finished, tidy
from .labels import find_label

_GLYPHS = "\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u2219\u25a0"
_BULLET = re.compile(rf"(?:[{_GLYPHS}]\s*|[-*\u2013]\s+)(?=\S)")
_INNER_GLYPH = re.compile("\\s*[\u2022\u25cf\u25aa]\\s*(?=\\S)")
# "- First point.- Second point." lost its line end.
_INNER_DASH = re.compile(r"(?<=[.!?])\s*[-\u2013]\s+(?=[A-Z])")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){2,}")
_QUOTED = re.compile('[\u201c"].*[\u201d"][.,]?')


def read_lines(text: str, *, first_line: int = 1) -> list[Block]:
    found: list[tuple[int, list[str]]] = []
    gap = True
    for number, raw_line in enumerate(text.split("\n"), first_line):
        line = " ".join(raw_line.split())
        if not WORDS.search(line):
            gap = True
        elif not gap and _goes_on(found[-1][1][-1], line):
            found[-1][1].append(line)
        else:
            found.append((number, [line]))
            gap = False
    return [
        Block("p", tidy([Run(" ".join(lines))]), line=number, flat=True) for number, lines in found
    ]


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is the rest of a sentence that was wrapped."""
    return (
        line[0].islower()
        and not is_finished(before)
        and not before.endswith(":")
        and not SLUG.fullmatch(line)
        and not SLUG.fullmatch(before)
        and not ALSO_READ.match(line)
        and not _begins_with_label(line)
    )


def _begins_with_label(line: str) -> bool:
    label = find_label(line)
    return label is not None and label[0] == 0


def itemised(blocks: Iterable[Block]) -> list[Block]:
    """Paragraphs that begin with a bullet become list items, glued ones one each."""
    result: list[Block] = []
    group = -1  # below nought, so that it is never the group of a list in markup
    for block in blocks:
        for part in _parts(block, result[-1].text if result else ""):
            if part.is_item and part.group == 0:
                in_list = bool(result) and result[-1].is_item and result[-1].group < 0
                group = group if in_list else group - 1
                part = replace(part, group=group)
            result.append(part)
    return result


def _parts(block: Block, before: str) -> Iterator[Block]:
    text = block.text
    # "– Ann Lee, director" under a quotation names the speaker.
    if block.kind != "p" or (text[0] in "-\u2013" and _QUOTED.fullmatch(before)):
        yield block
        return
    bullet = _BULLET.match(text)
    inner = _INNER_DASH if bullet and text[0] not in _GLYPHS else _INNER_GLYPH
    start = bullet.end() if bullet else 0
    is_item = bool(bullet)
    for match in inner.finditer(text, start):
        yield from _item(cut(block, start, match.start()), is_item)
        start, is_item = match.end(), True
    yield from _item(cut(block, start), is_item)


def _item(block: Block, is_item: bool) -> Iterator[Block]:
    if block.runs:
        yield replace(block, kind="ul") if is_item else block
