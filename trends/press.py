"""Press: make of a public snapshot what an edition shows. Plain data in, plain data out."""

import html
from dataclasses import dataclass
from typing import Any

from . import richtext
from .snapshot import CITING_ROWS, PROSE, SECTIONS, Snapshot

# Raise it when the HTML below changes; `manage.py repress` then renews older editions.
RENDERER = 1


@dataclass(frozen=True, slots=True)
class Pressed:
    """`html`: section → HTML of the text, or list of HTML, one a row;
    `backlinks`: evidence number (as text) → anchors of its citations;
    `text`: the words of all sections; `words`: how many."""

    html: dict[str, Any]
    backlinks: dict[str, list[str]]
    text: str
    words: int


def press(content: Snapshot) -> Pressed:
    """Press a public snapshot. A citation of evidence that is not there leaves no mark."""
    linked = _Linker({row["number"] for row in content["evidence"]["rows"]})
    pressed: dict[str, Any] = {}
    for section in SECTIONS:
        if section in PROSE:
            text = richtext.clean(content[section]["text"])
            pressed[section] = richtext.map_text(text, linked.link)
        for name in CITING_ROWS.get(section, ()):
            rows = content[section]["rows"]
            pressed[section] = [linked.link(html.escape(row[name])) for row in rows]
    text = words_of(content)
    return Pressed(pressed, linked.backlinks, text, len(text.split()))


def words_of(content: Snapshot) -> str:
    """The words that readers read in the sections, in reading order, a line a block."""
    lines: list[str] = []
    for section in SECTIONS:
        if section in PROSE:
            lines.append(richtext.plain(content[section]["text"]))
        if section == "evidence":
            lines += [row[n] for row in content[section]["rows"] for n in ("claim", "excerpt")]
        for name in CITING_ROWS.get(section, ()):
            lines += [richtext.CITATION.sub("", row[name]) for row in content[section]["rows"]]
    return "\n".join(line for line in lines if line)


class _Linker:
    """Turns [[E2]] into a link to #e2 and remembers where the marks stand."""

    def __init__(self, numbers: set[int]) -> None:
        self.numbers = numbers
        self.backlinks: dict[str, list[str]] = {}

    def link(self, text: str) -> str:
        # A mark stays with the word before it: it must not begin a line.
        text = text.replace(" [[E", "\u00a0[[E")
        return richtext.CITATION.sub(lambda m: self._mark(int(m[1])), text)

    def _mark(self, number: int) -> str:
        if number not in self.numbers:
            return ""
        anchors = self.backlinks.setdefault(str(number), [])
        anchors.append(f"c{number}-{len(anchors) + 1}")
        return (
            f'<sup><a href="#e{number}" id="{anchors[-1]}" '
            f'aria-label="Evidence E{number}">E{number}</a></sup>'
        )
