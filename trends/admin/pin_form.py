"""The forms of pins: where a piece stands, from when, until when."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms

from ..models import Article, Pin, Topic
from ..models.pin import FRONT_PAGE, place_name
from .times import MomentField, whole_minute

AT_MOST = len(Pin.Slot)
ELSEWHERE = (
    "Not that topic’s page: it shows pieces about the topic alone, and this is about another."
)


def place_of(value: str | None, topics: Iterable[Topic]) -> Topic | None:
    """The topic whose number an address names; None, the front page, for anything else."""
    return next((topic for topic in topics if str(topic.pk) == value), None)


class TimesForm(forms.Form):
    """From–until."""

    starts_at = MomentField(label="From", required=False)
    ends_at = MomentField(label="Until", required=False)

    def __init__(self, data: Any = None, *, now: datetime, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.now = now
        zone = self.fields["starts_at"].help_text
        self.fields["starts_at"].help_text = f"Left empty: at once. {zone}"
        self.fields["ends_at"].help_text = f"Left empty: until somebody unpins it. {zone}"

    def clean_starts_at(self) -> datetime:
        """What lies in the past means at once, so that the newest pin is the one that shows."""
        starts_at: datetime | None = self.cleaned_data["starts_at"]
        return starts_at if starts_at and starts_at > self.now else self.now

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        ends_at = data.get("ends_at")
        if ends_at and ends_at <= self.now:
            self.add_error("ends_at", "This moment is over. Enter a later one, or nothing.")
        elif ends_at and ends_at <= data.get("starts_at", self.now):
            self.add_error("ends_at", "It would end before it begins. Enter a later moment.")
        return data


class PinForm(TimesForm):
    """One or several pieces onto one page: a slot for each."""

    place = forms.ChoiceField(label="Page", required=False)

    def __init__(self, data: Any = None, *, articles: Sequence[Article], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.articles, self.topics = articles, common_topics(articles)
        choices = [(str(topic.pk), place_name(topic)) for topic in self.topics]
        self.fields["place"].choices = [("", FRONT_PAGE), *choices]  # type: ignore[attr-defined]
        if self.initial.get("place") not in (None, "", *dict(choices)):
            self.fields["place"].help_text = ELSEWHERE
        if len(articles) == 1:
            self.fields["starts_at"].initial = next_start(articles[0], self.now)
        for number, article in enumerate(articles):
            self.fields[slot_field(article)] = _slot(article, number)
        self.order_fields(["place", *map(slot_field, articles)])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        taken: dict[int, Article] = {}
        for article in self.articles:
            slot = data.get(slot_field(article))
            if slot in taken:
                said = f"“{taken[slot]}” has this slot. Select another one."
                self.add_error(slot_field(article), said)
            elif slot is not None:
                taken[slot] = article
        return data

    def pins(self) -> list[Pin]:
        """Of a valid form; not saved."""
        given, topic = self.cleaned_data, place_of(self.cleaned_data["place"], self.topics)
        times = {name: given[name] for name in ("starts_at", "ends_at")}
        return [
            Pin(article=article, topic=topic, slot=given[slot_field(article)], **times)
            for article in self.articles
        ]


class PinChangeForm(TimesForm):
    """Another slot or other times for a pin; one that runs keeps its start, unless it moves:
    then it begins anew, and so goes over what stands there."""

    slot = forms.TypedChoiceField(coerce=int, choices=Pin.Slot.choices)
    field_order = ["slot"]

    def __init__(self, data: Any = None, *, pin: Pin, now: datetime) -> None:
        first = {"slot": pin.slot, "starts_at": pin.starts_at, "ends_at": pin.ends_at}
        super().__init__(data, now=now, initial=first)
        self.pin, self.runs = pin, pin.starts_at <= now
        if self.runs:
            del self.fields["starts_at"]

    def changed(self) -> Pin:
        """Of a valid form; not saved."""
        pin, given = self.pin, self.cleaned_data
        if not self.runs:
            pin.starts_at = given["starts_at"]
        elif pin.slot != given["slot"]:
            pin.starts_at = self.now
        pin.slot, pin.ends_at = given["slot"], given["ends_at"]
        return pin


def slot_field(article: Article) -> str:
    return f"slot_{article.pk}"


def _slot(article: Article, place: int) -> forms.Field:
    return forms.TypedChoiceField(
        coerce=int, choices=Pin.Slot.choices, initial=place, label=f"“{article}” as"
    )


def common_topics(articles: Iterable[Article]) -> list[Topic]:
    """Topics whose page may show each of the pieces: what they are about on the desk, and what
    readers are told they are about."""
    theirs = [topics_of(article) for article in articles]
    return sorted(set.intersection(*theirs), key=lambda topic: topic.name) if theirs else []


def topics_of(article: Article) -> set[Topic]:
    edition = article.edition_in_force()
    return {topic for topic in (article.topic, edition and edition.topic) if topic}


def next_start(article: Article, now: datetime) -> datetime | None:
    """When readers get a piece that they have not got yet; the field shows whole minutes."""
    standing = article.standing(now)
    if standing.live or not standing.planned:
        return None
    start = standing.planned[0].live_from
    return start if not (start.second or start.microsecond) else whole_minute(start)
