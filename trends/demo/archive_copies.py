"""The bulk of a large archive: copies of the pieces that were written whole, made by the database.

A copy has a place, a title, a standfirst, an address and dates of its own; texts, topic and people
are those of its pattern. It has no revision: it gets its first one when somebody saves it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.utils.text import slugify

from .. import snapshot as plain
from ..models import Address, Article, Edition, EditionByline
from ..models.address import trend_path
from ..models.by_trigger import run
from ..models.content import ROW_NAMES
from ..snapshot import ROW_FIELDS
from . import archive_index
from .archive_words import retitled

# What differs from the pattern, a row for each copy.
_TABLE = """CREATE TEMPORARY TABLE archive_copies (
    legacy_id varchar(200), pattern bigint, pattern_edition bigint, was text, title text,
    slug text, at {moment}, digest text, made bigint, made_edition bigint)"""
_ROW = "INSERT INTO archive_copies VALUES (%s, %s, %s, %s, %s, %s, %s, %s, NULL, NULL)"
_FIND_ARTICLES = """UPDATE archive_copies SET made = (
    SELECT a.id FROM trends_article a WHERE a.legacy_id = archive_copies.legacy_id)"""
_FIND_EDITIONS = """UPDATE archive_copies SET made_edition = (
    SELECT e.id FROM trends_edition e WHERE e.article_id = archive_copies.made)"""


class Copy(NamedTuple):
    """What is to be made."""

    number: int
    legacy_id: str
    at: datetime


class Pattern(NamedTuple):
    """A piece that is written whole; `canonical` is its public snapshot as its digest has it."""

    article: int
    edition: int
    title: str
    canonical: str


def patterns(legacy_ids: Sequence[str]) -> list[Pattern]:
    """In the order of the ids. Raises LookupError where one is gone or was changed: the same
    number must always tell the same story."""
    rows = Edition.objects.filter(article__legacy_id__in=legacy_ids).values_list(
        "article__legacy_id", "article_id", "pk", "title", "content", "digest"
    )
    found = {row[0]: row for row in rows}
    if len(found) != len(rows) or len(found) != len(legacy_ids):
        raise LookupError("Some of the first invented trends are gone or were published again")
    return [_pattern(*found[legacy_id][1:]) for legacy_id in legacy_ids]


def _pattern(article: int, edition: int, title: str, content: Any, digest: str) -> Pattern:
    if plain.digest(content) != digest:
        raise LookupError(f"The invented trend “{title}” was changed")
    return Pattern(article, edition, title, plain.canonical(content))


class Copier:
    """Makes copies of the patterns, in transactions of its caller's size."""

    def __init__(self, known: Sequence[Pattern]) -> None:
        self.patterns = known
        moment = Edition._meta.get_field("live_from").db_type(connection)
        run(connection, "DROP TABLE IF EXISTS archive_copies")
        run(connection, _TABLE.format(moment=moment))
        archive_index.prepare(connection, [pattern.edition for pattern in known])

    def write(self, copies: Sequence[Copy]) -> None:
        with transaction.atomic():
            run(connection, "DELETE FROM archive_copies")
            with connection.cursor() as cursor:
                cursor.executemany(_ROW, [self._row(copy) for copy in copies])
            if connection.vendor == "postgresql":  # it would guess how many there are
                run(connection, "ANALYZE archive_copies")
            self._articles()
            with archive_index.in_bulk(connection):
                self._editions()

    def _row(self, copy: Copy) -> tuple[Any, ...]:
        """The same text as it will be after the replacing that the database does."""
        pattern = self.patterns[copy.number % len(self.patterns)]
        title = retitled(pattern.title, copy.number)
        changed = pattern.canonical.replace(pattern.title, title)
        return (
            copy.legacy_id, pattern.article, pattern.edition, pattern.title, title,
            slug_of(title, copy.number), connection.ops.adapt_datetimefield_value(copy.at),
            plain.digest_of(changed),
        )  # fmt: skip

    def _articles(self) -> None:
        _copy(Article, "p.id = c.pattern", {
            "legacy_id": "c.legacy_id", "title": "c.title", "slug": "c.slug",
            "standfirst": "replace(p.standfirst, c.was, c.title)", "public_digest": "c.digest",
            "created_at": "c.at", "updated_at": "c.at",
        })  # fmt: skip
        run(connection, _FIND_ARTICLES)
        for section in ROW_FIELDS:
            model: Any = Article._meta.get_field(ROW_NAMES[section]).related_model
            _copy(model, "p.article_id = c.pattern", {"article_id": "c.made"})

    def _editions(self) -> None:
        content = "replace(p.content, c.was, c.title)"
        if connection.vendor == "postgresql":
            content = "replace(p.content::text, c.was, c.title)::jsonb"
        moments = ("live_from", "pressed_at", "first_published_at", "public_updated_at")
        # In the order of the search index, which FTS5 writes many times as quickly.
        _copy(Edition, "p.id = c.pattern_edition", {
            "article_id": "c.made", "revision_id": "NULL", "title": "c.title", "slug": "c.slug",
            "standfirst": "replace(p.standfirst, c.was, c.title)", "content": content,
            "digest": "c.digest", **dict.fromkeys(moments, "c.at"),
        })  # fmt: skip
        run(connection, _FIND_EDITIONS)
        _copy(EditionByline, "p.edition_id = c.pattern_edition", {"edition_id": "c.made_edition"})
        path = trend_path("SLUG").split("SLUG")
        _copy(Address, "p.article_id = c.pattern", {
            "article_id": "c.made", "path": f"'{path[0]}' || c.slug || '{path[1]}'",
        })  # fmt: skip


def slug_of(title: str, number: int) -> str:
    return f"{slugify(title)[:100].strip('-')}-{number}"


def _copy(model: type[models.Model], same: str, changed: dict[str, str]) -> None:
    """Rows of a pattern `p` for each copy `c`; column → SQL of what is not the pattern's."""
    quote = connection.ops.quote_name
    fields: Any = model._meta.concrete_fields
    columns = [field.column for field in fields if not field.primary_key]
    values = [changed.get(column, f"p.{quote(column)}") for column in columns]
    table = quote(model._meta.db_table)
    run(
        connection,
        f"INSERT INTO {table} ({', '.join(map(quote, columns))}) SELECT {', '.join(values)} "
        f"FROM archive_copies c JOIN {table} p ON {same} ORDER BY c.at",
    )
