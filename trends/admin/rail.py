"""What stands beside a section of the form: how it stands, who owes it, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format

from ..models import Assignment
from ..models.names import name_of
from ..snapshot import SECTIONS, Snapshot
from .assignment_fields import DONE, DUE, OWNER
from .parts import reason_field


@dataclass(frozen=True, slots=True)
class Rail:
    """What stands beside a section. `state` is one of those of section_states(), or "" where that
    does not apply; `owed` says who owes it; `plan` are the fields behind "Assign or skip";
    `notes` is the number of open ones, None where there can be none."""

    state: str
    why: str
    owed: str
    is_late: bool
    done: BoundField | None
    plan: list[BoundField]
    was: BoundField | None
    notes: int | None

    @property
    def offers(self) -> str:
        """What the folded fields are for."""
        can_assign = any(field.name.startswith(OWNER) for field in self.plan)
        can_skip = any(field.name.startswith("not_needed") for field in self.plan)
        return " or ".join(["assign"] * can_assign + ["skip"] * can_skip).capitalize()

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.plan)


def owed_words(row: Assignment, today: date) -> str:
    """Such as "Wes, due 3 Dec, 2 days late"."""
    words = [name_of(row.owner) if row.owner else "Nobody yet"]
    if row.done_at:
        return f"{words[0]}, done"
    if row.due_on:
        year = " Y" if row.due_on.year != today.year else ""
        words.append(f"due {date_format(row.due_on, 'j M' + year)}")
    if late := row.days_late(today):
        words.append(f"{late} day{'s' if late > 1 else ''} late")
    return ", ".join(words)


def rail(
    name: str,
    form: Any,
    states: Mapping[str, str],
    snapshot: Snapshot | None,
    notes: Mapping[str, int] | None,
) -> Rail:
    row, today = form.assignments.get(name), timezone.localdate()
    there = form.fields if "title" in form.fields else {}  # else there is only to look
    fields = {n: form[n] for n in (f"{DONE}_{name}", f"was_{name}") if n in there}
    plan = [f"{OWNER}_{name}", f"{DUE}_{name}", reason_field(name)]
    return Rail(
        state=states.get(name, ""),
        why=snapshot[name]["not_needed"] if snapshot and name in SECTIONS[1:] else "",
        owed=owed_words(row, today) if row else "",
        is_late=bool(row and row.days_late(today)),
        done=fields.get(f"{DONE}_{name}"),
        plan=[form[field] for field in plan if field in there],
        was=fields.get(f"was_{name}"),
        notes=None if notes is None or name not in SECTIONS else notes.get(name, 0),
    )
