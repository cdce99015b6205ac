"""What the tests of the importer share: a page to parse, and the plain words of a draft."""

import html
import re
from collections.abc import Collection
from dataclasses import asdict

from trends.legacy.draft import Draft
from trends.legacy.parse import parse_page

_BLOCK_TAG = re.compile(r"</?(?:p|h3|ul|ol|li|blockquote)>")
_TAG = re.compile(r"<[^>]+>")
PROSE = ("lede", "context", "analysis")


def parse(
    text: str,
    *,
    name: str = "a-short-walk.txt",
    known_titles: Collection[str] = (),
    noise: Collection[str] = (),
) -> Draft:
    return parse_page(text, name=name, known_titles=known_titles, noise=noise)


def plain(value: str) -> str:
    """The text of rendered HTML, a line a block."""
    return html.unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", value)))


def blocks(value: str) -> list[str]:
    return [line for line in plain(value).split("\n") if line.strip()]


def sections(draft: Draft) -> dict[str, str]:
    """Every text that a reader would see, by its field."""
    told = {name: plain(getattr(draft, name)) for name in PROSE}
    rows = [*draft.key_points, *draft.actions]
    return told | {"standfirst": draft.standfirst, "rows": "\n".join(rows)}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def everything(draft: Draft) -> str:
    """All that a draft keeps of its source, notes and provenance too."""
    values = asdict(draft)
    prose = [plain(values.pop(name)) for name in PROSE]
    # Not a mere space: the end of one value and the start of the next may read as a label.
    return " | ".join([*prose, *map(str, _leaves(values))])


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _leaves(part)]
    if isinstance(value, list | tuple):
        return [leaf for part in value for leaf in _leaves(part)]
    return [value]


def codes(draft: Draft) -> set[str]:
    return {note.code for note in draft.notes}
