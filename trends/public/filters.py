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
from ..models.edition_queries import EditionQuerySet
from ..models.search_row import Wanted
from ..models.searching import narrowed
from ..pages import asked
from ..pages.newest import Newest
from ..search import parse
from .ordering import ORDERS, Order, ordered
from .paging import Rows, link

# Further off, the start or the end of a day is no moment that a database can hold.
_DAYS = [MinValueValidator(dt.date(1900, 1, 1)), MaxValueValidator(dt.date(2200, 1, 1))]
_DAY = {
    "input_formats": ["%Y-%m-%d"],
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    "validators": _DAYS,
}


# What few readers ask for; it waits behind the others until somebody does.
MORE = ("since", "until", "evidence", "order")


class TrendFilter(FilterSet):
    """?q=…&topic=slug&author=slug&since=2025-01-31&until=2025-12-31&evidence=yes&order=oldest,
    days of the site's zone.

    Two queries, one for each list of choices, whatever is asked; with words PostgreSQL counts
    them first, which is one more.
    """

    q = CharFilter(
        method="with_words", label="Words", max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    topic = ChoiceFilter(method="with_topic", label="Topic", empty_label="All topics")
    author = ChoiceFilter(method="with_author", label="Author", empty_label="All authors")
    since = DateFilter(method="since_day", label="From", **_DAY)
    until = DateFilter(method="until_day", label="To", **_DAY)

    evidence = ChoiceFilter(
        method="that_has_evidence", label="Evidence", empty_label="With or without",
        choices=[("yes", "With evidence")],
    )  # fmt: skip
    # Newest first is what nobody has to ask for.
    order = ChoiceFilter(
        method="in_any_order", label="Order", empty_label=ORDERS[""].label,
        choices=[(name, order.label) for name, order in ORDERS.items() if name],
    )  # fmt: skip

    class Meta:
        model = Edition
        fields: list[str] = []

    def __init__(self, data: Any, *, now: dt.datetime) -> None:
        super().__init__(data, queryset=Edition.objects.live(now))
        self.now = now
        self.topics = {topic.slug: topic for topic in asked.LIVE_TOPICS(now=now)}
        self.authors = {author.slug: author for author in asked.LIVE_AUTHORS(now=now)}
        self.names = {
            "topic": {slug: topic.name for slug, topic in self.topics.items()},
            "author": {slug: author.name for slug, author in self.authors.items()},
        }
        for field, names in self.names.items():
            self.filters[field].extra["choices"] = list(names.items())

    def with_words(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return narrowed(rows, Wanted(parse(value)))

    def with_topic(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return rows.about(self.topics[value])

    def with_author(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return rows.by(self.authors[value])

    def since_day(self, rows: EditionQuerySet, name: str, value: dt.date) -> EditionQuerySet:
        return rows.published_since(start_of(value))

    def until_day(self, rows: EditionQuerySet, name: str, value: dt.date) -> EditionQuerySet:
        return rows.published_before(start_of(value + dt.timedelta(days=1)))

    def that_has_evidence(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return rows.with_evidence()

    def in_any_order(self, rows: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return rows  # self.ordered sorts

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in self.filters if name not in MORE]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in MORE]

    @property
    def uses_more(self) -> bool:
        """One of these is asked for, or asked for wrongly."""
        return any(name in self.asked or name in self.errors for name in MORE)

    @property
    def ordered(self) -> Rows:
        """What was found, with all that cards show, in the order that was asked for."""
        if not self.is_used:
            return Newest(self.now)
        wanted = self.asked
        return ordered(self.qs.for_cards(), wanted.get("order", ""), in_index="q" in wanted)

    @property
    def used_order(self) -> Order:
        return ORDERS[self.asked.get("order", "")]

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
        wanted, path = self.asked, reverse("trends")
        return [
            {
                "label": self._wording(name, value),
                "remove_url": link(path, {n: v for n, v in wanted.items() if n != name}),
            }
            for name, value in wanted.items()
        ]

    def _wording(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value}”"
        if name == "evidence":
            return "With evidence"
        if name == "order":
            return ORDERS[value].label
        words = self.names[name][value] if name in self.names else value
        return f"{self.filters[name].label}: {words}"


def start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
