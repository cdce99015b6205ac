"""Which part of the queue somebody looks at."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property

from ..models import Topic
from ..models.waiting import NOBODY, Wanted
from ..snapshot import CAN_BE_PENDING, LABELS
from .people import busy, label_of_person

ME = "me"


class QueueForm(forms.Form):
    """Which part of the queue; its values stand in the address. What makes no sense is ignored."""

    section = forms.ChoiceField(
        required=False,
        choices=[("", "All sections"), *((name, LABELS[name]) for name in CAN_BE_PENDING)],
    )
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False, empty_label="All topics")
    who = forms.ChoiceField(label="Owner", required=False)
    late = forms.BooleanField(label="Late only", required=False)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, auto_id="queue_%s")
        self.user = user
        self.people = {str(person.pk): person for person in busy()}
        self.fields["who"].choices = self._owners()  # type: ignore[attr-defined]

    def _owners(self) -> list[tuple[str, str]]:
        others = [(pk, label_of_person(user)) for pk, user in self.people.items()]
        return [("", "Anybody"), (ME, "Me"), (NOBODY, "Nobody yet"), *others]

    @cached_property
    def given(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    @property
    def owner(self) -> Any:
        who = self.given.get("who", "")
        return self.user if who == ME else self.people.get(who, who or None)

    def wanted(self, today: date) -> Wanted:
        late_on = today if self.given.get("late") else None
        return Wanted(section=self.given.get("section", ""), owner=self.owner, late_on=late_on)
