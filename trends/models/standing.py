"""Standing: what readers get of a piece now and what is planned, asked once for a whole step."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ..snapshot import Snapshot
from .edition import Edition
from .revision import Revision
from .states import STATUS_OF_KIND, Status

if TYPE_CHECKING:
    from .article import Article
    from .release import Release


TEXTS = ("html", "backlinks", "text")  # of editions; only readers need them


@dataclass(frozen=True)
class Standing:
    """As of `now`. `planned` are CONTENT editions that have not begun, first one first; texts
    that only readers need are not loaded."""

    article: "Article"
    now: datetime
    in_force: Edition | None
    planned: list[Edition]
    starts: frozenset[datetime]  # of these and of whatever else begins later

    @classmethod
    def of(cls, article: "Article", now: datetime) -> "Standing":
        """One query."""
        return cls._from(article, now, list(article.editions.standing(now).defer(*TEXTS)))

    @classmethod
    def of_all(cls, articles: Collection["Article"], now: datetime) -> list["Standing"]:
        """The same for many, in one query too."""
        rows: dict[int, list[Edition]] = {article.pk: [] for article in articles}
        for row in Edition.objects.of(rows).standing(now).defer(*TEXTS):
            rows[row.article_id].append(row)
        return [cls._from(article, now, rows[article.pk]) for article in articles]

    @classmethod
    def _from(cls, article: "Article", now: datetime, rows: list[Edition]) -> "Standing":
        begun = next((row for row in rows if row.live_from <= now), None)
        later = [row for row in rows if row.live_from > now and row.kind == Edition.Kind.CONTENT]
        return cls(article, now, begun, later, frozenset(row.live_from for row in rows))

    @property
    def live(self) -> Edition | None:
        """The edition in force if it is CONTENT."""
        content = self.in_force and self.in_force.kind == Edition.Kind.CONTENT
        return self.in_force if content else None

    @property
    def undoable(self) -> Edition | None:
        """Published, and not yet begun."""
        return next((edition for edition in self.planned if edition.in_grace), None)

    @property
    def releases(self) -> list["Release"]:
        """Those that planned editions belong to, by their id. One query each, none without."""
        held = {e.release_id: e for e in self.planned if e.release_id}
        found = [held[pk].release for pk in sorted(held)]
        return [release for release in found if release]

    @property
    def status(self) -> Status:
        if self.in_force:
            return STATUS_OF_KIND[self.in_force.kind]
        return Status.SCHEDULED if self.planned else Status.UNPUBLISHED

    @cached_property
    def snapshot(self) -> Snapshot:
        """Of the working copy."""
        return self.article.snapshot()

    @cached_property
    def revision(self) -> Revision | None:
        """The latest one, without its content."""
        return self.article.revisions.defer("content").first()
