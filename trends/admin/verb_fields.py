"""The fields that verbs take, with their words: which verb takes which, and in which groups."""

import json

from django import forms

from ..models import Correction, Edition
from ..models.pressing import CARRY, DROP
from .steps import PUBLISH_NOW
from .times import MomentField

Change, Reason = Edition.Change, Edition.Reason
_CORRECTION = ("text", "kind", "severity")
_PRESS = ("sections", "change", "update_line", "plans", "override", "leave", "note")
FIELDS: dict[str, tuple[str, ...]] = {
    PUBLISH_NOW: (*_PRESS, *_CORRECTION),
    "publish": _PRESS,
    "schedule": ("live_from", "sections", "change", "update_line", "override", "leave", "note"),
    "correct": (*_CORRECTION, "sections", "plans", "override", "leave", "note"),
    "reschedule": ("live_from", "edition", "leave", "note"),
    "cancel_schedule": ("leave", "note"),
    "retract": ("reason", "notice", "note"),
    "confirm": ("review_by", "note"),
    "undo": (),
}
# Fields that mean nothing unless readers have a text already.
OF_LIVE = ("sections", "change", "update_line", *_CORRECTION)
# Words for readers, to begin with; an editor makes them true of the piece.
NOTICES = {
    Reason.WRONG: "We have retracted this piece because it was wrong. What it said should not be "
    "relied on.",
    Reason.EARLY: "This piece was published too early, before it was finished. We have taken it "
    "back, and it will appear here when it is ready.",
    Reason.LEGAL: "We have taken this piece back for legal reasons.",
}
KINDS_OF_CHANGE = [
    (Change.MINOR.value, "Typo, broken link or the like: readers are told nothing"),
    (Change.UPDATE.value, "Update: the world moved on, or a section is filled"),
    (Change.CORRECTION.value, "Correction: a fact was wrong"),
]
_LINES = forms.Textarea({"rows": 3})


class VerbFields(forms.Form):
    """Every field of every verb. `version` is the one that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    live_from = MomentField(label="Live from")
    edition = forms.ModelChoiceField(Edition.objects.none(), label="Planned publication")
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
            *[(kind.value, kind.label) for kind in (Change.MINOR, Change.UPDATE)],
        ],
    )
    update_line = forms.CharField(
        label="Line for readers",
        required=False,
        max_length=200,
        help_text="For an update: what is new, in one line, such as “Added: Evidence”.",
    )
    text = forms.CharField(
        label="What readers are told",
        widget=_LINES,
        help_text="What was wrong, what is right, and why. Don't repeat what must not be repeated.",
    )
    kind = forms.ChoiceField(
        label="It is a", choices=Correction.Kind.choices, initial=Correction.Kind.CORRECTION
    )
    severity = forms.ChoiceField(
        choices=Correction.Severity.choices, initial=Correction.Severity.OTHER
    )
    reason = forms.ChoiceField(
        label="Why it is taken back", choices=Reason.choices, widget=forms.RadioSelect
    )
    notice = forms.CharField(
        label="Notice for readers",
        required=False,
        widget=forms.Textarea({"rows": 3, "data-usual": json.dumps(NOTICES)}),
        help_text="It stands at the address of the piece. Left empty, readers get our usual words "
        "for the reason; better say what was wrong.",
    )
    review_by = forms.DateField(
        label="Look again by",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Whoever looks after it is told on that day. Empty: nobody is.",
        error_messages={"invalid": "This is no date. Enter one like 2031-05-02."},
    )
    plans = forms.ChoiceField(
        label="What is planned for later",
        choices=[(DROP, "cancel it"), (CARRY, "keep it, with this change in it")],
        widget=forms.RadioSelect,
        required=False,
        initial=DROP,
    )
    override = forms.CharField(
        label="Publish all the same, because",
        required=False,
        max_length=300,
        help_text="Your reason is kept with the publication.",
    )
    leave = forms.BooleanField(label="Take it out of the release", required=False)
    note = forms.CharField(
        required=False, widget=_LINES, help_text="For colleagues; kept in the history."
    )
