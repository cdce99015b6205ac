"""The parts of a trend page, as templates, feeds and structured data get them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from ..models import Author, Edition, Image, Topic
from ..snapshot import Row

# What readers are told of a section that has nothing in it yet.
SECTION_PENDING = "Pending intelligence enrichment."
AUTHOR_PENDING = "Editorial author not yet assigned."


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
    """An "Also Read": a public piece of ours (`edition`) or an outside page. Or a related trend,
    which is always one of ours."""

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
    related_trends: Sequence[Related]
    pictures: Sequence[Image]  # of the text
    notes: Sequence[Note]
    backstory: SafeString
    minutes: int
    is_preview: bool = False
    is_old: bool = False

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
    def checked_at(self) -> datetime | None:
        """When somebody last looked whether it is still true, if that is the newest word."""
        checked, updated = self.edition.last_checked_at, self.edition.public_updated_at
        return checked if checked and updated and checked > updated else None

    @property
    def young_for(self) -> str:
        """How long its topic calls a piece young: "a year"."""
        topic = self.edition.topic
        return str((Topic.Ages(topic.ages_after) if topic else Topic.Ages.YEAR).label)

    @property
    def serious_notes(self) -> list[Note]:
        return [note for note in self.notes if note.is_serious]

    @property
    def other_corrections(self) -> list[Note]:
        """Those that stand at the end: the byline leads there."""
        return [note for note in self.other_notes if note.kind != "update"]

    @property
    def other_notes(self) -> list[Note]:
        return [note for note in self.notes if not note.is_serious]
