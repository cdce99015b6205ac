"""The calendar: what is planned, due, promised and out, by day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.queues import put
from tests.workflow.conftest import READY, approve, edit
from tests.workflow.releases import NAMES, ready, release_of
from trends.models import Article, Topic
from trends.models import calendar as source
from trends.models.making import make_article

CALENDAR = "/admin/trends/article/calendar/"
NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)  # a Wednesday
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ferry(wes: User) -> Article:
    return make_article("The ferry", by=wes, **READY)


def entries(page: Any) -> list[str]:
    """What the page shows, as "11 due The ferry"; a release as the number of its pieces."""
    return [
        f"{day.date.day} "
        + (
            f"{len(item.entries)} together in {item.release}"
            if hasattr(item, "entries")
            else f"{item.kind} {item.title}"
        )
        for day in page.context_data["days"]
        for item in day.items
    ]


def days(page: Any) -> list[str]:
    return [f"{day.date:%Y-%m-%d}" for day in page.context_data["days"]]


@pytest.fixture
def everything(ferry: Article, ada: User, pam: User) -> Article:
    """One entry of each kind round the ferry and two other pieces."""
    put(ferry, "context", ada, owner=ada, due_on=NOW.date() - DAY)
    Article.objects.filter(pk=ferry.pk).update(review_by=NOW.date() + 2 * DAY)
    ferry.refresh_from_db()
    ferry.set_embargo(until=NOW + 2 * HOUR, by=ada)
    ready("The dock", pam).schedule(by=pam, live_from=NOW + DAY)
    quay = ready("The quay", pam)
    quay.publish(by=pam, now=NOW - 3 * DAY)
    edit(quay, by=pam, context="<p>It is new. [[E1]]</p>")
    approve(quay, by=pam)
    quay.correct(by=pam, now=NOW - 2 * DAY, text="It is new.")
    edit(quay, by=pam, analysis="<p>It will last.</p>")
    approve(quay, by=pam)
    quay.publish(by=pam, now=NOW - HOUR, change="update", update_line="Added: Analysis")
    return ferry


def test_it_works(desk: Any, ada: User, everything: Article) -> None:
    page = desk(ada).get(CALENDAR)
    assert entries(page) == [
        "8 published The quay", "9 corrected The quay", "10 due The ferry",
        "11 updated The quay", "11 embargo The ferry", "12 scheduled The dock",
        "13 review The ferry",
    ]  # fmt: skip
    text = page.content.decode()
    assert f"/admin/trends/article/{everything.pk}/change/#section-context" in text
    assert "Times in UTC" in text
    assert "Context, Ada" in text


def test_a_month_has_whole_weeks_from_monday(desk: Any, ada: User) -> None:
    page = desk(ada).get(CALENDAR)
    assert (days(page)[0], days(page)[-1], len(days(page))) == ("2026-02-23", "2026-04-05", 42)
    today = [day.date for day in page.context_data["days"] if day.is_today]
    assert today == [NOW.date()]


@pytest.mark.parametrize(
    ("query", "first", "last", "before", "after"),
    [
        ("?view=month&from=2026-01-31", "2025-12-29", "2026-02-01", "2025-12-01", "2026-02-01"),
        ("?view=week&from=2026-03-05", "2026-03-02", "2026-03-08", "2026-02-23", "2026-03-09"),
        ("?from=2024-02-29", "2024-01-29", "2024-03-03", "2024-01-01", "2024-03-01"),
        ("?view=nonsense&from=0000-99-99", "2026-02-23", "2026-04-05", "2026-02-01", "2026-04-01"),
        ("?from=9999-12-31", "2026-02-23", "2026-04-05", "2026-02-01", "2026-04-01"),
    ],
)
def test_addresses_can_be_shared(
    desk: Any, ada: User, query: str, first: str, last: str, before: str, after: str
) -> None:
    page = desk(ada).get(CALENDAR + query)
    assert (days(page)[0], days(page)[-1]) == (first, last)
    assert f"from={before}" in page.context_data["before"]
    assert f"from={after}" in page.context_data["after"]


def test_the_list_leaves_empty_days_out(desk: Any, ada: User, everything: Article) -> None:
    page = desk(ada).get(f"{CALENDAR}?view=list&from=2026-03-09")
    assert [day[-2:] for day in days(page)] == ["09", "10", "11", "12", "13"]
    assert "from=2026-04-06" in page.context_data["after"]


def test_a_day_begins_at_the_sites_midnight(
    desk: Any, pam: User, settings: Any, ferry: Article
) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    ferry.set_embargo(until=datetime(2026, 3, 12, 15, 30, tzinfo=UTC), by=pam)
    client = desk(pam)
    assert entries(client.get(CALENDAR)) == ["13 embargo The ferry"]
    page = client.get(f"{CALENDAR}?view=week&from=2026-03-13").content.decode()
    assert "00:30" in page
    assert "Asia/Tokyo, UTC+09:00" in page


def test_filters(desk: Any, ada: User, wes: User, everything: Article) -> None:
    harbour = Topic.objects.create(name="Harbour", slug="harbour")
    Article.objects.filter(title="The dock").update(topic=harbour)
    client = desk(ada)
    about = client.get(f"{CALENDAR}?topic={harbour.pk}")
    assert entries(about) == ["12 scheduled The dock"]
    assert f"topic={harbour.pk}" in about.context_data["after"]
    assert entries(client.get(f"{CALENDAR}?who=me")) == ["10 due The ferry"]
    theirs = ["11 embargo The ferry", "13 review The ferry"]
    assert entries(client.get(f"{CALENDAR}?who={wes.pk}")) == theirs
    assert len(entries(client.get(f"{CALENDAR}?who=nonsense&topic=x"))) == 7


def test_a_writer_sees_own_pieces_only(desk: Any, wes: User, everything: Article) -> None:
    page = desk(wes).get(CALENDAR)
    found = ["10 due The ferry", "11 embargo The ferry", "13 review The ferry"]
    assert entries(page) == found
    assert "Move…" not in page.content.decode()


def test_what_is_no_event_stays_out(desk: Any, ada: User, pam: User, ferry: Article) -> None:
    put(ferry, "context", ada, due_on=NOW.date(), done=True)
    put(ferry, "actions", ada, due_on=NOW.date())
    ferry.discard(by=pam)
    quay = ready("The quay", pam)
    quay.publish(by=pam, grace=10)
    dock = ready("The dock", pam)
    dock.publish(by=pam, now=NOW - 40 * DAY)
    edit(dock, by=pam, context="<p>The first one dates from 1962.  [[E1]]</p>")
    approve(dock, by=pam)
    dock.publish(by=pam, change="minor", note="A comma.", may_be_same=True)
    assert entries(desk(ada).get(CALENDAR)) == []


def test_a_full_day_counts_the_rest_and_leads_to_the_list(
    desk: Any, ada: User, ferry: Article
) -> None:
    for section in ("lede", "context", "evidence", "analysis", "key_points", "actions"):
        put(ferry, section, ada, due_on=NOW.date())
    client = desk(ada)
    page = client.get(CALENDAR)
    assert len(entries(page)) == 4
    assert "2 more" in page.content.decode()
    assert "?view=list&amp;from=2026-03-11" in page.content.decode()
    assert len(entries(client.get(f"{CALENDAR}?view=list&from=2026-03-11"))) == 6


def test_too_many_are_said(desk: Any, ada: User, ferry: Article, monkeypatch: Any) -> None:
    monkeypatch.setattr(source, "MOST", 2)
    for section in ("context", "analysis", "actions"):
        put(ferry, section, ada, due_on=NOW.date())
    page = desk(ada).get(CALENDAR)
    assert len(entries(page)) == 2
    assert "there are more of: due" in page.content.decode()


def test_a_release_is_one_entry(desk: Any, ada: User, pam: User) -> None:
    pieces = [ready(name, pam) for name in NAMES[:3]]
    release = release_of(*pieces, by=pam, start=NOW + DAY)
    release.plan(by=pam)
    for user, may in ((pam, True), (ada, False)):
        page = desk(user).get(CALENDAR)
        assert entries(page) == ["12 3 together in Harbour day"]
        assert (f"/admin/trends/release/{release.pk}/move/" in page.content.decode()) is may
        assert f"/admin/trends/article/{pieces[0].pk}/change/" in page.content.decode()


def test_as_many_queries_for_many_rows(desk: Any, ada: User, wes: User, pam: User) -> None:
    client = desk(ada)

    def queries() -> int:
        article = make_article("The ferry", by=wes, **READY)
        put(article, "context", ada, owner=wes, due_on=NOW.date())
        article.set_embargo(until=NOW + DAY, by=ada)
        ready("The quay", pam).publish(by=pam, now=NOW - DAY)
        pieces = [ready(name, pam) for name in NAMES[:2]]
        pieces[0].schedule(by=pam, live_from=NOW + DAY)
        release_of(pieces[1], by=pam, start=NOW + DAY).plan(by=pam)
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{CALENDAR}?view=list").status_code == 200
        return len(found)

    few = queries()
    assert [queries(), few] == [few] * 2
    assert few <= 13


class TestMoving:
    def test_there_and_back(self, desk: Any, pam: User) -> None:
        dock = ready("The dock", pam)
        dock.schedule(by=pam, live_from=NOW + DAY)
        client = desk(pam)
        here = f"{CALENDAR}?view=week&from=2026-03-11"
        page = client.get(here).content.decode()
        start = page.index(f"/admin/trends/article/{dock.pk}/reschedule/?edition=")
        url = page[start : page.index('"', start)].replace("&amp;", "&")
        asked = client.get(url)
        assert "Back to the calendar" in asked.content.decode()
        data = {"version": dock.version, "live_from": "2026-03-13T10:00"}
        response = client.post(asked.context_data["action"], data)
        assert response.url == here
        assert dock.editions.get().live_from == datetime(2026, 3, 13, 10, tzinfo=UTC)

    @pytest.mark.parametrize(
        "back", ["https://example.org/", "//example.org/", "/admin/trends/article/", "javascript:1"]
    )
    def test_nowhere_else(self, desk: Any, pam: User, back: str) -> None:
        dock = ready("The dock", pam)
        dock.schedule(by=pam, live_from=NOW + DAY)
        data = {"version": dock.version, "live_from": "2026-03-13T10:00"}
        url = f"/admin/trends/article/{dock.pk}/reschedule/?back={back}"
        assert desk(pam).post(url, data).url == f"/admin/trends/article/{dock.pk}/change/"

    def test_the_plan_that_was_meant_is_selected(self, desk: Any, pam: User) -> None:
        dock = ready("The dock", pam)
        for n in (1, 2):
            dock.schedule(by=pam, live_from=NOW + n * DAY)
        second = dock.editions.latest("live_from")
        url = f"/admin/trends/article/{dock.pk}/reschedule/?edition={second.pk}"
        page = desk(pam).get(url).content.decode()
        assert f'<option value="{second.pk}" selected>' in page


def test_the_navigation_leads_there(desk: Any, wes: User) -> None:
    page = desk(wes).get(CALENDAR).content.decode()
    assert f'href="{CALENDAR}" aria-current="true">Calendar' in page
    assert page.count('aria-current="true"') == 1
    assert timezone.localdate() == NOW.date()
