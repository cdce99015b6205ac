"""What a trend page shows, from an edition; for a preview, from a pressed draft.

An article page costs four queries whatever the number of rows: the edition with its topic and
hero (the caller's), its authors, the pieces that it links to, its corrections and updates. One
more where pictures stand in the text (docs/decisions/0009).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.safestring import SafeString

from .. import richtext
from ..models import Article, Edition, Evidence, Image, Topic
from ..snapshot import CAN_BE_PENDING, LABELS, PROSE, Row, Snapshot, pending, pictures, public
from ..templatetags.pictures import figure
from . import asked
from .needs import asked_by, targets
from .parts import ActionItem, Credit, Note, Proof, Related, Section, TrendPage

__all__ = ["Note", "Proof", "TrendPage", "asked_by", "preview_page", "trend_page"]
ANCHORS = {"lede": "headline", "key_points": "key-points", "related": "also-read"}
WORDS_A_MINUTE = 230
NO_SLUG_YET = "new"
Draw = Callable[[Image], str]
RELATED_SHOWN = 3


def trend_page(
    edition: Edition, now: datetime, *, is_preview: bool = False, draw: Draw = figure
) -> TrendPage:
    """The page of a CONTENT edition. Three queries, four with pictures in the text.

    `draw` makes HTML of a picture in the text, "" of one that is not for readers.
    """
    content = edition.content
    kind = content["head"]["kind"]
    linked = _linked(edition, now)
    images = _images(pictures(content))
    prose = _prose(edition, linked, images, draw)
    credits = _credits(content["author"]["rows"])
    return TrendPage(
        edition=edition,
        kind=kind,
        kind_label=str(Article.Kind(kind).label),
        credits=credits,
        sections=_sections(edition, credits, prose),
        related=_related(content["related"]["rows"], linked),
        related_trends=_related_trends(edition, linked),
        pictures=_in_order(content, images),
        notes=_notes(edition, now),
        backstory=prose["backstory"],
        minutes=max(1, round(edition.words / WORDS_A_MINUTE)),
        is_preview=is_preview,
        is_old=edition.is_old(now),
    )


def preview_page(article: Article, now: datetime, content: Snapshot | None = None) -> TrendPage:
    """The page as it would be if the working copy, or other content of the piece, were published
    now. Writes nothing; the piece need not be saved, nor need what the content refers to exist."""
    in_force = article.edition_in_force(now) if article.pk else None
    first = in_force.first_published_at if in_force else None
    edition = Edition(
        article=article, slug=article.slug or NO_SLUG_YET, live_from=now,
        first_published_at=first or now, public_updated_at=now,
    )  # fmt: skip
    edition.absorb(public(content or article.snapshot()))
    topic, hero = edition.topic_id or 0, edition.hero_id or 0
    edition.topic = Topic.objects.filter(pk=topic).first()
    edition.hero = Image.objects.filter(pk=hero).first()
    return trend_page(edition, now, is_preview=True, draw=partial(figure, is_preview=True))


def _credits(rows: Sequence[Row]) -> list[Credit]:
    ids = [row["author"] for row in rows]
    authors = {author.pk: author for author in asked.AUTHORS(ids=ids)} if ids else {}
    return [Credit(authors[r["author"]], r["role"]) for r in rows if r["author"] in authors]


def _linked(edition: Edition, now: datetime) -> dict[int, Edition]:
    """Live editions of the articles that the piece links to or is related to, by article."""
    found = asked.LINKED(now=now, article=edition.article_id, ids=targets(edition))
    return {other.article_id: other for other in found}


def _images(ids: Collection[int]) -> dict[int, Image]:
    return {image.pk: image for image in asked.PICTURES(ids=ids)} if ids else {}


def _sections(
    edition: Edition, credits: list[Credit], prose: Mapping[str, SafeString]
) -> list[Section]:
    empty = pending(edition.content)
    rows: dict[str, Sequence[Any]] = {
        "evidence": _proofs(edition),
        "key_points": [richtext.trusted(text) for text in edition.html["key_points"]],
        "actions": _actions(edition),
        "author": credits,
    }
    return [
        Section(
            name, LABELS[name], ANCHORS.get(name, name), name in empty,
            prose.get(name, SafeString("")), rows.get(name, ()),
        )
        for name in CAN_BE_PENDING
        if name in empty or edition.content[name].get("rows") or prose.get(name)
    ]  # fmt: skip


def _prose(
    edition: Edition, linked: Mapping[int, Edition], images: Mapping[int, Image], draw: Draw
) -> dict[str, SafeString]:
    """Section → its text as readers see it: links and pictures as the library has them now."""
    urls = {pk: other.get_absolute_url() for pk, other in linked.items()}
    figures = {pk: draw(image) for pk, image in images.items()}
    return {name: _resolved(edition.html.get(name, ""), urls, figures) for name in PROSE}


def _in_order(content: Snapshot, images: Mapping[int, Image]) -> list[Image]:
    """The pictures of the text as readers come upon them, each once."""
    ids = dict.fromkeys(pk for name in PROSE for pk in richtext.pictures(content[name]["text"]))
    return [images[pk] for pk in ids if pk in images]


def _resolved(html: str, urls: Mapping[int, str], figures: Mapping[int, str]) -> SafeString:
    html = richtext.resolve_trend_links(html, urls)
    return richtext.trusted(richtext.resolve_pictures(html, figures))


def _proofs(edition: Edition) -> list[Proof]:
    return [
        Proof(
            number=row["number"],
            row=row,
            kind=Evidence.Kind(row["kind"]).label,
            dated_on=_day(row["dated_on"]),
            checked_on=_day(row["checked_at"]),
            verdict=row["verdict"],
            stance=row["stance"],
            independence=row["independence"],
            backlinks=edition.backlinks.get(str(row["number"]), []),
        )
        for row in edition.content["evidence"]["rows"]
    ]


def _day(value: str | None) -> date | None:
    return datetime.fromisoformat(value).date() if value else None


def _actions(edition: Edition) -> list[ActionItem]:
    pairs = zip(edition.content["actions"]["rows"], edition.html["actions"], strict=True)
    return [ActionItem(r["audience"], richtext.trusted(text), r["timing"]) for r, text in pairs]


def _related(rows: Sequence[Row], linked: dict[int, Edition]) -> list[Related]:
    """Links that lead somewhere: a target that is not public shows nothing."""
    related = []
    for row in rows:
        edition = linked.get(row["target"])
        url = edition.get_absolute_url() if edition else row["url"]
        if url:
            related.append(Related(url, edition.title if edition else row["label"] or url, edition))
    return related


def _related_trends(edition: Edition, linked: Mapping[int, Edition]) -> list[Related]:
    """The first that readers can get; none that is an "Also Read" already."""
    named = {row["target"] for row in edition.content["related"]["rows"]} | {edition.article_id}
    kept = [e for e in linked.values() if e.place is not None and e.article_id not in named]
    first = sorted(kept, key=lambda other: other.place or 0)[:RELATED_SHOWN]
    return [Related(other.get_absolute_url(), other.title, other) for other in first]


def _notes(edition: Edition, now: datetime) -> list[Note]:
    """Corrections and update lines of the piece, newest first, in one query."""
    notes = []
    for at, line, text, kind, severity in asked.HISTORY(now=now, article=edition.article_id):
        if text:
            label = "Editors’ note" if kind == "note" else kind.capitalize()
            notes.append(Note(at, kind, label, text, severity == "serious"))
        elif line:
            notes.append(Note(at, "update", "Update", line, False))
    return notes
