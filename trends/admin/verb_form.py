"""The form of a verb: the fields that it takes, and no others."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ..models import VERBS, Article, Correction, Edition, Stage
from ..models.pressing import CARRY, DROP
from .outlook import Outlook, section_choices
from .steps import PUBLISH_NOW
from .times import MomentField, whole_minute

_PRESS = ("sections", "change", "update_line", "plans", "override", "note")
FIELDS: dict[str, tuple[str, ...]] = {
    PUBLISH_NOW: _PRESS,
    "publish": _PRESS,
    "schedule": ("live_from", "sections", "change", "update_line", "override", "note"),
    "correct": ("text", "kind", "severity", "sections", "plans", "override", "note"),
    "reschedule": ("live_from", "edition", "note"),
    "retract": ("notice", "note"),
}
_LINES = forms.Textarea({"rows": 3})


class VerbForm(forms.Form):
    """`version` is the one that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    live_from = MomentField(label="Live from")
    edition = forms.ModelChoiceField(Edition.objects.none(), label="Planned publication")
    text = forms.CharField(
        label="What readers are told",
        widget=_LINES,
        help_text="What was wrong, what is right, and why. Don't repeat what must not be repeated.",
    )
    kind = forms.ChoiceField(choices=Correction.Kind.choices, initial=Correction.Kind.CORRECTION)
    severity = forms.ChoiceField(
        choices=Correction.Severity.choices, initial=Correction.Severity.OTHER
    )
    notice = forms.CharField(
        label="Notice for readers",
        widget=_LINES,
        help_text="Why it is taken back. It stands at the address of the piece.",
    )
    sections = forms.MultipleChoiceField(
        label="Sections to publish",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The others stay as readers see them now.",
    )
    change = forms.ChoiceField(
        label="Kind of change",
        required=False,
        choices=[
            ("", "as it is: an update where pending sections were filled, else minor"),
            *[(kind.value, kind.label) for kind in (Edition.Change.MINOR, Edition.Change.UPDATE)],
        ],
    )
    update_line = forms.CharField(
        label="Line for readers",
        required=False,
        max_length=200,
        help_text="For an update: what is new, in one line, such as “Added: Evidence”.",
    )
    plans = forms.ChoiceField(
        label="What is planned for later",
        choices=[(DROP, "cancel it"), (CARRY, "keep it, with this change in it")],
        widget=forms.RadioSelect,
        initial=DROP,
    )
    override = forms.CharField(
        label="Publish all the same, because",
        required=False,
        max_length=300,
        help_text="Your reason is kept with the publication.",
    )
    note = forms.CharField(
        required=False, widget=_LINES, help_text="For colleagues; kept in the history."
    )

    def __init__(
        self, data: Any = None, *, verb: str, article: Article, outlook: Outlook, now: datetime
    ) -> None:
        super().__init__(data)
        self.verb, self.article, self.outlook = verb, article, outlook
        self.fields["version"].initial = article.version
        for name in set(self.fields) - self._wanted():
            del self.fields[name]
        self._fit(now)

    def _wanted(self) -> set[str]:
        wanted = {"version", *FIELDS.get(self.verb, ("note",))}
        if not self.outlook.in_force:
            wanted -= {"change", "update_line"}
        if not self.outlook.changed:
            wanted -= {"sections"}
        if not self.outlook.planned:
            wanted -= {"plans"}
        if len(self.outlook.planned) < 2:
            wanted -= {"edition"}
        return wanted if self.outlook.can_be_overridden else wanted - {"override"}

    def _fit(self, now: datetime) -> None:
        """Choices, first values and labels that depend on the piece."""
        fields = self.fields
        if self.verb in VERBS and VERBS[self.verb].needs_note:
            fields["note"].required, fields["note"].label = True, "Reason"
        if "sections" in fields:
            fields["sections"].choices = section_choices(self.outlook.changed)  # type: ignore[attr-defined]
            fields["sections"].initial = self.outlook.changed if self._all_approved else []
        if "live_from" in fields:
            embargo = self.article.embargoed_until
            earliest = max(embargo, now) if embargo else now
            fields["live_from"].initial = whole_minute(earliest) if earliest > now else None
        if "edition" in fields:
            planned = self.outlook.planned
            fields["edition"].queryset = Edition.objects.filter(  # type: ignore[attr-defined]
                pk__in=[edition.pk for edition in planned]
            )
            fields["edition"].label_from_instance = _start_of  # type: ignore[attr-defined]
            fields["edition"].initial = planned[0].pk

    @property
    def _all_approved(self) -> bool:
        return self.article.stage == Stage.APPROVED or self.verb == PUBLISH_NOW

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("change") == Edition.Change.UPDATE and not data.get("update_line"):
            self.add_error("update_line", "An update carries a line for readers. Enter it.")
        if self.verb in (PUBLISH_NOW, "publish", "schedule") and self._chose_none(data):
            raise ValidationError("No section is chosen. Select what readers shall get.")
        return data

    def _chose_none(self, data: dict[str, Any]) -> bool:
        return "sections" in self.fields and not data.get("sections")

    def options(self) -> dict[str, Any]:
        """Keyword arguments for the verb: what was filled in."""
        given = {name: v for name, v in self.cleaned_data.items() if v not in ("", None, [])}
        if given.get("change") == Edition.Change.MINOR:
            given.pop("update_line", None)
        if self.outlook.in_force and "sections" in FIELDS.get(self.verb, ()):
            chosen = self.cleaned_data.get("sections", [])
            whole = self._all_approved and set(chosen) == set(self.outlook.changed)
            given["sections"] = None if whole else chosen
        return given


def _start_of(edition: Edition) -> str:
    return f"{timezone.localtime(edition.live_from):%Y-%m-%d %H:%M}: {edition.title}"
