"""A code from the phone beside the password: setting it up, and coming in."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.addresses import Anything, all_cells
from tests.admin.forms import page_url, posted
from tests.admin.two_factor.steps import (
    CODE,
    DESK,
    LOGIN,
    NOON,
    OWN,
    enter,
    errors,
    gets_in,
    log_in,
    set_up,
)
from tests.phone import Phone
from trends.admin.ticket import NAME
from trends.models import Access, Autosave
from trends.models.making import make_article

# What everybody may open without being logged in.
OPEN = ("/admin/login/", "/admin/password_reset/", "/admin/reset/")
WRONG = "This code is wrong, too old, or was used already."
WAIT = "Too many tries have failed. Try again in a minute, after 12:01:30 (UTC)."


def kinds() -> list[str]:
    return list(Access.objects.order_by("pk").values_list("kind", flat=True))


def test_it_works(ada: User, phone: Phone) -> None:
    client = log_in("ada", to="/admin/trends/topic/")
    assert client.page.redirect_chain[-1][0] == f"{CODE}?next=%2Fadmin%2Ftrends%2Ftopic%2F"
    assert not gets_in(client)
    came = enter(client, phone.code(), next="/admin/trends/topic/")
    assert (came.status_code, came.url) == (302, "/admin/trends/topic/")
    assert gets_in(client)
    assert kinds() == ["two_factor", "first_step", "login"]
    assert Access.objects.latest("pk").user == ada


def test_who_has_not_set_it_up_needs_none(ada: User, wes: User, phone: Phone) -> None:
    assert gets_in(log_in("wes"))
    assert Access.objects.latest("pk").kind == "login"


def test_a_half_login_opens_no_page_of_the_desk(ada: User, phone: Phone) -> None:
    client = log_in("ada")
    asked = {address.partition("?")[0] for method, address, _ in all_cells() if method == "get"}
    closed = [a.format_map(Anything()) for a in sorted(asked) if not a.startswith((*OPEN, OWN))]
    assert len(closed) > 60
    for url in closed:
        answer = client.get(url)
        assert (answer.status_code, url) == (302, url)
        assert answer.url.startswith((LOGIN, DESK)), url
    assert client.get(OWN).url.startswith(CODE)
    assert client.post(OWN, {"password": "ada", "off": "1"}).url.startswith(CODE)
    assert not gets_in(client)


def test_a_form_sent_with_half_a_login_is_kept(ada: User, desk: Any, clock: Any) -> None:
    piece = make_article("Ferries run on heat", by=ada)
    client = desk(ada)
    page = client.get(page_url(piece))
    typed = posted(page, lede="<p>New words.</p>") | {NAME: page.context_data["unsaved"].ticket}
    set_up(client, ada, clock)
    answer = log_in("ada").post(page_url(piece), typed)
    assert answer.url.startswith(LOGIN)
    (kept,) = Autosave.objects.texts(ada).values_list("form", flat=True)
    assert "New+words." in kept


def test_a_note_sent_with_half_a_login_is_handed_back(ada: User, phone: Phone) -> None:
    piece = make_article("Ferries run on heat", by=ada)
    answer = log_in("ada").post(page_url(piece, "notes"), {"text": "Who said that?"})
    assert answer.status_code == 403
    assert "Who said that?" in answer.content.decode()


def test_a_code_is_good_once_whatever_the_cache_remembers(ada: User, phone: Phone) -> None:
    code = phone.code()
    enter(log_in("ada"), code)
    cache.clear()
    client = log_in("ada")
    assert WRONG in errors(enter(client, code))
    assert WRONG in errors(enter(client, phone.code(later=-1)))  # older than the last one
    assert not gets_in(client)
    assert kinds()[-2:] == ["code", "code"]


def test_the_code_that_set_it_up_is_used(ada: User, phone: Phone, clock: Any) -> None:
    assert WRONG in errors(enter(log_in("ada"), phone.code(later=-1)))


def test_clocks_may_differ_by_half_a_minute(ada: User, phone: Phone, clock: Any) -> None:
    assert errors(enter(log_in("ada"), phone.code(later=2))).startswith(WRONG)
    code = phone.code(later=1)
    assert enter(log_in("ada"), f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize("code", ["", "abcdef", "12345é", "\u0661\u0662\u0663\u0664\u0665\u0666"])
def test_nonsense(ada: User, phone: Phone, code: str) -> None:
    client = log_in("ada")
    assert enter(client, code).status_code == 200
    assert not gets_in(client)


def test_failed_codes_are_counted_whatever_the_password_does(ada: User, phone: Phone) -> None:
    for _ in range(5):
        said = errors(enter(log_in("ada"), "000000"))
        assert said.startswith(WRONG)
    Access.objects.note("password", now=NOON, name="ada")  # set by a link
    client = log_in("ada")
    assert errors(enter(client, phone.code())) == WAIT
    assert not gets_in(client)
    assert kinds()[-1] == "refused"


def test_a_login_with_a_code_ends_the_count(ada: User, phone: Phone) -> None:
    client = log_in("ada")
    for _ in range(4):
        enter(client, "000000")
    enter(client, phone.code())
    assert errors(enter(log_in("ada"), "000000")).startswith(WRONG)


def test_a_recovery_code_is_good_once(ada: User, codes: list[str]) -> None:
    assert len(set(codes)) == 10
    assert enter(log_in("ada"), codes[3]).status_code == 302
    client = log_in("ada")
    assert WRONG in errors(enter(client, codes[3]))
    assert enter(client, codes[4].replace(" ", "")).status_code == 302
    page = client.get(OWN)
    assert page.context["left"] == 8
    assert not any(code in page.content.decode() for code in codes)


def test_off_nothing_is_asked_and_nothing_shown(ada: User, phone: Phone, wish: Any) -> None:
    wish.NEWSROOM_TWO_FACTOR = "off"
    client = log_in("ada")
    page = client.get(DESK).content.decode()
    assert OWN not in page
    assert client.get(OWN).status_code == 404
    wish.NEWSROOM_TWO_FACTOR = "on"
    assert not gets_in(client)


def test_the_header_leads_there(ada: User, desk: Any) -> None:
    assert f'<a href="{OWN}">Two-factor</a>' in desk(ada).get(DESK).content.decode()


def test_who_is_through_costs_no_query(ada: User, desk: Any, phone: Phone, wish: Any) -> None:
    client = log_in("ada")
    enter(client, phone.code())
    counts = []
    for wanted in ("off", "required"):
        wish.NEWSROOM_TWO_FACTOR = wanted
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/admin/trends/topic/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_way_on_leads_nowhere_else(ada: User, phone: Phone) -> None:
    client = log_in("ada")
    page = client.get(f"{CODE}?next=https://elsewhere.example/")
    assert page.context["next"] == DESK
    assert enter(client, phone.code(), next="//elsewhere.example/").url == DESK


def test_who_can_not_enter_a_code_may_leave(ada: User, phone: Phone) -> None:
    client = log_in("ada")
    assert client.post(CODE, {"leave": "1"}).url == LOGIN
    assert client.get(CODE).url.startswith(LOGIN)
    assert client.get(LOGIN).status_code == 200


def test_the_session_has_another_key_after_the_second_step(ada: User, phone: Phone) -> None:
    client = log_in("ada")
    before = client.session.session_key
    enter(client, phone.code())
    assert client.session.session_key != before
