"""Everything that happened to a piece as one list, newest first: saves, steps, notes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst

from ..models import (
    VERBS,
    Advice,
    Article,
    Correction,
    Note,
    Revision,
    SharedLink,
    Transition,
)
from ..models.names import name_of
from ..models.note_queries import PEOPLE
from ..snapshot import LABELS, SECTIONS
from .steps import PUBLISH_NOW, label_of
from .threads import came_from_words, deadline_words, state_words

SAVES, STEPS, NOTES = "saves", "steps", "notes"
PAGE = 100
WITHHELD = ("complainant__name", "complainant__contact")
# Recorded besides the verbs of the table.
OTHER_STEPS = {
    "embargo": "Embargo", "assign": "Assignment", "hand_over": "Handed over", "pin": "Pinned",
    "unpin": "Unpinned", "release_stopped": "Not planned any more", "erase": "Erased",
    "look_again": "Day to look again", "relate": "Related trends",
    "note_days": "Days of a complaint or legal note changed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """`number` and `name` are of a save's revision; 0 and "" for what is no save."""

    kind: str
    at: datetime
    who: str
    what: str
    words: str
    details: list[str] = field(default_factory=list)
    number: int = 0
    name: str = ""

    @property
    def before(self) -> int:
        """The revision before this save."""
        return self.number - 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it; `has_older`: there is another one."""

    events: list[Event]
    has_older: bool


def timeline(article: Article, *, show: str = "", page: int = 1) -> Timeline:
    """`show` leaves one kind only. Of one moment, the save that a step followed stands below it.

    Each source gives no more than its newest rows down to the end of the page."""
    end = page * PAGE
    events: list[Event] = []
    if show in ("", STEPS):
        events += map(step_event, article.transitions.select_related("by")[: end + 1])
        events += map(_correction, article.corrections.all()[: end + 1])
        links = article.shared_links.select_related("created_by", "revoked_by", "revision")
        events += map(_shared, links.defer("revision__content")[: end + 1])
    if show in ("", NOTES):
        notes = article.notes.select_related(*PEOPLE, "reply_to")
        events += map(_note, notes.defer(*WITHHELD)[: end + 1])
        advice = Advice.objects.filter(link__article=article).select_related("link")
        events += map(_advice, advice[: end + 1])
    if show in ("", SAVES):
        saves = article.revisions.select_related("created_by").defer("content")
        events += map(save_event, saves[: end + 1])
    events.sort(key=lambda event: event.at, reverse=True)
    return Timeline(events[end - PAGE : end], len(events) > end)


def save_event(revision: Revision) -> Event:
    return Event(
        SAVES,
        revision.created_at,
        _name(revision.created_by),
        f"Saved revision {revision.number}",
        revision.note or _first_words(revision),
        number=revision.number,
        name=revision.name,
    )


def _first_words(revision: Revision) -> str:
    return "First save" if revision.number == 1 else _labels(revision.sections)


def step_event(step: Transition) -> Event:
    return Event(STEPS, step.at, _name(step.by), _verb(step.verb), step.note, _details(step))


def _verb(name: str) -> str:
    if name in VERBS or name == PUBLISH_NOW:
        return label_of(name)
    return OTHER_STEPS.get(name) or name.replace("_", " ").capitalize()


def _correction(row: Correction) -> Event:
    """The step that made it says by whom and with which sections."""
    return Event(STEPS, row.at, "Readers", f"Are told: {row.get_kind_display()}", row.text)


def _note(note: Note) -> Event:
    """With its state, and that it was erased who it came from; never who that was."""
    what = "Reply to a note" if note.reply_to else _kind(note)
    section = (note.reply_to or note).get_section_display()
    about = f"{what} on {section}" if section else what
    who = came_from_words(note, may_see=False)
    state = [] if note.reply_to else [state_words(note), deadline_words(note, timezone.localdate())]
    details = [", ".join(filter(None, state)), f"Who it came from: {who}" if who else ""]
    return Event(NOTES, note.at, _name(note.by), about, note.text, [*filter(None, details)])


def _kind(note: Note) -> str:
    return capfirst(note.get_kind_display()) if note.is_formal else "Note"


def _shared(link: SharedLink) -> Event:
    about = f"For {link.label}: revision {link.revision.number}"
    revoked = [f"Revoked by {_name(link.revoked_by)}"] if link.revoked_at else []
    return Event(STEPS, link.created_at, _name(link.created_by), "Shared link", about, revoked)


def _advice(advice: Advice) -> Event:
    what = "Advice: agrees" if advice.agrees else "Advice"
    return Event(NOTES, advice.at, advice.name, what, advice.text, [f"Link for {advice.link}"])


def _details(step: Transition) -> list[str]:
    """What a step decided besides, in words."""
    details = step.details
    if step.verb == "assign":
        return [_assigned(details)]
    lines = {
        "sections": f"Sections: {_labels(details.get('sections', ()))}",
        "settled": f"Cancelled: {_moments(details.get('settled'))}",
        "carried": f"Kept for later: {_moments(details.get('carried'))}",
        "from": f"From {_moments([details.get('from')])} to {_moments([details.get('to')])}",
        "until": f"Until {_moments([details.get('until')])}",
        "review_by": f"Look again by {details.get('review_by')}",
        "override": f"In spite of what readiness found: {details.get('override', '')}",
        "four_eyes": "Approved by somebody who changed it",
        "release": f"With the release “{details.get('release')}”",
        "stopped_by": details.get("stopped_by", ""),
        "left": f"Out of the release {_quoted(details.get('left', ()))}",
        "stopped": f"Stopped the release {_quoted(details.get('stopped', ()))}",
        "pin": _pinned(details),
        "look_again": f"Look again by: {_turned(details.get('look_again'))}",
        "received": f"Received on: {_turned(details.get('received'))}",
        "deadline": f"Deadline: {_turned(details.get('deadline'))}",
        "owner_before": f"From {details.get('owner_before')} to {details.get('owner')}",
    }
    return [line for name, line in lines.items() if details.get(name)]


def _assigned(details: dict[str, Any]) -> str:
    """Such as “Context: Wes, due 1 May 2026”."""
    due = parse_date(details.get("due_on") or "")
    words = [details.get("owner") or "nobody", f"due {due.day} {due:%b %Y}" if due else ""]
    words.append("done" if details.get("done") else "")
    return f"{_labels([details.get('section')])}: {', '.join(filter(None, words))}"


def _pinned(details: dict[str, Any]) -> str:
    """Such as “Front page, Lead, from 2026-05-01 12:00 UTC”."""
    until = f" until {_moments([details['pin_until']])}" if details.get("pin_until") else ""
    return f"{details.get('pin')}, from {_moments([details.get('pin_from')])}{until}"


def _labels(names: Iterable[Any]) -> str:
    """In reading order; a name that no section has (any more) stays as it is."""
    given = list(names)
    known = [LABELS[name] for name in SECTIONS if name in given]
    return ", ".join([*known, *(str(name) for name in given if name not in LABELS)])


def _turned(days: Any) -> str:
    """Such as "from 2026-03-15 to 2026-03-20"."""
    before, after = (day or "none" for day in days or ("", ""))
    return f"from {before} to {after}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _moments(values: Any) -> str:
    moments = [parse_datetime(value) for value in values or () if value]
    return ", ".join(f"{at:%Y-%m-%d %H:%M %Z}" for at in moments if at)


def _name(user: Any) -> str:
    return name_of(user) if user else "the software"
