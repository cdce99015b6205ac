"""Who owes which section, and until when, as fields of the form of a piece.

Assignments are no content: they make no revision and never stop a save. A form writes only what
it changed itself: `was_<section>` carries along what it showed when it was opened.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from ..models import Assignment
from ..models.names import name_of
from ..snapshot import CAN_BE_PENDING
from .people import colleagues

OWNER, DUE, DONE = NAMES = ("owner", "due", "done")
# Ours → those of Assignment.objects.put().
PUT = {OWNER: "owner", DUE: "due_on", DONE: "done"}


class DueField(forms.DateField):
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d"], **kwargs)


class AssignmentFields(forms.ModelForm):
    """`assignments`: section → its row. Owner and date are for those who may assign; whoever may
    save the piece says that a section is done."""

    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        piece = [self.instance.pk] if self.instance.pk else []
        rows = Assignment.objects.for_articles(piece) if piece else []
        self.assignments: dict[str, Assignment] = {row.section: row for row in rows}
        if self.user and "title" in self.fields:  # else there is only to look
            self._add_assignment_fields()

    def _add_assignment_fields(self) -> None:
        may_assign = self.user.has_perm("trends.change_assignment")
        for section in CAN_BE_PENDING:
            row = self.assignments.get(section)
            self.fields.update(_fields(section, row, may_assign, self._owners))

    @cached_property
    def staff(self) -> dict[str, Any]:
        """Id as text → who can be chosen. Asked for when somebody is, or the form is drawn."""
        owners = [row.owner for row in self.assignments.values() if row.owner]
        return {str(user.pk): user for user in [*colleagues(), *owners]}

    def _owners(self) -> list[tuple[Any, str]]:
        return [("", "Nobody yet"), *((pk, name_of(user)) for pk, user in self.staff.items())]

    def assignment_changes(self) -> dict[str, dict[str, Any]]:
        """Section → what was changed in this form, as Assignment.objects.put() takes it."""
        changes = {section: dict(self._changed(section)) for section in CAN_BE_PENDING}
        return {section: changed for section, changed in changes.items() if changed}

    def _changed(self, section: str) -> Iterator[tuple[str, Any]]:
        was = str(self.cleaned_data.get(f"was_{section}") or "").split("|")
        if len(was) != len(NAMES):
            return  # it was not shown, so nobody changed it
        for name, before in zip(NAMES, was, strict=True):
            field = f"{name}_{section}"
            value = self.cleaned_data.get(field)
            if field in self.fields and _said(value) != before:
                yield PUT[name], self.staff.get(str(value)) if name == OWNER else value


def _fields(
    section: str, row: Assignment | None, may_assign: bool, owners: Callable[[], Any]
) -> Iterator[tuple[str, forms.Field]]:
    owner, due, done = (row.owner_id, row.due_on, row.done_at) if row else (None, None, None)
    if may_assign:
        shown = str(owner or "")
        yield (
            f"{OWNER}_{section}",
            forms.ChoiceField(label="Owner", required=False, choices=owners, initial=shown),
        )
        yield f"{DUE}_{section}", DueField(label="Due", initial=due)
    if row:
        ticked = done is not None
        yield (
            f"{DONE}_{section}",
            forms.BooleanField(label="Done", required=False, initial=ticked),
        )
    if row or may_assign:
        was = "|".join(map(_said, (owner, due, done is not None)))
        yield (
            f"was_{section}",
            forms.CharField(required=False, initial=was, widget=forms.HiddenInput),
        )


def _said(value: Any) -> str:
    """A value as `was_<section>` names it."""
    if isinstance(value, date):
        return value.isoformat()
    return "1" if value is True else str(value or "")


class SavesAssignments(admin.ModelAdmin):
    """For ArticleAdmin."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        now = timezone.now()
        for section, changed in form.assignment_changes().items():
            Assignment.objects.put(form.instance, section, by=request.user, now=now, **changed)
