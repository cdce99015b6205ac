"""Pins as rows: one start in a slot, one pin a piece and slot, all recorded with the piece."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from trends.models import Article, Edition, Pin, Topic
from trends.models.making import make_article

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def ferry(pam: User) -> Article:
    return make_article(
        "The ferry", by=pam, standfirst=STANDFIRST, lede="So.", publish=True, now=NOON - HOUR
    )


def put(article: Article, by: User, *, now: datetime = NOON, **fields: Any) -> Pin:
    pin = Pin(**{"article": article, "slot": 0, "starts_at": now} | fields)
    Pin.objects.put([pin], by=by, now=now)
    return pin


def test_it_is_recorded_with_the_piece(ferry: Article, ada: User) -> None:
    pin = put(ferry, ada, ends_at=NOON + HOUR)
    pin.unpin(by=ada, now=NOON + HOUR / 2)
    assert not Pin.objects.exists()
    unpinned, pinned = ferry.transitions.all()[:2]
    assert (pinned.verb, pinned.by, pinned.at) == ("pin", ada, NOON)
    assert (unpinned.verb, unpinned.by) == ("unpin", ada)
    assert pinned.details == unpinned.details == {
        "pin": "Front page, Lead",
        "pin_from": "2031-05-02T12:00:00+00:00",
        "pin_until": "2031-05-02T13:00:00+00:00",
    }  # fmt: skip


def test_a_form_sent_twice_makes_one_pin(ferry: Article, ada: User) -> None:
    first = put(ferry, ada)
    again = put(ferry, ada, now=NOON + HOUR / 60, ends_at=NOON + HOUR)
    assert first.pk == again.pk
    assert Pin.objects.get().ends_at == NOON + HOUR
    for _ in range(2):
        put(ferry, ada, slot=1, starts_at=NOON + 5 * HOUR)
    assert Pin.objects.count() == 2
    put(ferry, ada, starts_at=NOON + 9 * HOUR)  # planned: another time, another pin
    assert Pin.objects.count() == 3


def test_two_pieces_never_begin_together_in_one_slot(ferry: Article, ada: User) -> None:
    other, topic = make_article("Another", by=ada), Topic.objects.create(name="A", slug="a")
    put(ferry, ada)
    both = [Pin(article=other, slot=slot, starts_at=NOON) for slot in (1, 0)]
    with pytest.raises(ValidationError, match="begins at the same moment"):
        Pin.objects.put(both, by=ada, now=NOON)
    assert Pin.objects.count() == 1
    assert not other.transitions.exists()
    for slot in (1, 0):
        put(other, ada, topic=topic if slot == 0 else None, slot=slot)
    with pytest.raises(ValidationError):
        put(ferry, ada, topic=topic)


@pytest.mark.parametrize("wrong", [{"ends_at": NOON}, {"slot": 4}])
def test_what_makes_no_sense_is_refused_by_the_database(
    ferry: Article, wrong: dict[str, Any]
) -> None:
    fields = {"slot": 0, "starts_at": NOON, "at": NOON} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.create(article=ferry, **fields)


def test_the_pins_in_force_are_of_live_pieces_one_a_slot(ferry: Article, ada: User) -> None:
    draft = make_article("A draft", by=ada)
    put(ferry, ada, starts_at=NOON - 3 * HOUR, ends_at=NOON + HOUR)
    put(draft, ada)
    live = Edition.objects.live(NOON)
    assert [pin.article for pin in Pin.objects.in_force(live, NOON)] == [ferry]
    assert not Pin.objects.in_force(live, NOON + HOUR).exists()
    assert not Pin.objects.in_force(live, NOON - 4 * HOUR).exists()
