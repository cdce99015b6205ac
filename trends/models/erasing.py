"""Erasing: for law and privacy the content of a piece goes, for good and everywhere.

What stays is the fact: the row with nothing in it, its steps (which, who, when) without their
words, why it was erased, and its addresses as digests, so that they go on answering 410 and
nobody else gets them. What else refers to the piece is deleted, also in tables that come later.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.utils import timezone

from ..snapshot import Snapshot, pictures
from . import search_index
from .address import Address, trend_path
from .article import Article
from .autosave import NEW, Autosave
from .correction import Correction
from .edition import Edition
from .file_deletion import FileDeletion
from .image import Image
from .job import Job
from .legacy_document import LegacyDocument
from .link_check import CHECK, LinkCheck, digest_of, links_of_readers, links_of_the_desk
from .making import free_slug
from .note import Note
from .notice import Notice
from .related_link import RelatedLink
from .release import Release
from .revision import Revision
from .stepping import Refused
from .transition import Transition

TITLE = "Erased"
# Fields of an article that say nothing of its content.
FACTS = {"id", "created_at", "created_by", "owner", "version", "evidence_issued", "form_key"}
# Tables that refer to a piece and are not simply emptied, and those that must wait for others.
APART = {Transition, Address, LegacyDocument, Edition, Revision}
SAID = "A piece that was erased"  # in the log of the admin, instead of its title
# Where the software names a piece, in quotation marks, to people who work on others.
NAMED_IN = (
    (Note, "text"), (Notice, "text"), (Release, "stopped"), (Revision, "note"),
    (Transition, "note"),
)  # fmt: skip


def erase(article: Article, *, by: Any, reason: str, now: datetime | None = None) -> Transition:
    """Erase the content of a piece. Raises Refused without a reason, and when it is done
    already."""
    if not reason.strip():
        raise Refused("Erasing needs a reason. Enter the law, or who asked for it.")
    with article.locked(now) as at:
        if article.erased_at:
            raise Refused(erased_already(article))
        begun = article.editions.begun(at)
        slugs = set(begun.values_list("slug", flat=True))
        published_at = begun.aggregate(at=models.Min("first_published_at"))["at"]
        clear(article, at)
        _hide_addresses(article, slugs)
        article.transitions.update(note="", details={})
        _hide_documents(article)
        _empty(article, by, at)
        if slugs:
            _put_up_tombstone(article, published_at, at)
        search_index.forget(connection)
        return article.record("erase", by=by, now=at, note=reason.strip())


def erased_already(article: Article) -> str:
    """In a sentence: by whom and when."""
    assert article.erased_at is not None
    day = f"{timezone.localtime(article.erased_at):%Y-%m-%d}"
    return f"It was erased already, on {day} by {article.erased_by}."


def clear(article: Article, now: datetime) -> None:
    """Delete all that belongs to a piece but its steps, its addresses, its import and the row
    itself. The caller holds the lock."""
    contents = list(_contents(article))
    images = {pk for content in contents for pk in _pictures(content)} | _hero_and_text(article)
    titles = {content["head"]["title"] for content in contents}
    urls = {url for content in contents for url in _links(content)}
    typed = Q(place__startswith=f"article:{article.pk}:") | Q(place=f"article:{article.pk}")
    Autosave.objects.filter(typed | Q(place=f"{NEW}{article.form_key}")).delete()
    Correction.objects.filter(article=article).delete()  # they protect editions
    for rows in _belongings(article):
        rows.delete()
    article.editions.all().delete()
    article.revisions.all().delete()
    Job.objects.filter(payload__article=article.pk).delete()
    _unname(titles)
    _forget_links(urls, now)
    Article.objects.filter(pk=article.pk).update(hero=None)
    _delete_pictures(images, now)
    _blank_log(Article, [article.pk])


def _contents(article: Article) -> Iterator[Snapshot]:
    """Every text that the piece ever had."""
    yield article.snapshot()
    yield from article.revisions.values_list("content", flat=True).iterator(chunk_size=50)
    texts = article.editions.filter(kind=Edition.Kind.CONTENT)
    yield from texts.values_list("content", flat=True).iterator(chunk_size=50)


def _pictures(content: Snapshot) -> set[int]:
    return pictures(content) | ({content["head"]["hero"]} - {None})


def _hero_and_text(article: Article) -> set[int]:
    """Also pictures that only rows name."""
    held = Q(hero_of=article) | Q(in_articles__article=article) | Q(editions__article=article)
    held |= Q(in_editions__edition__article=article)
    return set(Image.objects.filter(held).values_list("pk", flat=True))


def _links(content: Snapshot) -> set[str]:
    names = {"evidence": ("url", "archive_url"), "related": ("url",)}
    found = {
        row.get(name) or ""
        for section in names
        for row in content[section]["rows"]
        for name in names[section]
    }
    return found - {""}


def _belongings(article: Article) -> Iterator[models.QuerySet[Any]]:
    """Rows of every table that refers to the piece. Also Reads of other pieces are theirs."""
    for relation in Article._meta.get_fields(include_hidden=True):
        if relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        model, field = relation.related_model, relation.field  # type: ignore[union-attr]
        if model not in APART and not (model is RelatedLink and field.name == "target"):
            yield model._base_manager.filter(**{field.name: article.pk})  # type: ignore[union-attr]


def _unname(titles: set[str]) -> None:
    for title in filter(None, titles):
        named = f"“{title}”"
        for model, field in NAMED_IN:
            rows = model._base_manager.filter(**{f"{field}__contains": named})
            rows.update(**{field: Replace(field, Value(named), Value("“…”"))})


def _forget_links(urls: set[str], now: datetime) -> None:
    used = links_of_the_desk() | links_of_readers(now) if urls else set()
    digests = [digest_of(url) for url in urls - used]
    LinkCheck.objects.filter(digest__in=digests).delete()
    Job.objects.filter(kind=CHECK, key__in=digests).delete()


def _delete_pictures(ids: set[int], now: datetime) -> None:
    """With all their files, those that nothing else shows."""
    pks = list(Image.objects.filter(pk__in=ids).unused().values_list("pk", flat=True))
    Image.objects.filter(pk__in=pks).delete()
    FileDeletion.objects.filter(picture__in=pks).update(due_at=now)
    _blank_log(Image, pks)


def _blank_log(model: type[models.Model], pks: list[int]) -> None:
    kind = ContentType.objects.get_for_model(model)
    rows = LogEntry.objects.filter(content_type=kind, object_id__in=[str(pk) for pk in pks])
    rows.update(object_repr=SAID, change_message="")


def _hide_addresses(article: Article, slugs: set[str]) -> None:
    """What was public stays as a digest; what was only planned is free again."""
    public = {trend_path(slug) for slug in slugs}
    for address in article.addresses.all():
        is_ours = address.path.startswith(trend_path("")[:-1])
        if not slugs or (is_ours and address.path not in public):
            address.delete()
        else:
            address.hide()


def _hide_documents(article: Article) -> None:
    """So that the same source is known when it comes in again, and what was in it is not."""
    for document in article.legacy_documents.all():
        document.erase()


def _empty(article: Article, by: Any, now: datetime) -> None:
    for field in Article._meta.concrete_fields:
        if field.name not in FACTS:
            setattr(article, field.attname, field.get_default())
    article.title, article.slug = TITLE, free_slug(f"{TITLE} {article.pk}")
    article.erased_at, article.erased_by = now, by
    article.discarded_at, article.discarded_by = now, by
    article.save()


def _put_up_tombstone(article: Article, published_at: datetime | None, now: datetime) -> None:
    Edition.objects.create(
        article=article, kind=Edition.Kind.REMOVAL, change=Edition.Change.UPDATE, pressed_at=now,
        live_from=now, first_published_at=published_at, public_updated_at=now,
    )  # fmt: skip
