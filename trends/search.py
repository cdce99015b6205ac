"""Search, as far as it needs no database: what was asked, which words of a text to mark, and which
word was meant.

The language is small: words that must all be there (the last one may be unfinished), "phrases" in
quotation marks, -words that must not be there. Any other sign is harmless.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .text import normalise

LONGEST = 200  # characters of what is asked
UNFINISHED = 3  # letters from which on the last word may be unfinished; fewer begin too many words
CLOSE = 0.75  # how alike two words are that may be meant for each other, of 1
WORTH_CORRECTING = 4  # letters
# A snippet is looked for in so many characters of a text and at so many places.
LOOKED_AT, PLACES = 50_000, 200
_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that stand side by side: "wi fi" of wi-fi. is_prefix: the last may go on."""

    words: str
    is_prefix: bool = False

    @property
    def folded(self) -> list[str]:
        return fold(self.words).split()


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted` must all be there (or one of them, with is_any), `without` none of them."""

    wanted: tuple[Unit, ...] = ()
    without: tuple[Unit, ...] = ()
    is_any: bool = False

    def __bool__(self) -> bool:
        """Whether it asks for anything: there is no list of all that lacks a word."""
        return bool(self.wanted)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; is_marked: it is what was asked for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a text that was asked for: where it begins and ends, and as part of what."""

    start: int
    end: int
    units: set[int]


def parse(text: str) -> Query:
    """What was asked, from whatever was typed."""
    wanted: list[Unit] = []
    without: list[Unit] = []
    for minus, phrase, word in _PART.findall(normalise(text).translate(_QUOTES)):
        is_out = bool(minus) or (word.startswith("-") and len(word) > 1)
        if words := " ".join(_WORD.findall(word or phrase)):
            (without if is_out else wanted).append(Unit(words, bool(word) and not is_out))
    last = wanted[-1] if wanted else None
    whole = [Unit(unit.words) for unit in wanted]
    if last and last.is_prefix and len(last.words) >= UNFINISHED:
        whole[-1] = last
    return Query(tuple(dict.fromkeys(whole)), tuple(dict.fromkeys(without)))


def fold(text: str) -> str:
    """Small letters without accents, as both indexes compare them."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()


# --- marking ----------------------------------------------------------------------------------


def marked(text: str, query: Query) -> list[Part]:
    """The whole text, with what was asked for marked."""
    return list(_parts(text, _found(text, query), 0, len(text)))


def snippet(texts: Sequence[str], query: Query, size: int = 240) -> list[Part]:
    """A stretch of the text that holds most of what was asked for, the first of equals; [] when
    none holds any of it."""
    best: tuple[int, str, list[Found], int] | None = None
    for text in texts:
        found = _found(text[:LOOKED_AT], query)
        for place, word in enumerate(found[:PLACES]):
            if best and best[0] == len(query.wanted):
                break
            held = _held(found[place : place + 40], word.start + size * 3 // 4)
            if best is None or held > best[0]:
                best = (held, text, found, word.start)
    if best is None:
        return []
    _, text, found, at = best
    start, end = _stretch(text, at, size)
    parts = list(_parts(text, found, start, end))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return [Part(before)] * bool(before) + parts + [Part(after)] * bool(after)


def _held(found: Iterable[Found], end: int) -> int:
    """How many units stand before a place."""
    return len(set[int]().union(*(word.units for word in found if word.end <= end)))


def _stretch(text: str, at: int, size: int) -> tuple[int, int]:
    """From a line's or a word's beginning shortly before a place, to the end of a word."""
    start = max(0, at - size // 4)
    if (line := text.rfind("\n", start, at)) >= 0:
        start = line + 1
    elif start:
        start = text.find(" ", start, at) + 1 or at
    end = min(len(text), start + size)
    if end < len(text):
        end = max(text.rfind(" ", at, end), text.rfind("\n", at, end))
        end = end if end > at else min(len(text), start + size)
    return start, end


def _found(text: str, query: Query) -> list[Found]:
    """The words of a text that were asked for, in order."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [fold(text[start:end]) for start, end in spans]
    units: dict[int, set[int]] = {}
    for number, unit in enumerate(query.wanted):
        asked = unit.folded
        for place in _places(words, asked, unit.is_prefix):
            for word in range(place, place + len(asked)):
                units.setdefault(word, set()).add(number)
    return [Found(*spans[word], units[word]) for word in sorted(units)]


def _places(words: list[str], asked: list[str], is_prefix: bool) -> Iterator[int]:
    """Where the words stand side by side, the last one perhaps as a beginning."""
    *before, last = asked
    for place, word in enumerate(words[len(before) :]):
        ends = word.startswith(last) if is_prefix else word == last
        if ends and words[place : place + len(before)] == before:
            yield place


def _parts(text: str, found: list[Found], start: int, end: int) -> Iterator[Part]:
    """Neighbours that were found are marked as one."""
    hits = [word for word in found if word.start >= start and word.end <= end]
    at = start
    while hits:
        first = last = hits.pop(0)
        while hits and not text[last.end : hits[0].start].strip():
            last = hits.pop(0)
        if first.start > at:
            yield Part(text[at : first.start])
        yield Part(text[first.start : last.end], is_marked=True)
        at = last.end
    if at < end:
        yield Part(text[at:end])


# --- a word that was meant ----------------------------------------------------------------------


def beginnings(query: Query) -> Query:
    """Texts with any word that begins as one of these does: where the word that was meant may
    stand. False where no word is long enough to be mistaken for another."""
    words = [word for unit in query.wanted for word in unit.words.split()]
    long = [word for word in words if len(word) >= WORTH_CORRECTING]
    units = [Unit(word[: len(word) // 2], is_prefix=True) for word in long]
    return Query(tuple(dict.fromkeys(units)), is_any=True)


def corrected(text: str, texts: Iterable[str]) -> str:
    """What was asked, each word that stands in none of the texts replaced by the one most like
    it; "" when there is nothing to correct."""
    spelt = Counter[str](word for read in texts for word in _WORD.findall(read))
    known: dict[str, tuple[int, str]] = {}
    for word, count in spelt.items():
        folded = fold(word)
        known[folded] = max(known.get(folded, (0, "")), (count, word))

    def better(match: re.Match[str]) -> str:
        return _meant(match[0], known) or match[0]

    changed = _WORD.sub(better, normalise(text))
    return changed if fold(changed) != fold(normalise(text)) else ""


def _meant(word: str, known: dict[str, tuple[int, str]]) -> str:
    asked = fold(word)
    if asked in known or len(asked) < WORTH_CORRECTING or asked.isdigit():
        return ""
    letters, scores = set(asked), list[tuple[float, int, str]]()
    matcher = SequenceMatcher(b=asked, autojunk=False)
    for other, (count, spelling) in known.items():
        if abs(len(other) - len(asked)) > 2 or len(letters.symmetric_difference(other)) > 4:
            continue
        matcher.set_seq1(other)
        if (ratio := matcher.ratio()) >= CLOSE:
            scores.append((round(ratio, 2), count, spelling))
    return max(scores)[2] if scores else ""
