"""Merging: two authors, or two topics, turn out to be one.

Everything that names the old one names the other from now on: working copies, and editions,
stored texts and digests included, so that no piece seems to have unpublished changes. Revisions
are history and keep the old id; who saves or restores one gets the other
(Content.follow_merges). The old row stays: its address leads on, and its name says who was meant.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Max

from ..snapshot import Snapshot, digest, public
from .article import Article
from .author import Author
from .byline import Byline, replace_author
from .content import ROW_NAMES
from .edition import Edition
from .edition_byline import EditionByline
from .names import name_of
from .pin import Pin
from .revision import Revision
from .stepping import Refused
from .topic import Topic

BATCH = 100
Merged = TypeVar("Merged", Author, Topic)
Change = Callable[[Snapshot], Snapshot]


def merge_author(old: Author, into: Author, *, by: User | None, now: datetime) -> int:
    """`old` is `into`. How many pieces that changed. Raises Refused."""
    with transaction.atomic():
        _lock_pieces(Byline.objects.filter(author=old).values("article"))
        old, into = _lock(Author, old, into)
        # Somebody may have saved one more while this waited.
        touched = _lock_pieces(Byline.objects.filter(author=old).values("article"))
        editions = list(EditionByline.objects.filter(author=old).values_list("edition", flat=True))
        replace_author(Byline.objects.all(), "article", old=old.pk, into=into.pk)
        replace_author(EditionByline.objects.all(), "edition", old=old.pk, into=into.pk)
        _renew_editions(editions, lambda content: _credited(content, old.pk, into.pk))
        _renew_articles(touched, "author", note=_note(old, into, by), now=now)
        _inherit(old, into)
        _close(old, into)
    return len(touched)


def merge_topic(old: Topic, into: Topic, *, by: User | None, now: datetime) -> int:
    """`old` is part of `into`. How many pieces that changed. Raises Refused."""
    with transaction.atomic():
        _lock_pieces(Article.objects.filter(topic=old).values("pk"))
        old, into = _lock(Topic, old, into)
        touched = _lock_pieces(Article.objects.filter(topic=old).values("pk"))
        editions = list(Edition.objects.about(old).values_list("pk", flat=True))
        Article.objects.filter(topic=old).update(topic=into)
        Edition.objects.about(old).update(topic=into)
        _renew_editions(editions, lambda content: _about(content, into.pk))
        _renew_articles(touched, "head", note=_note(old, into, by), now=now)
        _move_pins(old, into, by=by, now=now)
        into.description = into.description or old.description
        _close(old, into)
    return len(touched)


def _move_pins(old: Topic, into: Topic, *, by: User | None, now: datetime) -> None:
    """Of two pins that begin at the same moment in one slot, the one of the target stays."""
    taken = set(Pin.objects.on(into).values_list("slot", "starts_at"))
    for pin in Pin.objects.on(old).select_related("article", "topic"):
        if (pin.slot, pin.starts_at) in taken:
            pin.unpin(by=by, now=now)
    Pin.objects.on(old).update(topic=into)


def _lock_pieces(ids: Any) -> list[int]:
    """Wait for these articles, always in one order."""
    rows = Article.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _lock(model: type[Merged], old: Merged, into: Merged) -> tuple[Merged, Merged]:
    """Both rows as they are now, or why they can't be merged."""
    rows = model._default_manager.select_for_update().filter(pk__in=[old.pk, into.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    if old.pk == into.pk:
        raise Refused(f"“{old}” can't be merged into itself. Select another one.")
    old, into = found[old.pk], found[into.pk]
    for row in (old, into):
        if row.merged_into:
            raise Refused(f"“{row}” is merged into “{row.merged_into}” already.")
    return old, into


def _renew_editions(ids: Collection[int], change: Change) -> None:
    """All of them, since an older one is in force again when a newer one is undone."""
    for batch in _batches(sorted(set(ids))):
        editions = list(Edition.objects.filter(pk__in=batch).only("content", "digest"))
        for edition in filter(_has_content, editions):
            edition.content = change(edition.content)
            edition.digest = digest(edition.content)
        Edition.objects.bulk_update(editions, ["content", "digest"])


def _has_content(edition: Edition) -> bool:
    return bool(edition.content)


def _renew_articles(ids: Collection[int], section: str, *, note: str, now: datetime) -> None:
    """A revision by nobody for each: history says what happened, the next save adds nothing of
    its own. The version stays, so an open form is not outdated; so does an approval."""
    for batch in _batches(ids):
        rows = Article.objects.filter(pk__in=batch).prefetch_related(*ROW_NAMES.values())
        last = _last_numbers(batch)
        articles = [article for article in rows if article.pk in last]
        contents = [article.snapshot() for article in articles]
        for article, content in zip(articles, contents, strict=True):
            article.public_digest = digest(public(content))
        Article.objects.bulk_update(articles, ["public_digest"])
        Revision.objects.bulk_create(
            Revision(
                article=article, number=last[article.pk] + 1, content=content,
                digest=digest(content), created_at=now, note=note, sections=[section],
            )
            for article, content in zip(articles, contents, strict=True)
        )  # fmt: skip


def _last_numbers(ids: Collection[int]) -> dict[int, int]:
    rows = Revision.objects.filter(article__in=ids).order_by().values("article")
    return dict(rows.annotate(last=Max("number")).values_list("article", "last"))


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """A hundred at a time: so many texts are in memory at once."""
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _credited(content: Snapshot, old: int, into: int) -> Snapshot:
    """The content with one author in the place of another, once (as replace_author does it)."""
    rows = [
        row | {"author": into} if row["author"] == old else row for row in content["author"]["rows"]
    ]
    first = {row["author"]: row for row in reversed(rows)}
    kept = [row for row in rows if first[row["author"]] is row]
    return content | {"author": content["author"] | {"rows": kept}}


def _about(content: Snapshot, topic: int) -> Snapshot:
    return content | {"head": content["head"] | {"topic": topic}}


def _note(old: models.Model, into: models.Model, by: User | None) -> str:
    who = f" by {name_of(by)}" if by else ""
    return f"“{old}” merged into “{into}”{who}"[:200]


def _inherit(old: Author, into: Author) -> None:
    """What the target lacks comes from the old one; its account and picture are free again."""
    into.job_title = into.job_title or old.job_title
    into.bio = into.bio or old.bio
    into.portrait = into.portrait or old.portrait
    into.user = into.user or old.user
    into.unresolved = into.unresolved and old.unresolved  # it is known who one of them is
    old.portrait, old.user, old.unresolved = None, None, False


def _close(old: Merged, into: Merged) -> None:
    """The old row leads to the other, and so do those that led to it: always one hop."""
    old.merged_into = into
    old.save()  # first: an account belongs to one author
    into.save()
    type(old)._default_manager.filter(merged_into=old).update(merged_into=into)
