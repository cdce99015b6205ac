"""Two people, one picture: what only one of them changed merges by itself."""

import json
from collections.abc import Mapping
from typing import Any

from ..models import Image

WORDS = (
    "alt_text", "decorative", "caption", "credit", "creator", "source_url", "licence",
    "rights_expire_on", "not_before", "ai_use",
)  # fmt: skip
FOCUS = ("focal_x", "focal_y")
Values = Mapping[str, Any]


def plain(name: str, value: Any) -> str:
    """A value as it stands in the form, so that two can be compared."""
    if name in FOCUS and isinstance(value, float):
        return f"{round(value * 100, 1):g}"
    return "" if value in (None, False) else str(value)


def base_of(image: Image) -> str:
    """What a form of the picture starts from, to be posted with it."""
    return json.dumps({name: plain(name, getattr(image, name)) for name in (*WORDS, *FOCUS)})


def read_base(posted: str) -> dict[str, str]:
    """The same read again; empty for what is none."""
    try:
        base = json.loads(posted)
    except (ValueError, RecursionError):
        return {}
    return base if isinstance(base, dict) else {}


def merged(base: Values, mine: Values, saved: Image) -> tuple[dict[str, Any], list[str]]:
    """Values for the fields that I left alone, as they are saved now; and the names of those
    that both changed, each to something else."""
    theirs, conflicts = {}, []
    for name in mine:
        now = getattr(saved, name)
        if plain(name, mine[name]) == base.get(name):
            theirs[name] = now
        elif plain(name, now) not in (base.get(name), plain(name, mine[name])):
            conflicts.append(name)
    return theirs, conflicts
