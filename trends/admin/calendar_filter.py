"""Which part of the calendar somebody looks at."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property

from ..models import Topic
from .calendar_days import EARLIEST, LATEST, MONTH, VIEWS, Part
from .people import busy, label_of_person
from .queue_filter import ME


class CalendarForm(forms.Form):
    """Its values stand in the address. What makes no sense is ignored."""

    topic = forms.ModelChoiceField(Topic.objects.all(), required=False, empty_label="All topics")
    who = forms.ChoiceField(label="Owner", required=False)
    view = forms.ChoiceField(choices=list(VIEWS.items()), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any, today: date) -> None:
        super().__init__(data, auto_id="calendar_%s")
        self.user, self.today = user, today
        self.people = {str(person.pk): person for person in busy()}
        others = [(pk, label_of_person(person)) for pk, person in self.people.items()]
        who: Any = self.fields["who"]
        who.choices = [("", "Anybody"), (ME, "Me"), *others]
        # The name of the parameter is a word that Python keeps for itself.
        self.fields["from"] = forms.DateField(required=False, widget=forms.HiddenInput)

    @cached_property
    def given(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    @property
    def owner(self) -> Any:
        who = self.given.get("who", "")
        return self.user if who == ME else self.people.get(who)

    @property
    def about(self) -> Topic | None:
        return self.given.get("topic")

    @property
    def part(self) -> Part:
        day = self.given.get("from")
        chosen = day if day and EARLIEST <= day <= LATEST else self.today
        return Part(self.given.get("view") or MONTH, chosen, self._kept())

    def _kept(self) -> dict[str, str]:
        names = [name for name in ("topic", "who") if self.given.get(name)]
        return {name: self.data[name] for name in names}
