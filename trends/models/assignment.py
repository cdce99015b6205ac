"""Assignment: who owes a section of an article, and until when.

It is open until somebody says that the section is done. Not content: it makes no revision.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from ..snapshot import CAN_BE_PENDING, LABELS
from .names import name_of
from .telling import tell_of_assignment

if TYPE_CHECKING:
    from .article import Article


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def of(self, user: Any) -> Self:
        return self.filter(owner=user)

    def late(self, today: date) -> Self:
        """Open, and due before today."""
        return self.open().filter(due_on__lt=today)

    def for_articles(self, articles: Iterable[Any]) -> Self:
        """Of these pieces (rows or their ids), with the owner at hand."""
        return self.filter(article__in=articles).select_related("owner")

    def put(
        self, article: "Article", section: str, *, by: Any, now: datetime, **fields: Any
    ) -> "Assignment | None":
        """Make or change the assignment of a section: the one way in which that is done.

        fields: `owner` (User or None), `due_on` (date or None), `done` (bool); what is not named
        stays. Claiming or passing on what was done opens it again. A row that says nothing any
        more is deleted (None). Records "assign" if anything changed; content and version stay.
        """
        unknown = set(fields) - {"owner", "due_on", "done"}
        if unknown or section not in CAN_BE_PENDING:
            raise ValueError(f"No assignment has {sorted(unknown) or section}")
        with transaction.atomic():
            # The lock alone: what the caller has changed in its row of the article stays.
            type(article).objects.select_for_update(no_key=True).only("pk").get(pk=article.pk)
            row = Assignment.objects.filter(article=article, section=section).first()
            row = row or Assignment(article=article, section=section)
            before = row.owner_id
            if row.take(by=by, now=now, **fields):
                row.keep()
                article.record("assign", by=by, now=now, details=row.facts())
                if row.owner and row.owner_id != before and not row.done_at:
                    tell_of_assignment(
                        article, section, row.owner, by=by, due_on=row.due_on, now=now
                    )
        return row if row.pk else None


class Assignment(models.Model):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="assignments")
    section = models.CharField(
        max_length=12, choices=[(name, LABELS[name]) for name in CAN_BE_PENDING]
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="assignments",
        help_text="Empty: whoever claims it.",
    )
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            # The calendar: what is due in some days.
            models.Index(fields=["due_on"], condition=Q(done_at=None), name="assignment_due"),
        ]
        constraints = [
            # A section has one owner.
            models.UniqueConstraint(
                fields=["article", "section"],
                name="assignment_section_once",
                violation_error_message="This section is assigned already. Change that line.",
            ),
            # "Done" is somebody's word, given at some time.
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="assignment_done_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_section_display()}: {self.owner or 'nobody yet'}"

    @property
    def is_blank(self) -> bool:
        """It says nothing: neither who nor when, and nobody did it."""
        return not (self.owner_id or self.due_on or self.done_at)

    def days_late(self, today: date) -> int:
        """0 while there is time, for what is done, and without a due date."""
        if self.done_at or not self.due_on:
            return 0
        return max((today - self.due_on).days, 0)

    def facts(self) -> dict[str, Any]:
        """What its transition records. The name, since accounts may go."""
        owner = name_of(self.owner) if self.owner else ""
        return {
            "section": self.section,
            "owner": owner,
            "due_on": str(self.due_on or ""),
            "done": self.done_at is not None,
        }

    def take(self, *, by: Any, now: datetime, **fields: Any) -> bool:
        """Set what is named (put() says what there is) and tell whether that changes anything.
        Saves nothing."""
        before, was_done = (self.owner_id, self.due_on), self.done_at is not None
        self.owner = fields.get("owner", self.owner)
        self.due_on = fields.get("due_on", self.due_on)
        passed_on = self.owner_id not in (None, before[0])
        claimed = bool(fields.get("owner")) and "done" not in fields
        done = fields.get("done", was_done) and not (was_done and (passed_on or claimed))
        if done != was_done:
            self.done_at, self.done_by = (now, by) if done else (None, None)
        return done != was_done or (self.owner_id, self.due_on) != before

    def keep(self) -> None:
        """Save it, or delete what says nothing."""
        if not self.is_blank:
            self.save()
        elif self.pk:
            self.delete()
