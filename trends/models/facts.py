"""What readiness must know about an article besides its snapshot."""

from datetime import datetime
from typing import TYPE_CHECKING

from .. import richtext
from ..readiness import Facts, PictureFacts
from ..snapshot import PROSE, Snapshot, pictures
from .author import Author
from .edition import Edition
from .image import Image

if TYPE_CHECKING:
    from .article import Article


def gather(
    article: "Article", content: Snapshot, *, now: datetime, starts: datetime | None = None
) -> Facts:
    """Facts about this content of an article that would go live at `starts`, else now."""
    hero, images = content["head"]["hero"], _images(content)
    authors = Author.objects.filter(pk__in=[row["author"] for row in content["author"]["rows"]])
    hidden, retracted = _targets(article, content, starts or now)
    return Facts(
        now=now,
        live_from=starts,
        embargoed_until=article.embargoed_until,
        held=article.held_at is not None,
        hold_reason=article.hold_reason,
        legal_review_required=article.legal_review_required,
        legal_review_cleared=article.legal_cleared_at is not None,
        article_id=article.pk,
        hero=images.get(hero),
        pictures=images,
        unresolved_authors=tuple(a.name for a in authors if a.unresolved),
        authors_without_page=tuple(a.name for a in authors if not a.bio),
        hidden_targets=hidden,
        retracted_citations=retracted,
        writer_ids=frozenset(
            article.revisions.exclude(created_by=None).values_list("created_by", flat=True)
        ),
    )


def _images(content: Snapshot) -> dict[int, PictureFacts]:
    """Hero and pictures of the text by id, as far as they are in the library, in one query."""
    ids = pictures(content) | ({content["head"]["hero"]} - {None})
    return {pk: _picture(image) for pk, image in Image.objects.in_bulk(ids).items()}


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


def _targets(
    article: "Article", content: Snapshot, at: datetime
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Linked pieces that are not public (id → title), and titles of retracted ones."""
    ids = {row["target"] for row in content["related"]["rows"] if row["target"]}
    for section in PROSE:
        ids |= richtext.trend_links(content[section]["text"])
    linked = dict(type(article).objects.filter(pk__in=ids).values_list("pk", "title"))
    force = Edition.objects.in_force(at).filter(article_id__in=ids)
    kinds = dict(force.values_list("article_id", "kind"))
    hidden = {pk: title for pk, title in linked.items() if kinds.get(pk) != Edition.Kind.CONTENT}
    retracted = [linked[pk] for pk, kind in kinds.items() if kind == Edition.Kind.RETRACTION]
    return hidden, tuple(retracted)
