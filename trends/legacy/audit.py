"""What was read must have arrived: words of the draft that the article does not hold."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .. import richtext
from .build import Outcome
from .draft import Draft, Note


def audit(outcome: Outcome, draft: Draft) -> list[Note]:
    """Words of the draft that the article does not hold: what was read must have arrived."""
    if outcome.article is None or outcome.kept:
        return []
    told = set(_words(outcome.article.snapshot())) | set(_words([n.message for n in outcome.notes]))
    missing = []
    for section, texts in _words_of(draft).items():
        lost = [word for word in _words(list(texts)) if word not in told]
        if lost:
            message = f"Lost while it was written: “{' '.join(lost)}”."
            missing.append(Note("lost", section, message, "Copy it from the source by hand."))
    return missing


def _words(value: Any) -> Iterator[str]:
    """Every word in the strings of nested data."""
    if isinstance(value, str):
        yield from re.findall(r"\w+", richtext.plain(value))
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _words(part)


def _words_of(draft: Draft) -> dict[str, Sequence[str]]:
    prose = {name: (getattr(draft, name),) for name in ("lede", "context", "analysis")}
    return prose | {"head": (draft.title, draft.standfirst), "key_points": draft.key_points}
