"""The Front page screen, and pinning from the list, from a piece and from a slot."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.forms import page_url
from trends.models import Article, Pin, Topic
from trends.models.making import make_article

FRONT = "/admin/trends/article/front/"
NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Robots", slug="robots")


@pytest.fixture
def pieces(pam: User, topic: Topic) -> list[Article]:
    """Live; piece 0 is the newest."""
    return [
        make_article(
            f"Piece {n}", by=pam, topic=topic, standfirst=STANDFIRST, lede="So.", publish=True,
            now=NOON - (n + 1) * HOUR,
        )
        for n in range(5)
    ]  # fmt: skip


def pin(client: Any, *pieces: Article, **fields: Any) -> Any:
    """By the page, each in the slot after the last one's."""
    asked = "&".join(f"piece={piece.pk}" for piece in pieces)
    slots = {f"slot_{piece.pk}": n for n, piece in enumerate(pieces)}
    data = {"place": "", "starts_at": "", "ends_at": ""} | slots | fields
    return client.post(f"{FRONT}pin/?{asked}", data, follow=True)


def screen(client: Any, topic: Topic | None = None) -> list[str]:
    """Each slot: what is shown, and its pins."""
    page = client.get(FRONT + (f"?topic={topic.pk}" if topic else ""))
    return [
        f"{slot.shown.title[-1] if slot.shown else '–'}"
        f"{' pinned' if slot.line else ''}"
        + "".join(f", {line.pin.article.title[-1]} {state(line)}" for line in slot.others)
        for slot in page.context_data["slots"]
    ]


def state(line: Any) -> str:
    return "planned" if line.is_planned else str(line.why)


def said(page: Any) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def test_it_works(desk: Any, ada: User, pieces: list[Article]) -> None:
    page = pin(desk(ada), pieces[4])
    assert page.redirect_chain == [(FRONT, 302)]
    assert said(page) == (
        "“Piece 4” is pinned: Front page, Lead, since 2 May, 12:00, until it is unpinned."
    )
    assert screen(desk(ada)) == ["4 pinned", "0", "1", "2"]
    assert desk(ada).get("/").context["lead"].title == "Piece 4"
    history = desk(ada).get(page_url(pieces[4], "history")).context_data["events"]
    assert (history[0].what, history[0].who) == ("Pinned", "Ada")
    assert history[0].details == ["Front page, Lead, from 2031-05-02 12:00 UTC"]


def test_several_from_the_list_onto_the_page_of_their_topic(
    desk: Any, ada: User, pieces: list[Article], topic: Topic
) -> None:
    chosen = {"action": "pin_to", "_selected_action": [piece.pk for piece in pieces[3:]]}
    page = desk(ada).post("/admin/trends/article/", chosen, follow=True)
    assert set(page.context_data["form"].articles) == set(pieces[3:])
    page = pin(desk(ada), pieces[3], pieces[4], place=topic.pk, ends_at="2031-05-02T14:00")
    assert page.redirect_chain == [(f"{FRONT}?topic={topic.pk}", 302)]
    assert screen(desk(ada), topic) == ["3 pinned", "4 pinned", "0", "1"]
    assert screen(desk(ada)) == ["0", "1", "2", "3"]
    assert "Robots (2 pinned)" in page.content.decode()


def test_more_than_there_are_slots(desk: Any, ada: User, pieces: list[Article]) -> None:
    chosen = {"action": "pin_to", "_selected_action": [piece.pk for piece in pieces]}
    page = desk(ada).post("/admin/trends/article/", chosen, follow=True)
    assert said(page) == "A page has 4 slots. Select at most 4 pieces to pin."


def test_planned_covered_and_waiting_pins_are_shown_with_their_reason(
    desk: Any, ada: User, pam: User, pieces: list[Article]
) -> None:
    client = desk(ada)
    draft = make_article("A draft 9", by=ada)
    for hours, piece in ((2, pieces[1]), (1, pieces[2]), (0, draft)):
        with time_machine.travel(NOON - hours * HOUR, tick=False):
            pin(client, piece)
    pin(client, pieces[3], starts_at="2031-05-03T08:00")
    assert screen(client)[0] == (
        "2 pinned, 9 readers can’t get it now: unpublished, "
        "1 another pin of it began later, 3 planned"
    )
    pieces[2].retract(by=pam, notice="It was not so.")
    assert screen(client)[0] == (
        "1 pinned, 9 readers can’t get it now: unpublished, "
        "2 readers can’t get it now: retracted, 3 planned"
    )
    text = client.get(FRONT).content.decode()
    assert "from Saturday 3 May, 08:00 UTC, tomorrow, until it is unpinned, by Ada" in text


def test_a_piece_in_the_bin_keeps_its_pins_and_that_is_said(
    desk: Any, ada: User, pieces: list[Article]
) -> None:
    client, draft = desk(ada), make_article("A draft 9", by=ada)
    pin(client, draft)
    pin(client, draft, starts_at="2031-05-03T08:00")
    draft.discard(by=ada)
    page = client.get(FRONT)
    lines = page.context_data["slots"][0].others
    assert [line.why for line in lines] == ["its piece is in the bin"] * 2
    assert page.content.decode().count("Its piece is in the bin") == 2


def test_a_piece_of_another_topic_is_said(
    desk: Any, ada: User, pieces: list[Article], topic: Topic
) -> None:
    pin(desk(ada), pieces[4], place=topic.pk)
    other = Topic.objects.create(name="Ferries", slug="ferries")
    Pin.objects.update(topic=other)
    found = screen(desk(ada), other)
    assert found == ["–, 4 readers have it under another topic", "–", "–", "–"]


def test_for_the_page_of_another_topic_the_front_page_is_offered_and_why_is_said(
    desk: Any, ada: User, pieces: list[Article]
) -> None:
    other = Topic.objects.create(name="Ferries", slug="ferries")
    asked = f"{FRONT}pin/?piece={pieces[0].pk}&topic="
    assert "Not that topic’s page" in desk(ada).get(f"{asked}{other.pk}").content.decode()
    page = desk(ada).get(f"{asked}{pieces[0].topic_id}").content.decode()
    assert "Not that topic’s page" not in page
    assert "Page of Robots" in page


def test_a_scheduled_piece_offers_its_own_start(desk: Any, ada: User, pam: User) -> None:
    later = make_article("Later", by=pam, standfirst=STANDFIRST, lede="So.")
    later.submit(by=pam)
    later.approve(by=pam)
    later.schedule(by=pam, live_from=NOON + 26 * HOUR)
    page = desk(ada).get(f"{FRONT}pin/?piece={later.pk}").content.decode()
    assert 'value="2031-05-03T14:00"' in page
    assert "takes its slot as soon as it is" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_at": "2031-05-02T11:00"}, "This moment is over."),
        (
            {"starts_at": "2031-05-03T12:00", "ends_at": "2031-05-03T11:00"},
            "It would end before it begins.",
        ),
        ({"starts_at": "soon"}, "This is no date and time."),
        ({"place": "987"}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_refused(
    desk: Any, ada: User, pieces: list[Article], fields: dict[str, str], sentence: str
) -> None:
    assert sentence in pin(desk(ada), pieces[0], **fields).content.decode()
    assert not Pin.objects.exists()


def test_two_pieces_in_one_slot(desk: Any, ada: User, pieces: list[Article]) -> None:
    page = pin(desk(ada), *pieces[:2], **{f"slot_{pieces[1].pk}": 0})
    assert "“Piece 0” has this slot. Select another one." in page.content.decode()
    pin(desk(ada), pieces[0], starts_at="2031-05-03T08:00")
    page = pin(desk(ada), pieces[1], starts_at="2031-05-03T08:00")
    assert "Another pin of this slot begins at the same moment." in page.content.decode()
    assert Pin.objects.count() == 1


def test_a_pin_is_changed(desk: Any, ada: User, pieces: list[Article]) -> None:
    client = desk(ada)
    pin(client, pieces[4])
    change = f"{FRONT}{Pin.objects.get().pk}/"
    with time_machine.travel(NOON + HOUR, tick=False):
        assert 'name="starts_at"' not in client.get(change).content.decode()
        client.post(change, {"slot": 0, "ends_at": "2031-05-02T15:00"})
        kept = Pin.objects.get()
        assert (kept.starts_at, kept.ends_at) == (NOON, NOON + 3 * HOUR)
        client.post(change, {"slot": 2, "ends_at": ""})
    moved = Pin.objects.get()
    assert (moved.slot, moved.starts_at, moved.ends_at) == (2, NOON + HOUR, None)


def test_a_planned_pin_is_put_off(desk: Any, ada: User, pieces: list[Article]) -> None:
    pin(desk(ada), pieces[4], starts_at="2031-05-03T08:00")
    change = f"{FRONT}{Pin.objects.get().pk}/"
    assert 'value="2031-05-03T08:00"' in desk(ada).get(change).content.decode()
    desk(ada).post(change, {"slot": 0, "starts_at": "2031-05-04T08:00", "ends_at": ""})
    assert Pin.objects.get().starts_at == NOON + 44 * HOUR


def test_unpinned_and_unpinned_again(desk: Any, ada: User, pieces: list[Article]) -> None:
    pin(desk(ada), pieces[4])
    unpin = f"{FRONT}{Pin.objects.get().pk}/unpin/"
    assert "“Piece 4” is unpinned" in said(desk(ada).post(unpin, follow=True))
    assert screen(desk(ada)) == ["0", "1", "2", "3"]
    assert said(desk(ada).post(unpin, follow=True)) == "This piece was unpinned already."


def test_the_form_of_a_piece_leads_there(
    desk: Any, ada: User, wes: User, pieces: list[Article]
) -> None:
    link = f"{FRONT}pin/?piece={pieces[0].pk}"
    assert link in desk(ada).get(page_url(pieces[0])).content.decode()
    own = make_article("Of Wes", by=wes)
    page = desk(wes).get(page_url(own)).content.decode()
    assert FRONT not in page


def test_many_pins_take_no_more_queries(desk: Any, ada: User, pieces: list[Article]) -> None:
    client = desk(ada)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(FRONT)
        return len(queries)

    pin(client, pieces[0])
    before = cost()
    for days in range(1, 9):
        pin(client, *pieces[:4], starts_at=f"2031-06-0{days}T08:00")
    with time_machine.travel(NOON + HOUR, tick=False):
        pin(client, *pieces[1:])
        assert Pin.objects.count() == 37
        assert cost() == before
