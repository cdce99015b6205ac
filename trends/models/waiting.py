"""Waiting: a section of a piece that is still pending, and who owes it. The enrichment queue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q

from ..snapshot import CAN_BE_PENDING, LABELS
from .assignment import Assignment, AssignmentQuerySet

if TYPE_CHECKING:
    from .article import Article

NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sections are asked for: one of that name, owed by that user or by NOBODY, and those
    due before the day `late_on`. What is left out does not matter.

    The same rule twice: condition() finds the pieces, takes() their sections.
    """

    section: str = ""
    owner: Any = None
    late_on: date | None = None

    @property
    def sections(self) -> tuple[str, ...]:
        return (self.section,) if self.section else CAN_BE_PENDING

    def condition(self) -> Q:
        """For articles with with_pending(): one of the sections at least is asked for."""
        condition = Q()
        for section in self.sections:
            pending = Q(**{f"has_{section}": False}) & ~Q(not_needed__has_key=section)
            condition |= pending & self._owed(section)
        return condition & self._near()

    def takes(self, assignment: Assignment | None) -> bool:
        """Whether a pending section with this open assignment is asked for."""
        owner = assignment.owner if assignment else None
        if self.owner and owner != (None if self.owner == NOBODY else self.owner):
            return False
        late = bool(assignment and self.late_on and assignment.days_late(self.late_on))
        return late or self.late_on is None

    def _owed(self, section: str) -> Q:
        if self.owner is None and self.late_on is None:
            return Q()
        here = Assignment.objects.open().filter(article=OuterRef("pk"), section=section)
        if self.owner == NOBODY and self.late_on is None:
            return ~Q(Exists(here.exclude(owner=None)))
        return Q(Exists(self._theirs(here)))

    def _near(self) -> Q:
        """Says no more than _owed(), but leads the database to few pieces at once."""
        if self.late_on is None and (self.owner is None or self.owner == NOBODY):
            return Q()
        return Q(pk__in=self._theirs(Assignment.objects.open()).values("article"))

    def _theirs(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        if self.owner:
            rows = rows.of(None if self.owner == NOBODY else self.owner)
        return rows.late(self.late_on) if self.late_on else rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pending section. `assignment` is an open one; `said_done` is who called it done, though
    nothing is in it."""

    article: "Article"
    section: str
    assignment: Assignment | None
    said_done: User | None = None

    @property
    def label(self) -> str:
        return LABELS[self.section]

    @property
    def owner(self) -> User | None:
        return self.assignment.owner if self.assignment else None

    @property
    def due_on(self) -> date | None:
        return self.assignment.due_on if self.assignment else None

    def days_late(self, today: date) -> int:
        return self.assignment.days_late(today) if self.assignment else 0


def waiting(articles: Iterable["Article"], wanted: Wanted) -> Iterator[list[Waiting]]:
    """What waits in each of these pieces (with_pending() rows), in reading order. One query."""
    pieces = list(articles)
    rows = Assignment.objects.for_articles(pieces).select_related("done_by")
    by_place = {(row.article_id, row.section): row for row in rows}
    for article in pieces:
        found = [
            _waiting(article, section, by_place.get((article.pk, section)))
            for section in article.pending_sections()
            if section in wanted.sections
        ]
        yield [one for one in found if wanted.takes(one.assignment)]


def _waiting(article: "Article", section: str, row: Assignment | None) -> Waiting:
    if row and row.done_at:
        return Waiting(article, section, None, said_done=row.done_by)
    return Waiting(article, section, row)
