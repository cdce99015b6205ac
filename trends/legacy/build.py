"""Write a Draft as an article. Never publishes; the same piece again changes only what nobody
edited since; one transaction an item."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from ..models import Address, Article, LegacyDocument, RelatedLink
from ..models.address import Taken, known_as, trend_path
from ..models.making import free_slug
from ..snapshot import LABELS, SECTIONS
from .address import slug_of
from .content import content_of
from .draft import Draft, Note
from .parse import PARSER_VERSION

IMPORTED, UPDATED, UNCHANGED = "imported", "updated", "unchanged"

ERASED = Note(
    "erased", "head", "This piece was erased, for law or privacy.", "Take it out of the sources."
)


@dataclass(slots=True)
class Outcome:
    """What became of one source. `kept` names sections that a person edited."""

    status: str
    article: Article | None
    notes: list[Note] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def build(draft: Draft, *, raw: str, name: str, by: Any, now: datetime) -> Outcome:
    """Create or update the article of a draft and remember where it came from."""
    document = LegacyDocument.objects.known(draft.legacy_id)
    if document and document.is_erased:
        return Outcome(UNCHANGED, document.article, [ERASED])
    digest = sha256(raw.encode(errors="replace")).hexdigest()
    if document and (document.digest, document.parser_version) == (digest, PARSER_VERSION):
        return Outcome(UNCHANGED, document.article)
    document = document or LegacyDocument(legacy_id=draft.legacy_id)
    outcome = Outcome(UPDATED if document.article else IMPORTED, document.article, [*draft.notes])
    article = outcome.article = document.article or _start(draft, by)
    article.lock()
    content = content_of(draft, outcome.notes, owner=article)
    fresh = [s for s in SECTIONS if not _edited(article, document, s)]
    outcome.kept = [LABELS[s] for s in SECTIONS if s not in fresh]
    article.apply(content, sections=fresh)
    article.record_revision(by=by, note=f"Imported from {name}"[:200], now=now)
    _claim_legacy_address(article, outcome.notes)
    _remember(document, article, draft, raw=raw, digest=digest, name=name, now=now)
    _find_targets_for(article, by=by, now=now)
    return outcome


def _start(draft: Draft, by: Any) -> Article:
    slug = slugify(slug_of(draft.legacy_url)) if draft.legacy_url else ""
    taken = Q(slug=slug) | Q(addresses__path__in=known_as([trend_path(slug)]))
    if len(slug) < 5 or slug.isdigit() or Article.objects.filter(taken).exists():
        slug = free_slug(draft.title)
    return Article.objects.create(
        title=draft.title[:200], slug=slug[:120], created_by=by, owner=by,
        legacy_id=draft.legacy_id, legacy_url=draft.legacy_url[:500],
    )  # fmt: skip


def _edited(article: Article, document: LegacyDocument, section: str) -> bool:
    """A person changed the section since it was imported."""
    if not document.imported:
        return False
    return bool(article.snapshot()[section] != document.imported[section])


def _claim_legacy_address(article: Article, notes: list[Note]) -> None:
    parts = urlsplit(article.legacy_url)
    path = parts.path + (f"?{parts.query}" if parts.path in ("", "/") and parts.query else "")
    if path in ("", "/"):
        return
    try:
        Address.objects.claim("/" + path.lstrip("/"), article_id=article.pk)
    except Taken as taken:
        notes.append(Note("address-taken", "head", str(taken), "Find out which piece is right."))


def _remember(
    document: LegacyDocument, article: Article, draft: Draft, *,
    raw: str, digest: str, name: str, now: datetime,
) -> None:  # fmt: skip
    document.article, document.raw, document.digest = article, raw.replace("\0", ""), digest
    document.source_name, document.parser_version = name[:500], PARSER_VERSION
    document.imported, document.imported_at = Article.objects.get(pk=article.pk).snapshot(), now
    document.provenance = dict(draft.provenance)
    document.notes = [{n: getattr(note, n) for n in Note.__slots__} for note in draft.notes]
    document.save()


def _find_targets_for(article: Article, *, by: Any, now: datetime) -> None:
    """Point the nameless Also Reads of other pieces here whose label is this piece's title."""
    waiting = RelatedLink.objects.filter(target=None, url="", label__iexact=article.title)
    for link in waiting.exclude(article=article).select_related("article"):
        link.article.lock()
        link.target = article
        link.save()
        link.article.record_revision(by=by, note="An Also Read found its trend", now=now)
