"""What may be asked of the search, as parameters of its address.

?q=words&topic=slug&year=2025&order=newest&page=2. What is unknown counts as not asked: a topic of
hidden pieces alone is as unknown as one that does not exist.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse

from ..models import Topic
from ..search import LONGEST
from .filters import start_of
from .paging import link

ORDERS = {"": "Best match first", "newest": "Newest first"}
NARROWING = ("topic", "year")
LAST_PAGE = 50


class SearchForm(forms.Form):
    """topics: those of live pieces, by slug."""

    q = forms.CharField(
        label="Words", max_length=LONGEST, required=False,
        error_messages={
            "max_length": f"That is more than {LONGEST} characters. Use fewer words."
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    order = forms.ChoiceField(label="Order", choices=list(ORDERS.items()), required=False)
    topic = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    year = forms.IntegerField(
        required=False, min_value=1900, max_value=2200, widget=forms.HiddenInput
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def __init__(self, data: Mapping[str, Any], topics: Mapping[str, Topic]) -> None:
        asked = {name: data.get(name, "") for name in self.base_fields}
        super().__init__(asked | {"order": asked["order"] if asked["order"] in ORDERS else ""})
        self.topics = topics
        self.fields["topic"].choices = [("", ""), *((slug, slug) for slug in topics)]  # type: ignore[attr-defined]
        self.is_valid()  # a wrong value leaves the others in cleaned_data

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, as parameters, the number of the page apart."""
        names = (name for name in ("q", *NARROWING, "order") if self.cleaned_data.get(name))
        return {name: str(self.cleaned_data[name]) for name in names}

    @property
    def words(self) -> str:
        return self.asked.get("q", "")

    @property
    def page_number(self) -> int:
        return self.cleaned_data.get("page") or 1

    @property
    def chosen_topic(self) -> Topic | None:
        return self.topics.get(self.asked.get("topic", ""))

    @property
    def span(self) -> dict[str, dt.datetime]:
        """The year that was asked for, in the site's zone."""
        year = self.cleaned_data.get("year")
        if not year:
            return {}
        return {
            "since": start_of(dt.date(year, 1, 1)),
            "before": start_of(dt.date(year + 1, 1, 1)),
        }

    @property
    def narrowed(self) -> dict[str, str]:
        """The facets in use, each as readers call it."""
        words = {"topic": str(self.chosen_topic), "year": self.asked.get("year", "")}
        return {name: words[name] for name in NARROWING if name in self.asked}

    @property
    def kept(self) -> list[Any]:
        """Hidden fields, so that other words or another order keep what is narrowed."""
        return [self[name] for name in self.narrowed]

    def url(self, **changes: str) -> str:
        """The address with some parameters changed, without those that get ""."""
        changed = self.asked | changes
        return link(reverse("search"), {name: value for name, value in changed.items() if value})

    @property
    def chips(self) -> list[dict[str, str]]:
        """One for each facet in use: its words, and the list without it."""
        labels = {"topic": "Topic", "year": "Year"}
        return [
            {"label": f"{labels[name]}: {words}", "remove_url": self.url(**{name: ""})}
            for name, words in self.narrowed.items()
        ]
