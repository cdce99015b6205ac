"""Note: what colleagues tell each other about a piece or one of its sections. Never public.

A note begins a thread; replies belong to it. A complaint and a legal note are formal: somebody
outside began them, they have a deadline, and closing one needs an outcome.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import Truncator

from ..mentions import parts
from ..snapshot import LABELS, SECTIONS
from .colleagues import who_see
from .names import name_of
from .note_queries import NoteQuerySet
from .notice import Notice

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Note(models.Model):
    class Kind(models.TextChoices):
        COMMENT = "comment"
        COMPLAINT = "complaint", "reader’s complaint"
        LEGAL = "legal", "legal note"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="notes")
    section = models.CharField(
        max_length=12, blank=True, choices=[(name, LABELS[name]) for name in SECTIONS]
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COMMENT)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reply_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="replies"
    )
    # Whom it names and who was told, as far as they could open the piece then.
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    # Of a complaint or a legal note: both days, and what came of it.
    received_on = models.DateField(null=True)
    due_on = models.DateField("deadline", null=True)
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    reopened_at = models.DateTimeField(null=True, editable=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        permissions = [("handle_complaint", "Can take and close complaints and legal notes")]
        indexes = [
            # The page of all notes, and who asks what is late.
            models.Index(
                fields=["due_on", "-at"],
                condition=Q(closed_at=None, reply_to=None),
                name="note_open",
            ),
        ]
        constraints = [
            # "Closed" is somebody's word, given at some time.
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="note_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
                name="note_reopened_pair",
            ),
            # A complaint can't be without its days, and a comment has none.
            models.CheckConstraint(
                condition=Q(kind="comment", received_on=None, due_on=None, outcome="")
                | ~Q(kind="comment") & Q(received_on__isnull=False, due_on__isnull=False),
                name="note_formal_days",
            ),
            models.CheckConstraint(
                condition=Q(kind="comment") | Q(closed_at=None) | ~Q(outcome=""),
                name="note_formal_outcome",
            ),
            # A reply is a comment, and is closed with its thread.
            models.CheckConstraint(
                condition=Q(reply_to=None) | Q(kind="comment", closed_at=None),
                name="note_reply_plain",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_formal(self) -> bool:
        return self.kind != self.Kind.COMMENT

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The text cut into (words, whether they mention somebody who was told)."""
        return parts(self.text, {user.get_username().lower() for user in self.mentioned.all()})

    def days_left(self, today: date) -> int | None:
        """Days to the deadline, less than 0 where it is over; None where nothing is due."""
        return (self.due_on - today).days if self.due_on and not self.closed_at else None

    def tell(self, named: Iterable["User"]) -> None:
        """Tell whom it names, and whoever began the thread."""
        people, thread = list(named), self.reply_to or self
        self.mentioned.set(people)
        what = self.get_kind_display() if self.is_formal else "note"
        self._tell(people, f"mentions you in a {what}")
        if self.reply_to and thread.by and thread.by not in people:
            self._tell(who_see(self.article).filter(pk=thread.by.pk), "answers your note")

    def _tell(self, users: Iterable["User"], does: str) -> None:
        """The words of a formal thread stay on the desk."""
        thread = self.reply_to or self
        place = f", {thread.get_section_display()}" if thread.section else ""
        words = "" if thread.is_formal else f": {Truncator(self.text).chars(200)}"
        sentence = f"{name_of(self.by)} {does} on “{self.article.title}”{place}{words}"
        Notice.objects.tell(
            users, Notice.Kind.MENTION, sentence, by=self.by, now=self.at,
            article=self.article, section=thread.section,
        )  # fmt: skip

    def close(self, *, by: "User", now: datetime, outcome: str = "") -> bool:
        """It is answered. False where it was closed already: the first name and time stay.
        Raises ValueError for a complaint or a legal note without an outcome."""
        if self.is_formal and not outcome.strip():
            raise ValueError("A complaint is closed with an outcome")
        closing = {"outcome": outcome} if self.is_formal else {}
        return self._turn(Note.objects.open(), closed_at=now, closed_by=by, **closing)

    def reopen(self, *, by: "User", now: datetime) -> bool:
        """False where it is open. The outcome so far stays, as a beginning of the next one."""
        turned = {"closed_at": None, "closed_by": None, "reopened_at": now, "reopened_by": by}
        return self._turn(Note.objects.closed(), **turned)

    def set_days(self, *, received_on: date, due_on: date, by: "User", now: datetime) -> bool:
        """Other days for an open complaint or legal note, recorded with its piece. False where
        they are its days already, or it is closed."""
        with transaction.atomic():
            rows = Note.objects.open().formal().select_for_update(of=("self",), no_key=True)
            note = rows.select_related("article").filter(pk=self.pk).first()
            before = (note.received_on, note.due_on) if note else None
            if note is None or before == (received_on, due_on):
                return False
            facts = {
                "received": [str(note.received_on), str(received_on)],
                "deadline": [str(note.due_on), str(due_on)],
            }
            changed = {name: days for name, days in facts.items() if days[0] != days[1]}
            Note.objects.filter(pk=note.pk).update(received_on=received_on, due_on=due_on)
            note.article.record("note_days", by=by, now=now, details=changed)
        return True

    def _turn(self, those: NoteQuerySet, **fields: Any) -> bool:
        """Of two people at once, the first one counts."""
        turned = those.filter(pk=self.pk).update(**fields)
        self.refresh_from_db(fields=list(fields))
        return bool(turned)
