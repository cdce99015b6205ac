"""A feed and its items, told once; feed_formats.py writes each of them in three ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# Format, as in addresses → media type, and what readers call it.
MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
# When an empty feed changed: a date that moved would keep readers from ever being told 304.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class FormatConverter:
    """The end of a feed's address."""

    regex = "|".join(MEDIA_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Texts are plain, but for `content`, which is HTML with full addresses."""

    id: str  # the same for all editions and slugs
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    authors: Sequence[Person]
    tags: Sequence[str] = ()
    picture: Mapping[str, Any] | None = None  # pictures.widest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """`page` is what it is about, `url` its own address in the format that is asked for."""

    id: str
    url: str
    page: str
    title: str
    description: str
    language: str
    icon: str
    publisher: Person
    items: Sequence[Item]

    @property
    def updated(self) -> datetime:
        return max((item.updated for item in self.items), default=NEVER)
