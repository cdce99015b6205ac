"""Pins on the front page and on the pages of topics, by the clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Article, Pin, Topic
from trends.models.making import make_article

from .conftest import READY, MakePiece

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEAD, SECOND = Pin.Slot.LEAD, Pin.Slot.SECOND_2
MakePin = Callable[..., Pin]


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def pin(ada: User) -> MakePin:
    """pin(article, slot, hours=-1, until=2) runs since an hour and for two more."""

    def make(
        article: Article, slot: int = LEAD, *, hours: float = -1, until: float | None = None,
        topic: Topic | None = None,
    ) -> Pin:  # fmt: skip
        ends_at = None if until is None else NOON + until * HOUR
        made = Pin(
            article=article, slot=slot, topic=topic, starts_at=NOON + hours * HOUR, ends_at=ends_at
        )
        Pin.objects.put([made], by=ada, now=timezone.now())
        return made

    return make


@pytest.fixture
def pieces(live: MakePiece, topic: Topic) -> list[Article]:
    """Piece 0 is the newest."""
    return [live(f"Piece {n}", minutes_ago=n + 1, topic=topic) for n in range(6)]


def shown(client: Client, path: str = "/") -> list[str]:
    """Numbers of the pieces: lead and secondary, a bar, the others."""
    context = client.get(path).context
    slots = [context["lead"], *context["secondary"]]
    return [*map(number, slots), "|", *map(number, context["latest"])]


def number(edition: Any) -> str:
    return str(edition.title).split()[-1]


def at(hours: float) -> Any:
    return time_machine.travel(NOON + hours * HOUR, tick=False)


PLACES = pytest.mark.parametrize("path", ["/", "/topics/harbours/"])


@pytest.fixture
def place(path: str, topic: Topic) -> dict[str, Any]:
    return {"topic": topic if "harbours" in path else None}


@PLACES
class TestAPage:
    def test_what_is_pinned_stands_in_its_slot_and_the_newest_in_the_others(
        self, client: Client, pieces: list[Article], pin: MakePin, path: str, place: Any
    ) -> None:
        pin(pieces[5], LEAD, **place)
        pin(pieces[0], SECOND, **place)
        assert shown(client, path) == ["5", "1", "0", "2", "|", "3", "4"]

    def test_from_and_until_by_the_clock_and_the_page_has_another_tag(
        self, client: Client, pieces: list[Article], pin: MakePin, path: str, place: Any
    ) -> None:
        pin(pieces[4], LEAD, hours=1, until=2, **place)
        tags = []
        for hours, lead in ((0.99, "0"), (1, "4"), (1.99, "4"), (2, "0")):
            with at(hours):
                assert shown(client, path)[0] == lead
                tags.append(client.get(path)["ETag"])
        assert tags[0] == tags[3] != tags[1] == tags[2]
        with at(1):
            unchanged = client.get(path, headers={"If-None-Match": tags[0]})
        assert unchanged.status_code == 200

    def test_the_one_that_began_last_has_the_slot_and_the_other_is_back_after_it(
        self, client: Client, pieces: list[Article], pin: MakePin, path: str, place: Any
    ) -> None:
        pin(pieces[3], LEAD, hours=-5, **place)
        pin(pieces[4], LEAD, hours=-1, until=1, **place)
        assert shown(client, path) == ["4", "0", "1", "2", "|", "3", "5"]
        with at(1):
            assert shown(client, path)[0] == "3"

    def test_a_piece_in_two_slots_stands_in_the_first(
        self, client: Client, pieces: list[Article], pin: MakePin, path: str, place: Any
    ) -> None:
        pin(pieces[5], SECOND, **place)
        pin(pieces[5], LEAD, **place)
        assert shown(client, path) == ["5", "0", "1", "2", "|", "3", "4"]

    def test_a_piece_that_is_taken_back_drops_out_by_itself(
        self, client: Client, pieces: list[Article], pin: MakePin, pam: User, path: str, place: Any
    ) -> None:
        pin(pieces[3], LEAD, hours=-5, **place)
        pin(pieces[5], LEAD, **place)
        pieces[5].retract(by=pam, notice="It was not so.")
        page = client.get(path)
        assert page.context["lead"].title == "Piece 3"
        assert "Piece 5" not in page.text
        pieces[3].remove(by=pam, note="By order.")
        assert shown(client, path) == ["0", "1", "2", "4", "|"]

    def test_a_lone_secondary_piece_leads(
        self, client: Client, live: MakePiece, topic: Topic, pin: MakePin, path: str, place: Any
    ) -> None:
        pin(live("Piece 9", topic=topic), SECOND, **place)
        assert shown(client, path) == ["9", "|"]

    def test_pins_cost_no_query(
        self, client: Client, pieces: list[Article], pin: MakePin, path: str, place: Any
    ) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            return len(queries)

        before = cost()
        for n, slot in enumerate(Pin.Slot.values):
            pin(pieces[n + 1], slot, **place)
            pin(pieces[n], slot, hours=-3, **place)
        assert cost() == before <= 4


def test_what_is_not_live_yet_waits_for_its_moment(
    client: Client, pieces: list[Article], pin: MakePin, pam: User, topic: Topic
) -> None:
    planned = make_article("Piece 7", by=pam, topic=topic, **READY)
    planned.submit(by=pam)
    planned.approve(by=pam)
    planned.schedule(by=pam, live_from=NOON + HOUR)
    pin(planned, LEAD)
    assert shown(client)[0] == "0"
    with at(1):
        assert shown(client)[0] == "7"


def test_a_topic_shows_pieces_about_it_alone(
    client: Client, pieces: list[Article], live: MakePiece, pin: MakePin, topic: Topic
) -> None:
    pin(live("Piece 8"), LEAD, topic=topic)
    pin(pieces[4], LEAD)
    assert shown(client, "/topics/harbours/") == ["0", "1", "2", "3", "|", "4", "5"]
    assert shown(client)[0] == "4"


def test_older_pages_neither_repeat_nor_lose_what_is_pinned(
    client: Client, live: MakePiece, pin: MakePin, topic: Topic
) -> None:
    pieces = [live(f"Piece {n}", minutes_ago=n, topic=topic) for n in range(50)]
    # From the middle of page 2, of page 3, and one that another pin keeps out of its slot.
    pin(pieces[33], LEAD, topic=topic)
    pin(pieces[48], SECOND, topic=topic)
    pin(pieces[40], SECOND, hours=-3, topic=topic)
    seen, url, sizes = [], "/topics/harbours/", []
    while url:
        context = client.get(url).context
        seen += [int(number(edition)) for edition in context["editions"]]
        sizes.append(len(context["editions"]))
        url = context["older_url"]
    assert sizes == [20, 20, 10]
    assert seen[:4] == [33, 0, 48, 1]
    assert sorted(seen) == list(range(50))
    assert seen[4:] == [n for n in range(2, 50) if n not in (33, 48)]
