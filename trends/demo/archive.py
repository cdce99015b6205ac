"""An archive of invented trends, written in bulk: what a site holds after years, in minutes.

Written as the verbs would leave it: a working copy with its rows and one revision, one edition in
force with bylines and its address. The search index follows. Nothing is planned for later: no
related trends, no checks of links.

The first WHOLE pieces are written one by one, those that follow are copies of them with a title,
an address and dates of their own (archive_copies.py).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.text import slugify

from .. import snapshot as plain
from ..models import Address, Article, Author, Edition, EditionByline, Revision, Topic
from ..models.address import trend_path
from ..models.content import ROW_NAMES, write
from ..models.states import Stage
from ..snapshot import HEAD_FIELDS, PROSE, ROW_FIELDS, SECTIONS, Snapshot
from . import made
from .archive_copies import Copier, Copy, patterns, slug_of
from .archive_words import GUESTS, PEOPLE, TOPICS, story, title

PREFIX = "archive:"
WHOLE = 1000  # pieces that are no copies; those of the guest are no patterns
BATCH, COPIES = 500, 5000  # pieces of one transaction
YEARS = 12


def pieces() -> int:
    """How many are here."""
    return Article.objects.filter(legacy_id__startswith=PREFIX).count()


def has_others() -> bool:
    """Pieces that are neither of an archive nor of the demo: somebody works here."""
    rows = Article.objects.exclude(legacy_id__startswith=PREFIX)
    return rows.exclude(pk__in=made.articles().values("pk")).exists()


def make(count: int, now: datetime) -> Iterator[int]:
    """Add so many pieces to those that are here, some in each transaction. Gives how many are
    done. Stopped and called again it goes on where it was. Raises LookupError where it can't."""
    here = pieces()
    last = here + count
    for done in _whole(here, min(last, WHOLE), now):
        yield done - here
    if last > WHOLE:
        copier = Copier(patterns([legacy_id(n) for n in range(GUESTS, WHOLE)]))
        for first in range(max(here, WHOLE), last, COPIES):
            numbers = range(first, min(first + COPIES, last))
            copier.write([Copy(n, legacy_id(n), _published(n, now)) for n in numbers])
            yield numbers.stop - here


def _whole(first: int, last: int, now: datetime) -> Iterator[int]:
    topics, authors = _topics(), _authors()
    for start in range(first, last, BATCH):
        numbers = range(start, min(start + BATCH, last))
        with transaction.atomic():
            _write([_Piece(n, now, topics, authors) for n in numbers])
        yield numbers.stop


def legacy_id(number: int) -> str:
    return f"{PREFIX}{number:08}"


def _topics() -> list[int]:
    rows = [Topic.objects.get_or_create(slug=slugify(n), defaults={"name": n})[0] for n in TOPICS]
    return [row.pk for row in rows]


def _authors() -> list[int]:
    found = (Author.objects.get_or_create(slug=slugify(n), defaults={"name": n}) for n in PEOPLE)
    return [author.pk for author, _ in found]


class _Piece:
    """The rows of one piece, not saved yet."""

    def __init__(
        self, number: int, now: datetime, topics: Sequence[int], authors: Sequence[int]
    ) -> None:
        self.content = content = story(number, topics=topics, authors=authors)
        self.at = at = _published(number, now)
        slug = slug_of(title(number), number)
        self.article = Article(
            slug=slug, legacy_id=legacy_id(number), version=1,
            stage=Stage.APPROVED, evidence_issued=len(content["evidence"]["rows"]),
        )  # fmt: skip
        for name in HEAD_FIELDS:
            write(self.article, name, content["head"][name])
        for name in PROSE:
            setattr(self.article, name, content[name]["text"])
        self.edition = Edition(
            live_from=at, pressed_at=at, slug=slug, first_published_at=at, public_updated_at=at
        )
        self.edition.absorb(plain.public(content))
        self.article.public_digest = self.edition.digest
        self.rows = {section: list(self._rows(section)) for section in ROW_FIELDS}

    def _rows(self, section: str) -> Iterator[Any]:
        model: Any = Article._meta.get_field(ROW_NAMES[section]).related_model
        for position, row in enumerate(self.content[section]["rows"]):
            instance = model(key=row["key"], position=position)
            for name in ROW_FIELDS[section]:
                write(instance, name, row[name])
            yield instance

    def belong(self) -> None:
        """Tell all rows which article they belong to: it has its id by now."""
        self.edition.article = self.article
        for row in (row for rows in self.rows.values() for row in rows):
            row.article = self.article

    def revision(self) -> Revision:
        content: Snapshot = self.content
        return Revision(
            article=self.article, number=1, content=content, digest=plain.digest(content),
            created_at=self.at, sections=list(SECTIONS),
        )  # fmt: skip

    def bylines(self) -> Iterator[EditionByline]:
        for place, row in enumerate(self.content["author"]["rows"]):
            yield EditionByline(edition=self.edition, author_id=row["author"], position=place)


def _published(number: int, now: datetime) -> datetime:
    """Spread over some years up to yesterday; more of late, as sites grow."""
    share: float = Random(f"date {number}").random() ** 0.5
    begin = now.astimezone(UTC) - timedelta(days=365 * YEARS)
    at = begin + timedelta(days=365 * YEARS - 1) * share
    return at.replace(microsecond=number % 10**6)


def _write(pieces: list[_Piece]) -> None:
    Article.objects.bulk_create([piece.article for piece in pieces])
    for piece in pieces:
        piece.belong()
    revisions = Revision.objects.bulk_create([piece.revision() for piece in pieces])
    for piece, revision in zip(pieces, revisions, strict=True):
        piece.edition.revision = revision
    Edition.objects.bulk_create([piece.edition for piece in pieces])
    # Django writes the time of saving into these two.
    at = Edition.objects.filter(article=OuterRef("pk")).values("live_from")
    written = Article.objects.filter(pk__in=[piece.article.pk for piece in pieces])
    written.update(created_at=Subquery(at), updated_at=Subquery(at))
    for section in ROW_FIELDS:
        rows = [row for piece in pieces for row in piece.rows[section]]
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
    EditionByline.objects.bulk_create(line for piece in pieces for line in piece.bylines())
    Address.objects.bulk_create(
        Address(path=trend_path(piece.article.slug), article=piece.article) for piece in pieces
    )
