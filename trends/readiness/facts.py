"""What the checker must know and a snapshot does not say; the models gather it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """The library entry of a picture. Width in pixels, None when unknown; the rights hold
    from `not_before` up to and with `rights_expire_on`; `label`: what the desk calls it."""

    label: str = ""
    width: int | None = None
    alt_text: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""
    rights_expire_on: date | None = None
    not_before: date | None = None
    ai_made: bool = False
    ai_label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Without arguments, facts that nothing can be said against.

    `now`, `live_from` and `embargoed_until` are aware or all naive; days (rights, review dates)
    are counted in the time zone that `now` and `live_from` carry. `live_from` None: at once.
    """

    now: datetime | None = None
    live_from: datetime | None = None
    embargoed_until: datetime | None = None
    held: bool = False
    hold_reason: str = ""
    legal_review_required: bool = False
    legal_review_cleared: bool = False
    article_id: int | None = None
    # None where the piece has no hero, or nothing is known about it.
    hero: PictureFacts | None = None
    # Id → picture, of those in the text that are in the library. None: nothing is known.
    pictures: Mapping[int, PictureFacts] | None = None
    # Names of imported authors that nobody has matched yet.
    unresolved_authors: tuple[str, ...] = ()
    authors_without_page: tuple[str, ...] = ()
    # Id -> title of pieces linked to (Also Read, `trend:` in prose) that are not public.
    hidden_targets: Mapping[int, str] = field(default_factory=dict)
    # Titles of pieces linked to that were retracted.
    retracted_citations: tuple[str, ...] = ()
    dead_urls: frozenset[str] = frozenset()
    # Users who wrote it: they should not check their own evidence.
    writer_ids: frozenset[int] = frozenset()
    open_notes: int = 0
    open_legal_notes: int = 0
    # Title of a live piece that says nearly the same.
    near_duplicate: str = ""

    @property
    def begins(self) -> datetime | None:
        """When the piece would go live."""
        return self.live_from or self.now
