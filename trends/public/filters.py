"""The filters of the trend list.

Choices only name what live pieces use: a topic or an author of hidden pieces is as unknown as
one that does not exist.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from ..models import Edition
from ..models.edition import EditionQuerySet
from .paging import link

# Further off, the start or the end of a day is no moment that a database can hold.
_DAYS = [MinValueValidator(dt.date(1900, 1, 1)), MaxValueValidator(dt.date(2200, 1, 1))]
_DAY = {
    "input_formats": ["%Y-%m-%d"],
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    "validators": _DAYS,
}


class TrendFilter(FilterSet):
    """?q=…&topic=slug&author=slug&since=2025-01-31&until=2025-12-31, days of the site's zone.

    Two queries, one for each list of choices, whatever is asked.
    """

    q = CharFilter(
        method="with_words", label="Words", max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    topic = ChoiceFilter(method="with_topic", label="Topic", empty_label="All topics")
    author = ChoiceFilter(method="with_author", label="Author", empty_label="All authors")
    since = DateFilter(method="since_day", label="From", **_DAY)
    until = DateFilter(method="until_day", label="To", **_DAY)

    class Meta:
        model = Edition
        fields: list[str] = []

    def __init__(self, data: Any, *, queryset: EditionQuerySet) -> None:
        super().__init__(data, queryset=queryset)
        self.topics = {topic.slug: topic for topic in queryset.topics()}
        self.authors = {author.slug: author for author in queryset.authors()}
        self.names = {
            "topic": {slug: topic.name for slug, topic in self.topics.items()},
            "author": {slug: author.name for slug, author in self.authors.items()},
        }
        for field, names in self.names.items():
            self.filters[field].extra["choices"] = list(names.items())

    def with_words(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return rows.matching(dict.fromkeys(value.split()))

    def with_topic(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return rows.about(self.topics[value])

    def with_author(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return rows.by(self.authors[value])

    def since_day(self, rows: EditionQuerySet, name: str, value: dt.date) -> EditionQuerySet:
        return rows.published_since(start_of(value))

    def until_day(self, rows: EditionQuerySet, name: str, value: dt.date) -> EditionQuerySet:
        return rows.published_before(start_of(value + dt.timedelta(days=1)))

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, as parameters: {"topic": "energy"}."""
        self.form.is_valid()  # a wrong value leaves the others in cleaned_data
        return {name: str(value) for name, value in self.form.cleaned_data.items() if value}

    @property
    def is_used(self) -> bool:
        return bool(self.asked or self.errors)

    @property
    def chips(self) -> list[dict[str, str]]:
        """One for each filter in use: its words, and the list without it."""
        asked, path = self.asked, reverse("trends")
        return [
            {
                "label": self._wording(name, value),
                "remove_url": link(path, {n: v for n, v in asked.items() if n != name}),
            }
            for name, value in asked.items()
        ]

    def _wording(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value}”"
        words = self.names[name][value] if name in self.names else value
        return f"{self.filters[name].label}: {words}"


def start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
