"""Lists of the API: a page of rows and the address of the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..context import absolute
from ..corrections import shown
from ..paging import Page, link
from .asked import AFTER
from .kinds import URL, Shape, field, many, maybe
from .parts import AUTHOR, CORRECTION, TOPIC
from .trend_shapes import ENTRY

SIZE = 100  # of topics and authors


@dataclass(frozen=True, slots=True)
class Listing:
    """`next`: the full address of the next page, "" on the last one."""

    rows: Sequence[Any]
    next: str


def _list(name: str, rows: str, shape: Shape) -> Shape:
    return Shape(
        name,
        f"A page of {rows}.",
        **{rows: field(many(shape), read=lambda found: found.rows)},
        next=field(maybe(URL), "The next page; null on the last."),
    )


TRENDS = _list("TrendList", "trends", ENTRY)
TOPICS = _list("TopicList", "topics", TOPIC)
AUTHORS = _list("AuthorList", "authors", AUTHOR)
CORRECTIONS = _list("CorrectionList", "corrections", CORRECTION)


def by_date(found: Page) -> Listing:
    return Listing(found.rows, absolute(found.older_url) if found.older_url else "")


def corrections(found: Page) -> Listing:
    return Listing([shown(row) for row in found.rows], by_date(found).next)


def by_slug(rows: Any, path: str, asked: Mapping[str, str]) -> Listing:
    """A page of topics or authors: those whose slug comes after the one asked for."""
    found = list(rows.after_slug(asked.get(AFTER, ""))[: SIZE + 1])
    shown = found[:SIZE]
    more = absolute(link(path, {AFTER: shown[-1].slug})) if len(found) > SIZE else ""
    return Listing(shown, more)
