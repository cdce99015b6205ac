"""Notes as a page shows them: each with its replies, its days, and what the user may do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from ..models import Article, Note
from ..models.names import name_of
from .access import may_all
from .note_form import ERASE, HANDLE, SEE_COMPLAINANT, DaysForm, OutcomeForm, ReplyForm, may_note

SHOWN = 100  # open notes on one page, and as many closed ones


@dataclass(frozen=True, slots=True)
class Thread:
    """A note with its replies. `state`: open or closed, by whom; `came_from`: "" where nobody
    said, "withheld" for those who may not see it; the forms are there for those who may."""

    note: Note
    state: str
    deadline: str
    is_late: bool
    came_from: str
    may_turn: bool
    may_erase: bool
    reply: ReplyForm | None
    outcome: OutcomeForm | None
    days: DaysForm | None
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was sent and not taken, to be shown again, with its act."""

    note: int
    act: str
    form: Any


class Threads:
    """What a user sees of the notes of a piece."""

    def __init__(self, request: HttpRequest, article: Article, refused: Refused | None) -> None:
        self.article, self.user, self.refused = article, request.user, refused
        self.today = timezone.localdate()
        self.may_note = may_note(request, article)
        self.may_handle = self.may_note and may_all(self.user, HANDLE)
        self.may_see = may_all(self.user, SEE_COMPLAINANT)

    def of(self, notes: Iterable[Note]) -> Iterator[Thread]:
        for note in notes:
            may_turn = self.may_handle if note.is_formal else self.may_note
            came_from = came_from_words(note, may_see=self.may_see)
            forms = self._forms(note, may_turn)
            yield Thread(
                note=note,
                state=state_words(note),
                deadline=deadline_words(note, self.today),
                is_late=is_late(note, self.today),
                came_from=came_from,
                may_turn=may_turn,
                may_erase=bool(came_from) and self._may_erase(note),
                reply=forms.get("reply"),
                outcome=forms.get("close"),
                days=forms.get("days"),
                is_refused=bool(self.refused and self.refused.note == note.pk),
            )

    def _may_erase(self, note: Note) -> bool:
        may = self.may_note and self.may_see and may_all(self.user, ERASE)
        return may and not note.complainant.erased_at

    def _forms(self, note: Note, may_turn: bool) -> dict[str, Any]:
        """By act; the one that was refused as it was sent."""
        forms: dict[str, Any] = {}
        if self.may_note:
            forms["reply"] = reply_form(None, self.article, note)
        if may_turn and note.is_formal:
            forms["close"] = outcome_form(None, note)
            forms["days"] = None if note.closed_at else days_form(None, note)
        if self.refused and self.refused.note == note.pk:
            forms[self.refused.act] = self.refused.form
        return forms


def reply_form(data: Any, article: Article, note: Note) -> ReplyForm:
    return ReplyForm(data, article=article, auto_id=f"reply-{note.pk}-%s")


def outcome_form(data: Any, note: Note) -> OutcomeForm:
    return OutcomeForm(data, auto_id=f"close-{note.pk}-%s", initial={"outcome": note.outcome})


def days_form(data: Any, note: Note) -> DaysForm:
    initial = {"received_on": note.received_on, "due_on": note.due_on}
    return DaysForm(data, auto_id=f"days-{note.pk}-%s", initial=initial)


def state_words(note: Note) -> str:
    """Such as "Open" or "Closed by Wes: It was right."."""
    if note.closed_at:
        outcome = f": {note.outcome}" if note.outcome else ""
        return f"Closed by {name_of(note.closed_by)}{outcome}"
    return f"Open again, opened by {name_of(note.reopened_by)}" if note.reopened_at else "Open"


def deadline_words(note: Note, today: date) -> str:
    """Such as "due 3 Dec 2026, 2 days late"; "" where nothing is due any more."""
    left = note.days_left(today)
    if left is None or note.due_on is None:
        return ""
    days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    away = f"{days} {'late' if left < 0 else 'left'}" if left else "today"
    return f"due {date_format(note.due_on, 'j M Y')}, {away}"


def is_late(note: Note, today: date) -> bool:
    left = note.days_left(today)
    return left is not None and left < 0


def came_from_words(note: Note, *, may_see: bool) -> str:
    who = getattr(note, "complainant", None)
    if who is None:
        return ""
    if who.erased_at:
        return f"erased by {name_of(who.erased_by)} on {date_format(who.erased_at, 'j M Y')}"
    return ", ".join(filter(None, (who.name, who.contact))) if may_see else "withheld"
