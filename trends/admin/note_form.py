"""The forms of notes, and who may do what with one."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from ..models import Article, Note
from ..models.colleagues import Named, named_in
from ..snapshot import LABELS, SECTIONS
from .access import may_all
from .widgets import LinesField

LOOK, ADD, CLOSE = "trends.view_note", "trends.add_note", "trends.change_note"
HANDLE = "trends.handle_complaint"  # complaints and legal notes
SEE_COMPLAINANT, ERASE = "trends.view_complainant", "trends.delete_complainant"
LONGEST = 5000
DAYS = ("received_on", "due_on")
FORMAL_FIELDS = (*DAYS, "name", "contact")


def may_note(request: HttpRequest, article: Article) -> bool:
    return may_all(request.user, ADD, CLOSE) and article.may_be_changed_by(request.user)


def _text(label: str, empty: str, **attrs: Any) -> LinesField:
    return LinesField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, **attrs}),
        error_messages={
            "required": empty,
            "max_length": f"The {label.lower()} has at most %(limit_value)d characters, this one "
            "%(show_value)d. Shorten it.",
        },
    )


def _day(label: str, **attrs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no date. Enter one like 2031-05-02."},
        **attrs,
    )


class DatedForm(forms.Form):
    """The two days of a complaint or a legal note."""

    received_on = _day("Received on")
    due_on = _day("Deadline", help_text="Until when it must be answered.")

    def check_days(self) -> None:
        received_on, due_on = (self.cleaned_data.get(name) for name in DAYS)
        if not received_on and "received_on" not in self.errors:
            self.add_error("received_on", "Enter the day on which it came.")
        if not due_on and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the day until which it must be answered.")
        if received_on and received_on > timezone.localdate():
            self.add_error("received_on", "This day is still to come. Enter an earlier one.")
        if received_on and due_on and due_on < received_on:
            self.add_error("due_on", "That is before the day on which it came. Enter a later one.")


class AddressedForm(forms.Form):
    """A text that may name colleagues. Whom it can't reach is said once: sent again as it is, it
    is taken, since “@” may also stand for a name of elsewhere."""

    data: Any
    text = _text("Note", "The note is empty. Enter what others shall know.")
    as_is = forms.CharField(required=False, widget=forms.HiddenInput)  # names objected to

    def __init__(self, data: Any = None, *, article: Article, **kwargs: Any) -> None:
        super().__init__(data if data is None else data.copy(), **kwargs)
        self.article = article
        self.named = Named([], [], [])
        self.fields["text"].widget.attrs |= {
            "data-people": reverse("admin:trends_article_people", args=[article.pk]),
            "data-module": static("admin-desk/mention.js"),
        }

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        self.named = named_in(text, self.article)
        known = set(self.data.get(self.add_prefix("as_is"), "").split())
        objections = objections_to(self.named)
        if set(objections) - known:
            self.data[self.add_prefix("as_is")] = " ".join(objections)
            raise forms.ValidationError(list(objections.values()))
        return text


def objections_to(named: Named) -> dict[str, str]:
    """Name → why nobody of that name would be told."""
    unknown = "Nobody here is called “@{}”. Correct the name, or send it again as it is."
    barred = (
        "“@{}” can't open this piece and won't be told. Have a section assigned to them first, or "
        "send it again as it is."
    )
    return {name.lower(): unknown.format(name) for name in named.unknown} | {
        user.get_username().lower(): barred.format(user.get_username()) for user in named.barred
    }


class NoteForm(AddressedForm, DatedForm):
    """A new note. Who may not handle complaints writes comments only."""

    section = forms.ChoiceField(
        label="About",
        required=False,
        choices=[("", "The whole piece"), *((name, LABELS[name]) for name in SECTIONS)],
    )
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[(value, capfirst(label)) for value, label in Note.Kind.choices],
    )
    name = forms.CharField(label="From", required=False, max_length=200)
    contact = forms.CharField(
        label="How to reach them",
        required=False,
        max_length=300,
        help_text="Only publishers and administrators see who it came from; they can erase it.",
    )

    def __init__(self, *args: Any, may_handle: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_handle:
            for name in ("kind", *FORMAL_FIELDS):
                del self.fields[name]

    @property
    def formal(self) -> list[forms.BoundField]:
        return [self[name] for name in FORMAL_FIELDS if name in self.fields]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("section", "kind") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") in (None, "", Note.Kind.COMMENT):
            given = {name: value for name, value in data.items() if name in ("section", "text")}
            for name in FORMAL_FIELDS:
                self.errors.pop(name, None)
            return given
        self.check_days()
        data.pop("as_is", None)
        return data


class ReplyForm(AddressedForm):
    text = _text("Reply", "The reply is empty. Enter what you have to say.", rows=2)


class OutcomeForm(forms.Form):
    outcome = _text("Outcome", "It is closed with its outcome: enter what came of it.", rows=2)


class DaysForm(DatedForm):
    def clean(self) -> None:
        super().clean()
        self.check_days()
