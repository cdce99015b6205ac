"""What a trend page shows, from an edition; for a preview, from a pressed draft.

An article page costs four queries whatever the number of rows: the edition with its topic and
hero (the caller's), its authors, the pieces that it links to, its corrections and updates. One
more where pictures stand in the text (docs/decisions/0009).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from . import richtext
from .models import Article, Author, Edition, Evidence, Image
from .snapshot import CAN_BE_PENDING, LABELS, PROSE, Row, pending, pictures, public
from .templatetags.pictures import figure

# What readers are told of a section that has nothing in it yet.
SECTION_PENDING = "Pending intelligence enrichment."
AUTHOR_PENDING = "Editorial author not yet assigned."
ANCHORS = {"lede": "headline", "key_points": "key-points", "related": "also-read"}
WORDS_A_MINUTE = 230


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as readers see it. `row` holds the public fields by name;
    `backlinks` the anchors of its citations in the text."""

    number: int
    row: Row
    kind: str
    dated_on: date | None
    checked_on: date | None
    verdict: str
    stance: str
    independence: str
    backlinks: Sequence[str]


@dataclass(frozen=True, slots=True)
class ActionItem:
    audience: str
    text: SafeString
    timing: str


@dataclass(frozen=True, slots=True)
class Credit:
    """One author of the byline, with the role in this piece."""

    author: Author
    role: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section in reading order. `is_pending`: nothing in it yet. `html` is the prose;
    `rows` are Proof, SafeString (key points), ActionItem or Credit, by section."""

    name: str
    label: str
    anchor: str
    is_pending: bool
    html: SafeString = field(default=SafeString(""))
    rows: Sequence[Any] = ()

    @property
    def wording(self) -> str:
        """What a reader is told while it is pending."""
        return AUTHOR_PENDING if self.name == "author" else SECTION_PENDING


@dataclass(frozen=True, slots=True)
class Related:
    """An "Also Read": a public piece of ours (`edition`) or an outside page."""

    url: str
    label: str
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A correction or an update, dated. kind: "correction", "clarification", "note", "update"."""

    at: datetime
    kind: str
    label: str
    text: str
    is_serious: bool


@dataclass(frozen=True, slots=True)
class TrendPage:
    """All that templates, feeds and structured data say about one piece."""

    edition: Edition
    kind: str
    kind_label: str
    credits: Sequence[Credit]
    sections: Sequence[Section]
    related: Sequence[Related]
    notes: Sequence[Note]
    backstory: SafeString
    minutes: int
    is_preview: bool = False

    @property
    def head(self) -> Row:
        """Fields of the head: dateline, disclosure, sponsor, ai_use, ai_note …"""
        head: Row = self.edition.content["head"]
        return head

    @property
    def authors(self) -> list[Author]:
        return [credit.author for credit in self.credits]

    @property
    def pending_labels(self) -> list[str]:
        return [section.label for section in self.sections if section.is_pending]

    @property
    def shown_sections(self) -> list[Section]:
        """Sections that the page has a heading for: NEWSROOM_SHOW_PENDING decides."""
        inline = settings.NEWSROOM_SHOW_PENDING == "inline"
        return [section for section in self.sections if inline or not section.is_pending]

    @property
    def still_to_come(self) -> list[str]:
        """Labels of pending sections where one line names them all."""
        return self.pending_labels if settings.NEWSROOM_SHOW_PENDING == "summary" else []

    @property
    def was_updated(self) -> bool:
        edition = self.edition
        return edition.public_updated_at != edition.first_published_at

    @property
    def serious_notes(self) -> list[Note]:
        return [note for note in self.notes if note.is_serious]

    @property
    def other_notes(self) -> list[Note]:
        return [note for note in self.notes if not note.is_serious]


def trend_page(edition: Edition, now: datetime, *, is_preview: bool = False) -> TrendPage:
    """The page of a CONTENT edition. Three queries, four with pictures in the text."""
    content = edition.content
    kind = content["head"]["kind"]
    linked = _linked(edition, now)
    prose = _prose(edition, linked)
    credits = _credits(content["author"]["rows"])
    return TrendPage(
        edition=edition,
        kind=kind,
        kind_label=str(Article.Kind(kind).label),
        credits=credits,
        sections=_sections(edition, credits, prose),
        related=_related(content["related"]["rows"], linked),
        notes=_notes(edition, now),
        backstory=prose["backstory"],
        minutes=max(1, round(edition.words / WORDS_A_MINUTE)),
        is_preview=is_preview,
    )


def preview_page(article: Article, now: datetime) -> TrendPage:
    """The page as it would be if the working copy were published now. Writes nothing."""
    in_force = article.edition_in_force(now)
    first = in_force.first_published_at if in_force else None
    edition = Edition(
        article=article, slug=article.slug, live_from=now,
        first_published_at=first or now, public_updated_at=now,
    )  # fmt: skip
    edition.absorb(public(article.snapshot()))
    return trend_page(edition, now, is_preview=True)


def _credits(rows: Sequence[Row]) -> list[Credit]:
    ids = [row["author"] for row in rows]
    authors = Author.objects.select_related("portrait").in_bulk(ids)
    return [Credit(authors[r["author"]], r["role"]) for r in rows if r["author"] in authors]


def _linked(edition: Edition, now: datetime) -> dict[int, Edition]:
    """Live editions of the articles that the piece links to, by article."""
    ids = {row["target"] for row in edition.content["related"]["rows"]} - {None}
    for name in PROSE:
        ids |= richtext.trend_links(edition.html[name])
    live = Edition.objects.live(now).filter(article_id__in=ids).select_related("topic", "hero")
    return {found.article_id: found for found in live.defer("content", "html", "text")}


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


def _prose(edition: Edition, linked: Mapping[int, Edition]) -> dict[str, SafeString]:
    """Section → its text as readers see it: links and pictures as the library has them now."""
    urls = {pk: other.get_absolute_url() for pk, other in linked.items()}
    images = Image.objects.in_bulk(pictures(edition.content))
    figures = {pk: figure(image) for pk, image in images.items()}
    return {name: _resolved(edition.html.get(name, ""), urls, figures) for name in PROSE}


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


def _notes(edition: Edition, now: datetime) -> list[Note]:
    """Corrections and update lines of the piece, newest first, in one query."""
    history = Edition.objects.begun(now).filter(article_id=edition.article_id)
    rows = history.values_list(
        "live_from", "update_line", "corrections__text", "corrections__kind",
        "corrections__severity",
    )  # fmt: skip
    notes = []
    for at, line, text, kind, severity in rows.order_by("-live_from", "-corrections"):
        if text:
            label = "Editors’ note" if kind == "note" else kind.capitalize()
            notes.append(Note(at, kind, label, text, severity == "serious"))
        elif line:
            notes.append(Note(at, "update", "Update", line, False))
    return notes
