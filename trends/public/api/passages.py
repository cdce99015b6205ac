"""The texts of a trend: pressed, in plain words, and what they cite."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ... import richtext
from ...models import Edition
from ...pages import TrendPage
from ...pages.parts import Section
from ...snapshot import LABELS, PROSE, Row
from ..full_text import alone


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a trend. `row`: the action that it belongs to."""

    html: str
    text: str
    cites: list[int]
    row: Row


def cited(edition: Edition, source: str) -> list[int]:
    """Numbers of the evidence that a text cites, each once. `source`: before it was pressed."""
    known = {proof["number"] for proof in edition.content["evidence"]["rows"]}
    return [number for number in dict.fromkeys(richtext.cited(source)) if number in known]


def prose(page: TrendPage) -> list[tuple[TrendPage, Section]]:
    """What stands in a trend, in reading order; without what is pending."""
    found = [section for section in page.sections if not section.is_pending]
    if page.backstory:
        name = "backstory"
        found.append(Section(name, LABELS[name], "how-we-know", False, page.backstory))
    return [(page, section) for section in found]


def text_of(pair: tuple[TrendPage, Section]) -> Passage | None:
    """None of a section that is rows."""
    page, section = pair
    if section.name not in PROSE:
        return None
    edition, source = page.edition, page.edition.content[section.name]["text"]
    html = str(alone(edition, section.html))
    return Passage(html, richtext.plain(source), cited(edition, source), {})


def rows(page: TrendPage, name: str) -> Iterable[Any]:
    return next((section.rows for section in page.sections if section.name == name), ())


def passages(page: TrendPage, name: str) -> list[Passage]:
    """Of the rows of a section, whose texts are plain."""
    edition = page.edition
    pairs = zip(edition.html[name], edition.content[name]["rows"], strict=True)
    return [
        Passage(str(alone(edition, html)), words(row["text"]), cited(edition, row["text"]), row)
        for html, row in pairs
    ]


def words(text: str) -> str:
    return " ".join(richtext.CITATION.sub("", text).split())


def pending(page: TrendPage) -> list[str]:
    """Nothing where the site says nothing of it."""
    if settings.NEWSROOM_SHOW_PENDING == "off":
        return []
    return [section.name for section in page.sections if section.is_pending]


def of_passage(name: str, *, otherwise: Any = None) -> Any:
    def read(pair: tuple[TrendPage, Section]) -> Any:
        found = text_of(pair)
        return getattr(found, name) if found else otherwise

    return read
