"""Where the title of an "Also Read" ends.

In order of trust: the anchor (1.0), a known title (1.0), the next marker (0.95), the end of the
block (0.9), the first full stop (0.6), a word that opens sentences (0.5).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..text import OPENERS, split_sentences
from .blocks import WORDS, Block, is_finished

SURE = 0.9  # below it a person should look
LONGEST = 200  # characters; what the database holds of a label
_WINDOW = 600  # characters in which a title must end
_BEFORE_ANCHOR = re.compile('[\\s:\uff1a\u2013\u2014|"\u201c-]*')
_AFTER_ANCHOR = re.compile('["\u201d]?[.]?(?=\\s|$)')
_BEFORE_TITLE = re.compile("[\\s:\uff1a\u2013\u2014|-]*")
_BETWEEN_ANCHORS = re.compile(r"\s*[,;|/\u00b7]\s*")
_WORD = re.compile(r"\S+")
_FIFTH = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link in a block; one may be made of several runs."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Marker:
    """An "Also Read" at `start` to `end` of a text; its title ends before `limit`.

    `followed`: the limit is another marker, not the end of the block.
    """

    text: str
    start: int
    end: int
    limit: int
    followed: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a title begins and ends in its block, and how sure the end is.

    Its own quotation mark or full stop may follow: the prose goes on at `beyond`.
    """

    start: int
    end: int
    beyond: int
    confidence: float
    href: str = ""


def endings(marker: Marker, anchors: Sequence[Anchor], known: frozenset[str]) -> list[Ending]:
    """One ending, or one for each of several anchors; none when there is no title."""
    if linked := _linked(marker, anchors):
        return linked
    before = _BEFORE_TITLE.match(marker.text, marker.end, marker.limit)
    begin = before.end() if before else marker.end
    window = marker.text[begin : marker.limit].rstrip()
    if not WORDS.search(window):
        return []
    length, confidence = _title_length(window, marker.followed, known)
    return [Ending(begin, begin + length, begin + length, confidence)]


def _linked(marker: Marker, anchors: Sequence[Anchor]) -> list[Ending]:
    """The anchors that follow a marker at once, or the one that the marker itself is in."""
    result: list[Ending] = []
    position, between = marker.end, _BEFORE_ANCHOR
    for anchor in anchors:
        if anchor.end <= position or anchor.start >= marker.limit:
            continue
        gap = between.match(marker.text, position)
        if anchor.start > position and (gap is None or gap.end() < anchor.start):
            break
        start = max(anchor.start, position)
        result.append(Ending(start, anchor.end, anchor.end, 1.0, anchor.href))
        position, between = anchor.end, _BETWEEN_ANCHORS
    if result and (mark := _AFTER_ANCHOR.match(marker.text, position)):
        result[-1] = replace(result[-1], beyond=mark.end())
    return result


def _title_length(window: str, marker_follows: bool, known: frozenset[str]) -> tuple[int, float]:
    if length := _known_length(window, known):
        return length, 1.0
    if is_title(window) and not (is_finished(window) and _opener_at(window)):
        return len(window), 0.95 if marker_follows else SURE
    first = split_sentences(window[:_WINDOW])[0]
    if opener := _opener_at(first):
        return opener, 0.5
    if len(first) <= LONGEST:
        return len(first), 0.6
    return len(window[:LONGEST].rpartition(" ")[0]) or LONGEST, 0.3


def is_title(text: str) -> bool:
    return len(text) <= LONGEST and len(split_sentences(text)) == 1


def _known_length(window: str, known: frozenset[str]) -> int:
    """The longest known title that the window begins with, if nothing or a sentence follows."""
    straight = window.translate(_QUOTES).lower()
    if len(straight) != len(window):  # a capital whose small form has two letters
        return 0
    first = WORDS.search(straight)
    for title in _by_first_word(known).get(first[0] if first else "", ()):
        after = window[len(title) :].lstrip(" .")
        if straight.startswith(title) and (
            not after or not (after[0].islower() or after[0] in ",;:")
        ):
            return len(title)
    return 0


@lru_cache(maxsize=4)
def _by_first_word(known: frozenset[str]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for title in sorted((t.translate(_QUOTES).lower() for t in known), key=len, reverse=True):
        if first := WORDS.search(title):
            result.setdefault(first[0], []).append(title)
    return result


def _opener_at(text: str) -> int:
    """Where, from the fifth word on, a new sentence seems to begin; 0 when nowhere.

    "… 7 July, 2025 This partnership could": a capital opener (or any capital after a year), small
    letters after it. In a title with capitals throughout the next word has one too.
    """
    words = list(_WORD.finditer(text[:_WINDOW]))
    for number in range(_FIFTH, len(words) - 2):
        word, before = words[number][0], words[number - 1][0]
        opens = word.lower() in OPENERS or bool(_YEAR.fullmatch(before))
        if (
            word[0].isupper()
            and opens
            and _goes_on_small(words[number + 1][0], words[number + 2][0])
        ):
            return words[number].start()
    return 0


def _goes_on_small(first: str, second: str) -> bool:
    if first[0].isupper() and not first.rstrip(".,").isupper():
        return False
    return not (first[0].isupper() and second[0].isupper())


def anchors_of(block: Block) -> list[Anchor]:
    result: list[Anchor] = []
    offset = 0
    for run in block.runs:
        end = offset + len(run.text)
        if run.href and result and (result[-1].end, result[-1].href) == (offset, run.href):
            result[-1] = replace(result[-1], end=end)
        elif run.href:
            result.append(Anchor(offset, end, run.href))
        offset = end
    return result
