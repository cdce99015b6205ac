"""What readiness must know about an article besides its snapshot."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count

from .. import richtext
from ..readiness import Facts, PictureFacts
from ..snapshot import PROSE, Snapshot, pictures
from .author import Author
from .duplicates import near_duplicates
from .edition import Edition
from .image import Image
from .link_check import LinkCheck, outside_links
from .note import Note
from .revision import Revision

if TYPE_CHECKING:
    from .article import Article

Pair = tuple["Article", Snapshot]
# Rules about what is round a piece; they warn, unless the site says otherwise.
SURROUNDINGS = (
    "target-hidden", "evidence-self-checked", "near-duplicate", "open-notes", "cites-retracted",
    "evidence-link-dead", "related-dead",
)  # fmt: skip


def gather(
    article: "Article", content: Snapshot, *, now: datetime, starts: datetime | None = None
) -> Facts:
    """Facts about this content of an article that would go live at `starts`, else now.

    The article may be one that is not saved yet.
    """
    return gather_all([(article, content)], now=now, starts=starts)[0]


def gather_all(
    pairs: Sequence[Pair], *, now: datetime, starts: datetime | None = None, brief: bool = False
) -> list[Facts]:
    """The same for many articles with their content, or for several contents of one.

    At most seven queries, whatever the number, and one more where links are checked; two in
    brief, without what only the rules in SURROUNDINGS ask for.
    """
    known = _in_brief(pairs) if brief else _look_up(pairs, now, starts)
    return [
        _facts(article, content, known, near, now, starts)
        for (article, content), near in zip(pairs, known.near, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says about all the pieces at once."""

    authors: dict[int, Author]
    images: dict[int, PictureFacts]
    titles: dict[int, str]
    kinds: dict[int, str]
    writers: dict[int | None, set[int]]
    notes: dict[int | None, Counter[str]]
    near: list[str]
    dead: frozenset[str] = frozenset()


def _in_brief(pairs: Sequence[Pair]) -> _Known:
    contents = [content for _, content in pairs]
    authors = _people({pk for c in contents for pk in _authors(c)})
    images = _images({pk for c in contents for pk in _pictures(c)})
    notes = _open_notes({a.pk for a, _ in pairs if a.pk and a.legal_review_required})
    return _Known(authors, images, {}, {}, {}, notes, ["" for _ in pairs])


def _look_up(pairs: Sequence[Pair], now: datetime, starts: datetime | None) -> _Known:
    contents = [content for _, content in pairs]
    ids = {article.pk for article, _ in pairs if article.pk}
    targets = {pk for content in contents for pk in _targets(content)}
    articles = {type(article) for article, _ in pairs}
    force = Edition.objects.in_force(starts or now).of(targets)
    return _Known(
        authors=_people({pk for c in contents for pk in _authors(c)}),
        images=_images({pk for c in contents for pk in _pictures(c)}),
        titles={
            pk: title
            for model in articles
            for pk, title in model.objects.filter(pk__in=targets).values_list("pk", "title")
        },
        kinds=dict(force.values_list("article_id", "kind")),
        writers=_writers(ids),
        notes=_open_notes(ids),
        near=near_duplicates([(article.pk, content) for article, content in pairs], now=now),
        dead=_dead(contents) if settings.NEWSROOM_LINK_CHECKS else frozenset(),
    )


def _facts(
    article: "Article",
    content: Snapshot,
    known: _Known,
    near: str,
    now: datetime,
    starts: datetime | None,
) -> Facts:
    ids = _pictures(content)
    images = {pk: image for pk, image in known.images.items() if pk in ids}
    authors = [known.authors[pk] for pk in _authors(content) if pk in known.authors]
    notes = known.notes.get(article.pk, Counter())
    targets = {pk: known.titles[pk] for pk in _targets(content) if pk in known.titles}
    kinds = {pk: known.kinds.get(pk, "") for pk in targets}
    return Facts(
        now=now,
        live_from=starts,
        embargoed_until=article.embargoed_until,
        held=article.held_at is not None,
        hold_reason=article.hold_reason,
        legal_review_required=article.legal_review_required,
        legal_review_cleared=article.legal_cleared_at is not None,
        article_id=article.pk,
        hero=images.get(content["head"]["hero"]),
        pictures=images,
        unresolved_authors=tuple(a.name for a in authors if a.unresolved),
        authors_without_page=tuple(a.name for a in authors if not a.bio),
        hidden_targets={
            pk: title for pk, title in targets.items() if kinds[pk] != Edition.Kind.CONTENT
        },
        retracted_citations=tuple(
            title for pk, title in targets.items() if kinds[pk] == Edition.Kind.RETRACTION
        ),
        writer_ids=frozenset(known.writers.get(article.pk, ())),
        open_notes=notes.total(),
        open_legal_notes=notes[Note.Kind.LEGAL],
        near_duplicate=near,
        dead_urls=known.dead,
    )


def _authors(content: Snapshot) -> list[int]:
    return [row["author"] for row in content["author"]["rows"] if row["author"]]


def _people(ids: Collection[int]) -> dict[int, Author]:
    """By id; an older content may name somebody who is somebody else by now."""
    found = Author.objects.select_related("merged_into").in_bulk(ids)
    return {pk: author.current for pk, author in found.items()}


def _pictures(content: Snapshot) -> set[int]:
    """Hero and pictures of the text."""
    return pictures(content) | ({content["head"]["hero"]} - {None})


def _targets(content: Snapshot) -> set[int]:
    """Pieces that Also Reads and the text link to."""
    ids = {row["target"] for row in content["related"]["rows"] if row["target"]}
    return ids.union(*(richtext.trend_links(content[section]["text"]) for section in PROSE))


def _images(ids: Iterable[int]) -> dict[int, PictureFacts]:
    """By id, as far as they are in the library."""
    return {pk: _picture(image) for pk, image in Image.objects.in_bulk(set(ids)).items()}


def _picture(image: Image) -> PictureFacts:
    return PictureFacts(
        label=str(image),
        width=image.width,
        alt_text=image.alt_text,
        decorative=image.decorative,
        caption=image.caption,
        credit=image.credit,
        rights_expire_on=image.rights_expire_on,
        not_before=image.not_before,
        ai_made=image.ai_use == Image.AIUse.MADE,
        ai_label=image.get_ai_use_display() if image.ai_use else "",  # readers see it always
    )


def _writers(ids: Collection[int]) -> dict[int | None, set[int]]:
    """Who saved a revision of them, by article."""
    rows = Revision.objects.filter(article__in=ids).exclude(created_by=None).order_by()
    writers: dict[int | None, set[int]] = defaultdict(set)
    for article, user in rows.values_list("article", "created_by").distinct():
        writers[article].add(user)
    return writers


def _dead(contents: Iterable[Snapshot]) -> frozenset[str]:
    return LinkCheck.objects.dead_among(set().union(*map(outside_links, contents)))


def _open_notes(ids: Collection[int]) -> dict[int | None, Counter[str]]:
    """By article, how many of each kind."""
    if not ids:
        return {}
    rows = Note.objects.open().filter(article__in=ids).order_by()
    notes: dict[int | None, Counter[str]] = defaultdict(Counter)
    for article, kind, count in rows.values_list("article", "kind").annotate(count=Count("pk")):
        notes[article][kind] = count
    return notes
