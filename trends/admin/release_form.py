"""Forms of releases: a new one, another time, more pieces."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.utils import timezone

from ..models import Article, Release
from ..models.releasing import MOST
from .times import MomentField

SCHEDULABLE = "Approved pieces that are not on hold and in no other release."


class PiecesField(forms.ModelMultipleChoiceField):
    """Pieces that can be scheduled, by search; a plain list where no script runs."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", SCHEDULABLE)
        super().__init__(Article.objects.none(), label="Pieces", **kwargs)
        self.error_messages["invalid_choice"] = (
            "One of these pieces can't be scheduled now: it is not approved, on hold, in another "
            "release, or readers see its text already. Take it out of the list."
        )

    def fit(self, *, user: Any, plain: bool) -> None:
        if not plain:
            field: Any = Release._meta.get_field("articles")
            self.widget = AutocompleteSelectMultiple(field, admin.site)
            # No "remove all": its sign is no entry of the list that it would stand in.
            self.widget.is_required = True
        self.queryset = Article.objects.seen_by(user).schedulable(timezone.now())

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if len(chosen) > MOST:
            raise forms.ValidationError(f"A release holds {MOST} pieces at most. Select fewer.")
        return chosen


class ReleaseForm(forms.ModelForm):
    """A new release; of one that is there only the name. ReleaseAdmin sets `user` and `plain`."""

    user: Any = None
    plain = False
    live_from = MomentField(label="Live from")
    articles = PiecesField(required=False)

    class Meta:
        model = Release
        fields = ("name", "live_from", "articles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["live_from"], self.fields["articles"]
        else:
            self.fields["articles"].fit(user=self.user, plain=self.plain)  # type: ignore[attr-defined]

    def clean_live_from(self) -> Any:
        if self.cleaned_data["live_from"] <= timezone.now():
            raise forms.ValidationError("The time lies in the past. Choose a later one.")
        return self.cleaned_data["live_from"]

    def _save_m2m(self) -> None:
        """Pieces come in by Release.add() alone, under their locks."""


class MoveForm(forms.Form):
    live_from = MomentField(label="Live from")


class AddForm(forms.Form):
    articles = PiecesField(error_messages={"required": "Nothing is selected. Select a piece."})

    def __init__(self, *args: Any, user: Any, plain: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["articles"].fit(user=user, plain=plain)  # type: ignore[attr-defined]
