"""The page of one's own notices, and the wish how often they are mailed."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Article, Member, Notice
from trends.models.making import make_article

URL = "/admin/trends/notice/"
OTHER = "/admin/password_change/"
NOW = timezone.now()


@pytest.fixture
def ferry(wes: User) -> Article:
    return make_article("The ferry", by=wes)


def tell(
    *users: User, text: str = "Ada asks: whose boat?", minutes: int = 0, **about: Any
) -> Notice:
    now = NOW + timedelta(minutes=minutes)
    Notice.objects.tell(users, Notice.Kind.MENTION, text, by=None, now=now, **about)
    return Notice.objects.of(users[0]).latest("pk")


def words(response: Any) -> str:
    return str(response.content.decode())


def unread(user: User) -> int:
    return Notice.objects.of(user).unread().count()


def test_it_works(desk: Any, wes: User, ferry: Article) -> None:
    tell(wes, text="Ada asks: whose boat?\nAnd <why>?", article=ferry, section="context")
    page = words(desk(wes).get(URL))
    assert "Ada asks: whose boat?</button>" in page
    assert "And &lt;why&gt;?" in page
    assert "Mark all as read" in page


def test_the_unread_are_counted_on_every_page(desk: Any, wes: User) -> None:
    client = desk(wes)
    assert "unread" not in words(client.get(OTHER))
    for _ in range(2):
        tell(wes)
    assert '<span class="chip stop" title="unread">2</span>' in words(client.get(OTHER))
    Notice.objects.bulk_create(
        [Notice(user=wes, kind="mention", text="So?", at=NOW) for _ in range(99)]
    )
    with CaptureQueriesContext(connection) as queries:
        assert '<span class="chip stop" title="unread">99+</span>' in words(client.get(OTHER))
    assert len([q for q in queries if "trends_notice" in q["sql"]]) == 1


def test_opening_one_marks_it_and_leads_to_the_place(desk: Any, wes: User, ferry: Article) -> None:
    notice = tell(wes, article=ferry, section="context")
    tell(wes)
    response = desk(wes).post(URL, {"open": notice.pk})
    assert response["Location"] == f"/admin/trends/article/{ferry.pk}/notes/?section=context"
    assert unread(wes) == 1
    assert f'<a href="{notice.desk_url}">' in words(desk(wes).get(URL))


def test_one_is_marked_as_read(desk: Any, wes: User) -> None:
    notice = tell(wes)
    tell(wes)
    assert desk(wes).post(f"{URL}?before=9", {"read": notice.pk})["Location"] == f"{URL}?before=9"
    assert unread(wes) == 1


def test_all_are_the_ones_that_were_shown(desk: Any, wes: User) -> None:
    tell(wes)
    newest = tell(wes)
    tell(wes, minutes=1)
    desk(wes).post(URL, {"all": newest.pk})
    assert unread(wes) == 1


def test_nobody_sees_or_marks_what_others_were_told(desk: Any, wes: User, ada: User) -> None:
    notice = tell(wes)
    client = desk(ada)
    assert "whose boat" not in words(client.get(URL))
    for act in ("open", "read", "all"):
        assert client.post(URL, {act: notice.pk}).status_code == 404
    assert client.get(f"{URL}?before={notice.pk}").status_code == 404
    tell(ada)
    client.post(URL, {"all": Notice.objects.of(ada).get().pk})
    assert (unread(wes), unread(ada)) == (1, 0)


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "²"])
def test_what_is_no_number(desk: Any, wes: User, value: str) -> None:
    assert desk(wes).post(URL, {"read": value}).status_code == 404


def test_many_are_paged_and_cost_the_same(desk: Any, wes: User, ferry: Article) -> None:
    client = desk(wes)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    tell(wes, article=ferry)
    few = cost(URL)
    for n in range(60):
        tell(wes, text=f"Number {n}.", article=ferry, minutes=n)
    assert cost(URL) <= few
    last = Notice.objects.of(wes)[49]
    assert f'href="?before={last.pk}"' in words(client.get(URL))
    older = words(client.get(f"{URL}?before={last.pk}"))
    assert older.count("Number ") == 2 * 10  # with the names of the buttons
    assert "whose boat" in older


# --- by mail ---


def test_everybody_says_how_often(desk: Any, wes: User) -> None:
    response = desk(wes).post(f"{URL}mail/", {"mail": "daily"}, follow=True)
    assert Member.objects.get(user=wes).mail == "daily"
    assert "Mail: once a day, at seven." in words(response)


def test_what_is_no_choice(desk: Any, wes: User) -> None:
    response = desk(wes).post(f"{URL}mail/", {"mail": "hourly"})
    assert response.status_code == 422
    assert "Select a valid choice" in words(response)


@pytest.mark.parametrize(
    ("email", "sends", "said"),
    [
        ("wes@example.org", True, "To wes@example.org."),
        ("", True, "Your account has no e-mail address"),
        ("wes@example.org", False, "This site sends no mail"),
    ],
)
def test_where_mail_goes(desk: Any, wes: User, email: str, sends: bool, said: str) -> None:
    User.objects.update(email=email)
    with override_settings(SENDS_MAIL=sends):
        assert said in words(desk(wes).get(URL))


def test_an_account_goes_with_its_notices(desk: Any, root: User, wes: User) -> None:
    tell(wes)
    tess_may = desk(root).get(f"/admin/auth/user/{wes.pk}/delete/")
    assert "Yes, I’m sure" in words(tess_may)
