"""What can be done with sections selected in the queue, each checked anew behind its lock."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list

from ..models import Article, Assignment
from ..models.names import name_of
from ..snapshot import CAN_BE_PENDING, LABELS
from .people import PersonField

CLAIM, ASSIGN, DUE, NEEDLESS, AUTHOR = "claim", "assign", "due", "not_needed", "author"
LABEL_OF = {
    CLAIM: "Claim: I do it",
    ASSIGN: "Assign to…",
    DUE: "Set the due date…",
    NEEDLESS: "Mark as not needed…",
    AUTHOR: "Assign an author to the pieces…",
}
MANAGE = "trends.change_assignment"
# Everybody who sees a piece may claim what is free in it, and say what it does not need.
PERMISSIONS = {ASSIGN: MANAGE, DUE: MANAGE, AUTHOR: "trends.assign_author"}
NAMED = 5  # a message names so many sections
Chosen = dict[int, list[str]]


def acts_of(user: Any) -> list[str]:
    return [act for act in LABEL_OF if act not in PERMISSIONS or user.has_perm(PERMISSIONS[act])]


def chosen_of(values: Iterable[str]) -> Chosen:
    """Article id → sections, of values like "12:context"; what is no such thing is left out."""
    chosen: Chosen = {}
    for value in dict.fromkeys(values):
        number, _, section = value.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 19 and section in CAN_BE_PENDING:
            chosen.setdefault(int(number), []).append(section)
    return chosen


class ActForm(forms.Form):
    """One act for all that is selected (`row`, values like "12:context")."""

    act = forms.ChoiceField(label="With the selected")
    owner = PersonField(label="Who", required=False, empty_label="Select somebody")
    due_on = forms.DateField(
        label="Due on",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no date. Enter one like 2031-05-02."},
    )
    reason = forms.CharField(label="Not needed, because", required=False, max_length=200)

    def __init__(self, data: Any = None, *, user: Any, chosen: Chosen) -> None:
        super().__init__(data, auto_id="act_%s")
        self.chosen = chosen
        acts = acts_of(user)
        self.fields["act"].choices = [(act, LABEL_OF[act]) for act in acts]  # type: ignore[attr-defined]
        if ASSIGN not in acts:
            del self.fields["owner"], self.fields["due_on"]

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError("This day is over. Enter today or a later day.")
        return due_on

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.chosen:
            self.add_error(None, "Nothing is selected. Tick the sections that you mean.")
        if data.get("act") == ASSIGN and not data.get("owner") and "owner" not in self.errors:
            self.add_error("owner", "Select who is to do it.")
        if data.get("act") == NEEDLESS and not data.get("reason"):
            self.add_error("reason", "Enter why these sections may stay empty.")
        return data


@dataclass
class Outcome:
    """How many sections got what was asked for; the names of those that are no longer pending,
    and a sentence for each one refused."""

    done: int = 0
    over: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def act_on(chosen: Chosen, given: dict[str, Any], *, by: Any) -> Outcome:
    """Do to all that is chosen what the form asked for, a transaction for each piece."""
    outcome = Outcome()
    for article in Article.objects.seen_by(by).filter(pk__in=chosen).order_by("pk"):
        with transaction.atomic():
            article.lock()
            sections = _still_pending(article, chosen[article.pk], by, outcome)
            if sections and given["act"] == NEEDLESS:
                _not_needed(article, sections, given["reason"], by)
                outcome.done += len(sections)
            elif sections:
                _assign(article, sections, given, by, outcome)
    return outcome


def _still_pending(article: Article, sections: list[str], by: Any, outcome: Outcome) -> list[str]:
    """Those that nobody filled meanwhile, of a piece that the user may change."""
    if article.discarded_at or not article.may_be_changed_by(by):
        why = "it is in the bin" if article.discarded_at else "you may not change it"
        outcome.refused.append(f"{article.title}: {why}.")
        return []
    pending = article.pending_sections()
    outcome.over += [_place(article, name) for name in sections if name not in pending]
    return [name for name in sections if name in pending]


def _not_needed(article: Article, sections: list[str], reason: str, by: Any) -> None:
    """A change of content, so there is a revision. Nobody owes these sections any more."""
    for section in sections:
        article.mark_not_needed(section, reason)
    article.record_revision(by=by)
    for row in Assignment.objects.open().filter(article=article, section__in=sections):
        Assignment.objects.put(article, row.section, by=by, now=timezone.now(), done=True)


def _assign(
    article: Article, sections: list[str], given: dict[str, Any], by: Any, outcome: Outcome
) -> None:
    fields = _fields(given, by)
    taken = {} if by.has_perm(MANAGE) else _taken(article, by)
    for section in sections:
        if section in taken:
            outcome.refused.append(f"{_place(article, section)}: {taken[section]} has it already.")
            continue
        Assignment.objects.put(article, section, by=by, now=timezone.now(), **fields)
        outcome.done += 1


def _fields(given: dict[str, Any], by: Any) -> dict[str, Any]:
    if given["act"] == CLAIM:
        return {"owner": by}
    if given["act"] == DUE:
        return {"due_on": given["due_on"]}
    return {"owner": given["owner"]} | ({"due_on": given["due_on"]} if given["due_on"] else {})


def _taken(article: Article, by: Any) -> dict[str, str]:
    """Section → who else has it; only those who manage assignments take it from them."""
    rows = Assignment.objects.open().for_articles([article]).exclude(owner=None)
    return {row.section: name_of(row.owner) for row in rows if row.owner != by}


def _place(article: Article, section: str) -> str:
    return f"{LABELS[section]} of “{article.title}”"


# --- what is said afterwards ---


def told(given: dict[str, Any], outcome: Outcome, missing: int) -> list[tuple[str, str]]:
    """(level, sentence) of what became of it."""
    said = [("success", _done(given, outcome.done))] if outcome.done else []
    if outcome.over:
        names = _names(outcome.over)
        said.append(("info", f"Filled or not needed meanwhile, so left alone: {names}."))
    if missing:
        said.append(("info", "Some pieces are no longer there for you; they were left alone."))
    return said + [("warning", f"Left alone. {why}") for why in outcome.refused[:NAMED]]


def _done(given: dict[str, Any], count: int) -> str:
    sections, are = ("1 section", "is") if count == 1 else (f"{count} sections", "are")
    due_on = given.get("due_on")
    day = f" due on {due_on:%Y-%m-%d}" if due_on else ""
    if given["act"] == CLAIM:
        return f"{sections} {are} yours now."
    if given["act"] == DUE:
        return f"{sections} {are}{day} now." if day else f"{sections}: no due date any more."
    if given["act"] == NEEDLESS:
        return f"{sections} {are} marked as not needed."
    return f"{name_of(given['owner'])} has {sections} to do{',' if day else ''}{day}."


def _names(places: list[str]) -> str:
    more = len(places) - NAMED
    names = places[:NAMED] + ([f"{more} more"] if more > 0 else [])
    return get_text_list(names, "and")
