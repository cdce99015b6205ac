"""Every text of a piece that readers may see, with the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .. import richtext
from ..snapshot import CITING_ROWS, LABELS, PROSE, ROW_FIELDS, SECTIONS, Row, Snapshot
from .facts import Facts, PictureFacts

_WORDS = re.compile(r"\w+")
_HEAD = ("title", "standfirst", "dateline", "disclosure", "sponsor", "ai_note")
_PICTURE = ("alt_text", "caption", "credit")
# What people type into rows and readers see; addresses are checked as addresses.
_ROWS = {
    "evidence": (
        "claim", "excerpt", "locator", "source_title", "publisher", "speaker", "speaker_role",
    ),
    "key_points": ("text",),
    "actions": ("audience", "text", "timing"),
    "author": ("role",),
    "related": ("label",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """`text`: plain, citation marks as typed; `cites`: whether it may carry citations."""

    section: str
    field: str
    key: str
    text: str
    cites: bool

    @property
    def words(self) -> str:
        """The text without citation marks."""
        return richtext.CITATION.sub("", self.text)

    @property
    def place(self) -> str:
        """Where it stands, for people: "Context", "the title"."""
        if self.field == "picture":
            return f"the words of picture {self.key}"
        if self.section != "head":
            return LABELS[self.section]
        return "the words of the picture" if self.key else f"the {self.field.replace('_', ' ')}"


def passages(snapshot: Snapshot, facts: Facts) -> Iterator[Passage]:
    """In reading order, without the empty ones and without what stays on the desk."""
    for passage in _all(snapshot, facts):
        if passage.text:
            yield passage


def _all(snapshot: Snapshot, facts: Facts) -> Iterator[Passage]:
    for name in _HEAD:
        yield Passage("head", name, "", snapshot["head"][name], cites=False)
    if facts.hero:
        yield from _of_picture("head", "hero", snapshot["head"]["hero"], facts.hero)
    for section in SECTIONS:
        if section in PROSE:
            yield from _of_prose(section, snapshot[section]["text"], facts)
        elif section in ROW_FIELDS:
            yield from _of_rows(section, snapshot[section]["rows"])


def _of_prose(section: str, html: str, facts: Facts) -> Iterator[Passage]:
    text = richtext.readable(richtext.without_pictures(html))
    yield Passage(section, "text", "", text, cites=True)
    for pk in richtext.pictures(html):
        if facts.pictures and pk in facts.pictures:
            yield from _of_picture(section, "picture", pk, facts.pictures[pk])


def _of_picture(section: str, field: str, pk: int, picture: PictureFacts) -> Iterator[Passage]:
    for name in _PICTURE:
        yield Passage(section, field, str(pk), getattr(picture, name), cites=False)


def _of_rows(section: str, rows: list[Row]) -> Iterator[Passage]:
    citing = CITING_ROWS.get(section, ())
    for row in rows:
        if row.get("disclosure") == "internal":
            continue
        for name in _ROWS[section]:
            yield Passage(section, name, row["key"], row.get(name, ""), cites=name in citing)


def folded(text: str) -> str:
    """The bare words, to see whether two texts say the same."""
    return " ".join(_WORDS.findall(text.casefold()))
