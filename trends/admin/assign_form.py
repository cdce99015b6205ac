"""The form of "Assign author…": somebody known, or somebody new by name."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect

from ..models import Author, Byline
from ..models.making import new_author

REPLACE, ADD = "replace", "add"


class AssignForm(forms.Form):
    author = forms.ModelChoiceField(Author.objects.current(), required=False)
    new_author = forms.CharField(
        label="Or somebody new",
        required=False,
        max_length=120,
        help_text="A name. Their page can be written later.",
        widget=forms.TextInput({"class": "vTextField"}),
    )
    role = forms.CharField(
        required=False,
        max_length=60,
        help_text="“Reporting”, “Data” … or empty.",
        widget=forms.TextInput({"class": "vTextField"}),
    )
    how = forms.ChoiceField(
        label="Byline",
        choices=[(REPLACE, "This author alone"), (ADD, "Add this author to those there are")],
        initial=REPLACE,
        widget=forms.RadioSelect,
    )
    publish = forms.BooleanField(
        label="Publish the bylines at once",
        required=False,
        initial=True,
        help_text="Readers of live pieces get the new byline and nothing else that is unpublished.",
    )

    def __init__(self, *args: Any, site: admin.AdminSite, may_add: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        select = AutocompleteSelect(Byline._meta.get_field("author"), site)
        select.choices = self.fields["author"].widget.choices
        self.fields["author"].widget = select
        if not may_add:
            del self.fields["new_author"]

    def clean_new_author(self) -> str:
        name: str = self.cleaned_data["new_author"]
        if name and Author.objects.called(name):
            raise forms.ValidationError("There is an author of this name. Select them above.")
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        new = data.get("new_author")
        if data.get("author") and new:
            self.add_error("new_author", "Select somebody above or enter a name here, not both.")
        if not self.errors and not data.get("author") and not new:
            or_new = ", or enter the name of somebody new" if "new_author" in self.fields else ""
            self.add_error("author", f"Select an author{or_new}.")
        return data

    def chosen(self) -> Author:
        """Of a valid form; somebody new is made now."""
        known: Author | None = self.cleaned_data["author"]
        return known or new_author(self.cleaned_data["new_author"])
