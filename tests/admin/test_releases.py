"""Releases on the desk: the list, a new one, its page, and what can be done with it."""

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.cells.site import AUTOCOMPLETE
from tests.workflow.conftest import edit
from tests.workflow.releases import NAMES, ready, release_of
from trends.admin.releases import ReleaseAdmin
from trends.models import Article, Edition, Release

LIST = "/admin/trends/release/"
NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
START = NOW + timedelta(days=1)
State = Release.State


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pieces(pam: User) -> list[Article]:
    return [ready(name, pam) for name in NAMES[:3]]


@pytest.fixture
def release(pieces: list[Article], pam: User) -> Release:
    return release_of(*pieces, by=pam, start=START)


@pytest.fixture
def client(desk: Any, pam: User) -> Any:
    return desk(pam)


def url(release: Release, page: str = "change") -> str:
    return f"{LIST}{release.pk}/{page}/"


def act(client: Any, release: Release, page: str, **data: Any) -> str:
    """Do it and follow; what the next page says."""
    response = client.post(url(release, page), data, follow=True)
    release.refresh_from_db()
    return str(response.content.decode())


def test_it_works(client: Any, pam: User, pieces: list[Article]) -> None:
    data = {
        "name": "Harbour day", "live_from": "2026-03-12T09:30",
        "articles": [piece.pk for piece in pieces],
    }  # fmt: skip
    page = client.post(f"{LIST}add/", data, follow=True)
    release = Release.objects.get()
    assert (release.created_by, release.articles.count()) == (pam, 3)
    assert page.redirect_chain[0][0] == url(release)
    assert "Nothing of it is planned yet" in page.content.decode()
    assert "All of it is planned." in act(client, release, "plan")
    assert release.state() == State.PLANNED
    listed = client.get(LIST).content.decode()
    assert "2026-03-12 09:30 UTC" in listed
    assert "Planned" in listed


def test_the_page_says_what_stops_which_piece(
    client: Any, release: Release, pieces: list[Article], wes: User, pam: User
) -> None:
    edit(pieces[0], by=wes, context="<p>Another thought.</p>")
    pieces[1].hold(by=pam, note="Lawyers.")
    page = client.get(url(release))
    why = {m.article.title: m.why for m in page.context_data["members"]}
    assert why == {
        "Ferry dock": "",
        "Pump house": "Its stage is draft; it must be approved first.",
        "Sea wall": "It is on hold: Lawyers. Release it first.",
    }
    assert "2 pieces of 3 can’t be planned, so none is" in page.content.decode()
    said = act(client, release, "plan")
    assert "Nothing was done, since a release goes out whole or not at all." in said
    assert not Edition.objects.exists()


def test_the_page_agrees_with_the_act(
    client: Any, release: Release, pieces: list[Article], pam: User
) -> None:
    """Embargo, earlier plans, what readers have already, readiness: said before and after."""
    pieces[0].set_embargo(until=START + timedelta(hours=1), by=pam)
    pieces[1].schedule(by=pam, live_from=NOW + timedelta(hours=1))
    pieces[2].publish(by=pam)
    hall = ready("Fish hall", pam, lede="The hall is sold. [[E9]]")
    release.add([hall], by=pam)
    members = client.get(url(release)).context_data["members"]
    assert [member.why.partition(":")[0][:24] for member in members] == [
        "Readers see this text al", "Not ready", "It is embargoed until 20",
        "It is scheduled for 2026",
    ]  # fmt: skip
    said = unescape(act(client, release, "plan"))
    assert all(f"“{m.article}”: {m.why}" in said for m in members)


def test_what_is_planned_is_moved(client: Any, release: Release, pam: User) -> None:
    release.plan(by=pam)
    assert "All 3 pieces will go live" in client.get(url(release, "move")).content.decode()
    said = act(client, release, "move", live_from="2026-03-13T10:00")
    assert "Moved to Friday 13 March, 10:00 UTC" in said
    starts = set(Edition.objects.values_list("live_from", flat=True))
    assert starts == {datetime(2026, 3, 13, 10, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-03-29T02:30", "The clock skips this time"),
        ("2026-10-25T02:30", "The clock shows this time twice"),
        ("", "This field is required."),
        ("2026-03-01T10:00", "The time lies in the past."),
    ],
)
def test_a_time_that_is_none_is_refused(
    client: Any, release: Release, settings: Any, typed: str, said: str
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    assert said in act(client, release, "move", live_from=typed)
    assert release.live_from == START


def test_pieces_come_and_go(
    client: Any, release: Release, pieces: list[Article], pam: User
) -> None:
    release.plan(by=pam)
    dock = ready("Fish hall", pam)
    assert "Added." in act(client, release, "add_pieces", articles=[dock.pk])
    assert dock.editions.get().live_from == START
    assert "Taken out." in act(client, release, "take_out", article=dock.pk)
    assert not dock.editions.exists()
    assert "not in this release any more" in act(client, release, "take_out", article="x")
    assert release.articles.count() == 3


def test_it_is_cancelled_and_deleted(client: Any, release: Release, pam: User) -> None:
    release.plan(by=pam)
    assert client.get(url(release, "delete")).status_code == 403
    assert "Nothing of it is planned any more" in act(client, release, "cancel")
    assert release.state() == State.OPEN
    client.post(url(release, "delete"), {"post": "yes"})
    assert not Release.objects.exists()


def test_a_new_name_undoes_nothing_that_others_do_meanwhile(
    client: Any, release: Release, pieces: list[Article], pam: User, monkeypatch: Any
) -> None:
    release.plan(by=pam)
    opened = ReleaseAdmin.get_object

    def stopped_meanwhile(*args: Any) -> Any:
        row = opened(*args)
        if not pieces[0].held_at:
            pieces[0].hold(by=pam, note="Lawyers.")
        return row

    monkeypatch.setattr(ReleaseAdmin, "get_object", stopped_meanwhile)
    assert "It is called “Quay day” now." in act(client, release, "change", name="Quay day")
    assert (release.name, release.state()) == ("Quay day", State.OPEN)


def test_what_is_out_has_no_acts(client: Any, release: Release, pam: User) -> None:
    release.plan(by=pam)
    with time_machine.travel(START, tick=False):
        client.force_login(pam)
        page = client.get(url(release)).content.decode()
        assert "Out since" in page
        assert "Take out" not in page
        assert "It is out: each piece is on its own now." in act(client, release, "cancel")
        assert client.get(url(release, "delete")).status_code == 403


def test_only_what_can_be_scheduled_is_offered(
    client: Any, release: Release, pam: User, wes: User, desk: Any
) -> None:
    free, held, public = (ready(name, pam) for name in ("Free", "Held", "Public"))
    held.hold(by=pam, note="Lawyers.")
    public.publish(by=pam)
    address = AUTOCOMPLETE.format("release", "articles")
    assert [row["text"] for row in client.get(address).json()["results"]] == ["Free"]
    assert desk(wes).get(address).json()["results"] == []
    data = {"name": "Another", "live_from": "2026-03-12T09:30", "articles": [held.pk]}
    page = client.post(f"{LIST}add/", data)
    assert "can&#x27;t be scheduled now" in page.content.decode()
    plain = client.get(f"{LIST}add/?blank=1").content.decode()
    assert f'<option value="{free.pk}">Free</option>' in plain


def test_as_many_queries_for_many_pieces(client: Any, pam: User) -> None:
    def cost(number: int, planned: bool) -> int:
        pieces = [ready(f"{NAMES[n % 5]} {n} of {number} {planned}", pam) for n in range(number)]
        release = release_of(*pieces, by=pam, start=START)
        if planned:
            release.plan(by=pam)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(release)).status_code == 200
        return len(found)

    for planned, most in ((False, 24), (True, 12)):
        few = cost(2, planned)
        assert cost(5, planned) == few
        assert few <= most


class TestOnePieceOfIt:
    """Its own pages ask for the choice: leave, or move all."""

    @pytest.fixture(autouse=True)
    def planned(self, release: Release, pam: User) -> None:
        release.plan(by=pam)

    def page(self, piece: Article, verb: str) -> str:
        return f"/admin/trends/article/{piece.pk}/{verb}/"

    @pytest.mark.parametrize("verb", ["reschedule", "cancel_schedule", "publish_now"])
    def test_it_is_asked(
        self, client: Any, release: Release, pieces: list[Article], verb: str
    ) -> None:
        page = client.get(self.page(pieces[0], verb)).content.decode()
        assert "Take it out of the release “Harbour day”" in page
        assert url(release, "move") in page
        data = {"version": pieces[0].version, "live_from": "2026-03-13T10:00"}
        response = client.post(self.page(pieces[0], verb), data)
        assert response.status_code == 409
        assert "Move all of the release, or take this piece out" in response.content.decode()
        response = client.post(self.page(pieces[0], verb), data | {"leave": "on"})
        assert response.status_code == 302
        assert release.articles.count() == 2

    def test_a_hold_says_that_it_stops_all(
        self, client: Any, release: Release, pieces: list[Article]
    ) -> None:
        page = client.get(self.page(pieces[0], "hold")).content.decode()
        assert "part of the release “Harbour day”: this stops all of it." in page
        data = {"version": pieces[0].version, "note": "Lawyers."}
        said = client.post(self.page(pieces[0], "hold"), data, follow=True).content.decode()
        assert "The release “Harbour day” is not planned any more." in said
        assert "“Pump house” is on hold. So nothing" in client.get(url(release)).content.decode()
        history = client.get(self.page(pieces[1], "history")).content.decode()
        assert "Not planned any more" in history
        assert "Another of its pieces is on hold." in history

    def test_others_are_not_asked(self, client: Any, pam: User) -> None:
        other = ready("Fish hall", pam)
        other.schedule(by=pam, live_from=START)
        page = client.get(self.page(other, "reschedule")).content.decode()
        assert "Take it out" not in page
