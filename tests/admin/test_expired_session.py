"""A form that comes in too late, with an old token, or while something is broken."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests.admin.forms import page_url, posted
from trends.admin.articles import ArticleAdmin
from trends.admin.ticket import NAME
from trends.models import Article, Autosave
from trends.models.making import make_article

ADD = "/admin/trends/article/add/"


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("Ferries run on heat", by=wes)


@pytest.fixture
def typed(desk: Any, wes: User, piece: Article) -> dict[str, Any]:
    """What Wes typed into the form of his piece, as his browser sends it."""
    page = desk(wes).get(page_url(piece))
    ticket = page.context_data["unsaved"].ticket
    return posted(page, title="Typed by Wes", lede="<p>New words.</p>") | {NAME: ticket}


def with_cookie(user: User | None = None) -> tuple[Client, str]:
    """A client whose tokens are checked, and a token of its own."""
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    client.get("/admin/login/")
    client.get("/admin/")
    return client, client.cookies["csrftoken"].value


def kept(user: User) -> str:
    return "".join(Autosave.objects.texts(user).values_list("form", flat=True))


def test_without_a_session_it_is_kept_and_offered_after_login(
    wes: User, piece: Article, typed: dict[str, Any]
) -> None:
    client = Client()
    answer = client.post(page_url(piece), typed)
    assert answer.url == f"/admin/login/?next={page_url(piece)}"
    assert "What you typed is kept" in client.get(answer.url).content.decode()
    client.login(username="wes", password="wes")
    page = client.get(page_url(piece)).content.decode()
    assert "and did not save it" in page
    piece.refresh_from_db()
    assert piece.title == "Ferries run on heat"


def test_without_a_ticket_nothing_is_kept(piece: Article, typed: dict[str, Any]) -> None:
    for ticket in ("", "x", typed[NAME][:-1]):
        answer = Client().post(page_url(piece), typed | {NAME: ticket})
        assert answer.status_code == 302
    assert not Autosave.objects.exclude(saved_at=None).exists()


def test_somebody_else_at_the_same_browser_saves_nothing(
    desk: Any, wes: User, ada: User, piece: Article, typed: dict[str, Any]
) -> None:
    answer = desk(ada).post(page_url(piece), typed)
    assert answer.status_code == 403
    assert "Somebody else is logged in now" in answer.content.decode()
    assert "Typed" not in answer.content.decode()
    piece.refresh_from_db()
    assert piece.title == "Ferries run on heat"
    assert "Typed+by+Wes" in kept(wes)
    assert not kept(ada)


def test_the_ticket_of_somebody_who_left_keeps_nothing(
    wes: User, piece: Article, typed: dict[str, Any]
) -> None:
    User.objects.filter(pk=wes.pk).update(is_active=False)
    Client().post(page_url(piece), typed)
    assert not kept(wes)


def test_an_old_token_gives_all_fields_with_a_fresh_one(
    wes: User, piece: Article, typed: dict[str, Any]
) -> None:
    client, token = with_cookie(wes)
    data = typed | {"csrfmiddlewaretoken": "o" * 32, "title": '<b>Typed</b> & "sent"'}
    answer = client.post(page_url(piece), data)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Send again" in page
    assert 'name="title" value="&lt;b&gt;Typed&lt;/b&gt; &amp; &quot;sent&quot;"' in page
    assert "<b>Typed" not in page
    assert "oooo" not in page
    assert "New+words" in kept(wes)
    assert client.post(page_url(piece), data | {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_forged_form_gets_no_button(wes: User, ada: User, piece: Article, typed: Any) -> None:
    """Another site may send any field, but no ticket of the victim."""
    client, _ = with_cookie(ada)
    for ticket in ("", "x", typed[NAME]):  # the last: the attacker's own
        answer = client.post(page_url(piece), {"title": "Forged", NAME: ticket})
        assert answer.status_code == 403
        assert "<form" not in answer.content.decode()
        assert "Forged" not in answer.content.decode()
    assert not kept(ada)


def test_a_form_from_another_origin_gets_no_button(
    wes: User, piece: Article, typed: dict[str, Any]
) -> None:
    client, _ = with_cookie(wes)
    answer = client.post(page_url(piece), typed, HTTP_ORIGIN="https://example.com")
    assert answer.status_code == 403
    assert "<form" not in answer.content.decode()


def test_other_forms_are_refused_plainly(wes: User, piece: Article, typed: dict[str, Any]) -> None:
    client, _ = with_cookie(wes)
    answer = client.post(page_url(piece, "submit"), typed)
    assert answer.status_code == 403
    assert "This was refused" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_without_cookies_the_text_is_kept(wes: User, piece: Article, typed: dict[str, Any]) -> None:
    answer = Client(enforce_csrf_checks=True).post(page_url(piece), typed)
    assert answer.url.startswith("/admin/login/")
    assert "New+words" in kept(wes)


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("database is locked"), 503), (ValueError("bug"), 500)]
)
def test_what_breaks_while_saving_costs_no_text(
    wes: User, piece: Article, typed: dict[str, Any], monkeypatch: Any, error: Exception,
    status: int,
) -> None:  # fmt: skip
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(ArticleAdmin, "save_model", fail)
    client = Client(raise_request_exception=False)
    client.force_login(wes)
    answer = client.post(page_url(piece), typed)
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'name="title" value="Typed by Wes"' in page
    assert "New words." in page
    assert ("New+words" in kept(wes)) == (status == 500)  # where the database can take it
    monkeypatch.undo()
    assert client.post(page_url(piece), typed).status_code == 302
    assert not kept(wes)


@pytest.mark.parametrize("error", [OperationalError("gone"), ValueError("bug")])
def test_what_breaks_the_keeping_too_costs_no_text(
    wes: User, piece: Article, typed: dict[str, Any], monkeypatch: Any, error: Exception
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError("bug")

    def fail_too(*args: Any) -> None:
        raise error

    monkeypatch.setattr(ArticleAdmin, "save_model", fail)
    monkeypatch.setattr("trends.admin.rescue.keep", fail_too)
    client = Client(raise_request_exception=False)
    client.force_login(wes)
    answer = client.post(page_url(piece), typed)
    assert (answer.status_code, "New words." in answer.content.decode()) == (500, True)


def test_the_page_of_an_error_asks_no_database(
    wes: User, piece: Article, typed: dict[str, Any], monkeypatch: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("gone")

    client = Client(raise_request_exception=False)
    client.force_login(wes)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    with django_assert_num_queries(0):
        assert client.post(page_url(piece), typed).status_code == 503


def test_who_may_not_any_more_gets_the_words_to_copy(
    desk: Any, wes: User, ada: User, piece: Article, typed: dict[str, Any]
) -> None:
    piece.owner = ada  # type: ignore[assignment]
    piece.save()
    answer = desk(wes).post(page_url(piece), typed)
    assert answer.status_code == 403
    assert "Typed by Wes" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_a_new_piece_is_kept_as_well(desk: Any, wes: User) -> None:
    page = desk(wes).get(ADD)
    ticket = page.context_data["unsaved"].ticket
    answer = Client().post(ADD, posted(page, title="Begun") | {NAME: ticket})
    assert answer.url == f"/admin/login/?next={ADD}"
    assert "Begun." in desk(wes).get(ADD).content.decode()
    assert Autosave.objects.get().seen_at <= timezone.now()


# --- notes ---


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("", {"text": "Who said <420>?"}),
        ("1/reply/", {"text": "The harbour master: <420>."}),
        ("1/close/", {"outcome": "We corrected <420>."}),
    ],
)
def test_a_note_without_a_session_comes_back_to_copy(
    piece: Article, act: str, typed: dict[str, str]
) -> None:
    client, token = with_cookie()
    data = typed | {"kind": "comment", "as_is": "x", "csrfmiddlewaretoken": token}
    answer = client.post(page_url(piece, "notes") + act, data)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Not sent: you were logged out" in page
    assert "&lt;420&gt;" in page
    assert f'href="/admin/login/?next={page_url(piece, "notes")}"' in page
    assert "<form" not in page
    assert token not in page
    assert page.count("<textarea") == len(typed)
    assert not piece.notes.exists()


def test_a_forged_note_is_not_shown(piece: Article) -> None:
    answer = Client(enforce_csrf_checks=True).post(page_url(piece, "notes"), {"text": "Forged"})
    assert answer.status_code == 403
    assert "Forged" not in answer.content.decode()


def test_nothing_typed_leads_to_the_login(piece: Article) -> None:
    answer = Client().post(page_url(piece, "notes"), {"text": ""})
    assert answer.url == f"/admin/login/?next={page_url(piece, 'notes')}"
