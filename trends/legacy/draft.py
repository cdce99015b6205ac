"""What the importer makes of one saved page: plain data, before any row is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


class Unreadable(ValueError):
    """The source holds no article that could be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that wants review, or text that was left out (then the message quotes all of it).

    `section` is a name of the snapshot ("head", "lede", "related" …); `code` never changes.
    """

    code: str
    section: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """A candidate, always unchecked. `kind` is a value of Evidence.Kind."""

    kind: str
    claim: str
    excerpt: str = ""
    speaker: str = ""
    role: str = ""
    source_title: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedDraft:
    """An "Also Read". Below a `confidence` of 0.9 a person should look at `raw`."""

    label: str
    url: str = ""
    confidence: float
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`lede`, `context` and `analysis` are HTML; every other text is plain.

    `pending` names the sections with nothing in them, in reading order. `provenance` tells for
    each field by which rule it was filled, from which lines of the source.
    """

    title: str
    standfirst: str = ""
    lede: str = ""
    context: str = ""
    analysis: str = ""
    key_points: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    evidence: tuple[EvidenceDraft, ...] = ()
    related: tuple[RelatedDraft, ...] = ()
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    hero_alt: str = ""
    legacy_url: str = ""
    legacy_id: str
    pending: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
