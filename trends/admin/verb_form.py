"""The form of a verb: the fields that it takes, and no others."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ..models import VERBS, Article, Edition, Stage
from ..snapshot import LABELS, SECTIONS
from .outlook import Outlook
from .steps import PUBLISH_NOW
from .times import whole_minute
from .verb_fields import FIELDS, KINDS_OF_CHANGE, NOTICES, OF_LIVE, VerbFields

Change = Edition.Change


class Group(NamedTuple):
    """Fields that stand together; `name` is "" for those that stand alone."""

    name: str
    legend: str
    fields: list[forms.BoundField]


# Group → its legend and fields, on the one screen that has them.
GROUPS = {
    "update": ("For an update", ("update_line",)),
    "correction": ("For a correction", ("text", "kind", "severity")),
}


class VerbForm(VerbFields):
    """`look` tells what lies ahead. It is dear, so a form that was posted asks it only where an
    answer hangs on it: the verb itself checks everything again, under the lock."""

    def __init__(
        self, data: Any = None, *, verb: str, article: Article, look: Callable[[], Outlook],
        now: datetime,
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.verb, self.article, self.look, self.now = verb, article, look, now
        self.fields["version"].initial = article.version
        self.fields["version"].required = verb != "undo"  # a save meanwhile doesn't stop it
        wanted = {"version", *FIELDS.get(verb, ("note",))}
        for name in set(self.fields) - wanted:
            del self.fields[name]
        self._fit()

    @cached_property
    def outlook(self) -> Outlook:
        return self.look()

    @cached_property
    def is_live(self) -> bool:
        chosen = self.is_bound and (self.data.get("sections") or self.data.get("change"))
        return bool(chosen) or self.article.standing(self.now).live is not None

    def _fit(self) -> None:
        """Choices, first values and labels that depend on the piece."""
        fields = self.fields
        if self.verb in VERBS and VERBS[self.verb].needs_note:
            fields["note"].required, fields["note"].label = True, "Reason"
        if "edition" in fields:
            self._fit_plans()
        if "live_from" in fields:
            embargo = self.article.embargoed_until
            earliest = max(embargo, self.now) if embargo else self.now
            later = earliest > self.now
            fields["live_from"].initial = whole_minute(earliest) if later else None
        if "review_by" in fields:
            fields["review_by"].initial = self.article.next_review(self.now)
        if "sections" in fields:
            self._choose_from([(name, LABELS[name]) for name in SECTIONS])
        if self.verb == PUBLISH_NOW:
            self._ask_for_kind()

    def _fit_plans(self) -> None:
        plans: Any = self.fields["edition"]
        known = self.article.planned(self.now)
        plans.queryset = Edition.objects.filter(pk__in=[edition.pk for edition in known])
        plans.label_from_instance = _start_of
        plans.initial = known[0].pk if known else None
        if len(known) < 2:
            del self.fields["edition"]

    def _ask_for_kind(self) -> None:
        fields = self.fields
        fields["text"].required = False  # clean() asks for it where it is needed
        fields["kind"].required = fields["severity"].required = False
        fields["change"] = forms.ChoiceField(
            label="Kind of change", choices=KINDS_OF_CHANGE, widget=forms.RadioSelect,
            required=self.is_live,
            error_messages={"required": "Select what kind of change it is for readers."},
        )  # fmt: skip

    def _choose_from(self, choices: list[tuple[str, str]]) -> None:
        self.fields["sections"].choices = choices  # type: ignore[attr-defined]

    def dress(self) -> "VerbForm":
        """For a page that shows it: what can't be chosen goes, first values come in."""
        if "leave" in self.fields:
            self._offer_to_leave()
        ahead, fields = self.outlook if "override" in self.fields else None, self.fields
        if ahead is None:
            return self
        drop = set() if ahead.in_force or self.verb == "correct" else set(OF_LIVE)
        drop |= set() if ahead.changed else {"sections"}
        drop |= set() if [e for e in ahead.planned if not e.in_grace] else {"plans"}
        drop |= set() if ahead.can_be_overridden else {"override"}
        for name in drop & set(fields):
            del fields[name]
        if "sections" in fields:
            self._choose_from(ahead.work.choices)
            all_of_it = ahead.changed if self.article.stage == Stage.APPROVED else []
            fields["sections"].initial = ahead.work.free if self.verb == PUBLISH_NOW else all_of_it
        if self.verb == PUBLISH_NOW and "change" in fields:
            self._suggest(ahead)
        return self

    def _offer_to_leave(self) -> None:
        """Where a release holds it: one piece leaves, or all of them move."""
        held = [edition.release for edition in self.article.held_together(self.now)]
        if not held or not held[0]:
            del self.fields["leave"]
            return
        leave, release = self.fields["leave"], held[0]
        leave.label = f"Take it out of the release “{release}”"
        leave.help_text = format_html(
            "It is to go out with others, which stay as they are when it leaves. Or "
            '<a href="{}">move all of the release</a>.',
            reverse("admin:trends_release_move", args=[release.pk]),
        )

    def _suggest(self, ahead: Outlook) -> None:
        """What the change is by itself; nothing where facts differ, since only people know
        whether the world moved on or the text was wrong."""
        change = self.fields["change"]
        self.fields["update_line"].initial = ahead.update_line
        change.initial = None if ahead.facts else ahead.change
        if ahead.facts:
            said = " ".join(ahead.facts)
            change.help_text = f"{said} If that is only a typo, enter why under “Note”."

    def groups(self) -> Iterator[Group]:
        """Visible fields in order: alone, or with those of their group."""
        grouped = {name: g for g, (_, names) in GROUPS.items() for name in names}
        seen = set()
        for field in self.visible_fields():
            group = grouped.get(field.name, "") if self.verb == PUBLISH_NOW else ""
            if not group:
                yield Group("", "", [field])
            elif group not in seen:
                seen.add(group)
                legend, names = GROUPS[group]
                yield Group(group, legend, [self[name] for name in names])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        change = data.get("change")
        if change == Change.UPDATE and not data.get("update_line"):
            self.add_error("update_line", "An update carries a line for readers. Enter it.")
        if change == Change.CORRECTION and not data.get("text", "").strip():
            self.add_error("text", "Readers must be told. Enter what was wrong and what is right.")
        if self.verb in (PUBLISH_NOW, "publish", "schedule") and self._chose_none(data):
            raise ValidationError("No section is chosen. Select what readers shall get.")
        if self.verb == "retract" and data.get("reason") and not data["notice"].strip():
            data["notice"] = NOTICES[data["reason"]]
        return data

    def _chose_none(self, data: dict[str, Any]) -> bool:
        return not data.get("sections") and self.is_live and bool(self.outlook.changed)

    def options(self) -> dict[str, Any]:
        """Keyword arguments for the verb: what was filled in."""
        given = {name: v for name, v in self.cleaned_data.items() if v not in ("", None, [])}
        change = given.get("change")
        if change == Change.MINOR:
            given.pop("update_line", None)
        if self.verb == PUBLISH_NOW:
            is_correction = change == Change.CORRECTION
            drop = ("change", "update_line") if is_correction else GROUPS["correction"][1]
            given = {name: value for name, value in given.items() if name not in drop}
        if "sections" in self.fields and self.is_live:
            given["sections"] = self.cleaned_data.get("sections", [])
        if "review_by" in self.fields:
            given["review_by"] = self.cleaned_data["review_by"]
        return given


def _start_of(edition: Edition) -> str:
    return f"{timezone.localtime(edition.live_from):%Y-%m-%d %H:%M}: {edition.title}"
