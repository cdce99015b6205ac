"""Do two texts say nearly the same? Pure functions over plain words.

A text is taken as the set of its runs of three words (shingles), so that a changed name or a
moved sentence costs a few runs and not the likeness.
"""

import re
from collections.abc import Iterable

Shingles = frozenset[tuple[str, str, str]]
_WORDS = re.compile(r"\w+")
# With fewer runs, a common phrase would be most of the text.
ENOUGH = 12
NEARLY = 0.6


def shingles(*texts: str) -> Shingles:
    """Runs of folded words; no run goes from one text into the next."""
    return frozenset(run for text in texts for run in _runs(text))


def _runs(text: str) -> Iterable[tuple[str, str, str]]:
    words = _WORDS.findall(text.casefold())
    return zip(words, words[1:], words[2:], strict=False)


def likeness(one: Shingles, other: Shingles) -> float:
    """Between 0 and 1: the share of the shorter text that the longer one has too."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def nearly_same(one: Shingles, other: Shingles) -> bool:
    """Both are long enough to tell, and most of the shorter one stands in the other."""
    return min(len(one), len(other)) >= ENOUGH and likeness(one, other) >= NEARLY
