"""What is typed and not saved is kept, offered again, and goes with the next save."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.admin.forms import page_url, posted, save
from trends.admin.ticket import NAME, Ticket, place_of
from trends.models import Article, Autosave
from trends.models.making import make_article

ADD = "/admin/trends/article/add/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("Ferries run on heat", by=wes, lede="It made ten trips.")


def ticket(user: User, article: Article | None = None, key: str = "k1") -> Ticket:
    return Ticket(user.pk, place_of(article.pk if article else None, key))


def typed(client: Client, article: Article, **changes: Any) -> dict[str, Any]:
    """The fields of the form as it is open in a browser, with its ticket."""
    page = client.get(page_url(article))
    unsaved = page.context_data["unsaved"]  # type: ignore[attr-defined]
    return posted(page, **changes) | {NAME: unsaved.ticket}


def keep(client: Client, article: Article, **changes: Any) -> Any:
    return client.post(page_url(article, "autosave"), typed(client, article, **changes))


def texts(user: User) -> list[Autosave]:
    return list(Autosave.objects.texts(user))


def test_what_is_typed_is_kept(desk: Any, wes: User, piece: Article) -> None:
    answer = keep(desk(wes), piece, lede="<p>It made twelve trips.</p>")
    assert answer.json()["kept"] > 0
    assert answer.json()["said"] == ""
    [row] = texts(wes)
    assert "twelve" in row.form
    assert NAME not in row.form
    assert row.place.startswith(f"article:{piece.pk}:")


def test_keeping_changes_no_piece(desk: Any, wes: User, piece: Article) -> None:
    before = (piece.version, piece.revisions.count(), piece.updated_at)
    keep(desk(wes), piece, title="Another one")
    piece.refresh_from_db()
    assert (piece.version, piece.revisions.count(), piece.updated_at) == before


def test_keeping_costs_five_queries(
    desk: Any, wes: User, piece: Article, django_assert_max_num_queries: Any
) -> None:
    client = desk(wes)
    data = typed(client, piece)
    with django_assert_max_num_queries(5):
        assert client.post(page_url(piece, "autosave"), data).json()["kept"]
    with django_assert_max_num_queries(5):
        client.post(page_url(piece, "autosave"), {"_seen": 1, NAME: data[NAME]})


def test_one_form_has_one_text(desk: Any, wes: User, piece: Article) -> None:
    client = desk(wes)
    data = typed(client, piece)
    for title in ("First", "Second"):
        client.post(page_url(piece, "autosave"), data | {"title": title})
    [row] = texts(wes)
    assert "Second" in row.form


def test_two_windows_keep_two_texts(desk: Any, wes: User, piece: Article) -> None:
    client = desk(wes)
    keep(client, piece, title="In one window")
    keep(client, piece, title="In the other")
    assert len(texts(wes)) == 2


def test_no_ticket_no_text(desk: Any, wes: User, ada: User, piece: Article) -> None:
    other = make_article("Another piece", by=wes)
    url = page_url(piece, "autosave")
    for wrong in ("", "x", ticket(ada, piece).signed(), ticket(wes, other).signed()):
        assert desk(wes).post(url, {"title": "T", NAME: wrong}).status_code == 403
    assert not Autosave.objects.exists()


def test_an_old_ticket_is_none(desk: Any, wes: User, piece: Article) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=8)):
        old = ticket(wes, piece).signed()
    assert desk(wes).post(page_url(piece, "autosave"), {NAME: old}).status_code == 403


def test_a_text_that_is_too_long_is_refused_in_words(desk: Any, wes: User, piece: Article) -> None:
    data = {"title": "x" * 1024 * 1024, NAME: ticket(wes, piece).signed()}
    answer = desk(wes).post(page_url(piece, "autosave"), data)
    assert answer.status_code == 413
    assert "too long" in answer.content.decode()


def test_autosave_checks_the_token_of_the_session(wes: User, piece: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(wes)
    data = {"title": "T", NAME: ticket(wes, piece).signed()}
    assert client.post(page_url(piece, "autosave"), data).status_code == 403
    assert not Autosave.objects.exists()


def test_it_is_offered_in_words(desk: Any, wes: User, piece: Article) -> None:
    keep(desk(wes), piece, lede="<p>It made twelve trips.</p>")
    page = desk(wes).get(page_url(piece)).content.decode()
    assert "and did not save it" in page
    assert "What differs from what is saved: Headline." in page


def test_what_is_saved_already_is_not_offered(desk: Any, wes: User, piece: Article) -> None:
    keep(desk(wes), piece)
    assert "did not save it" not in desk(wes).get(page_url(piece)).content.decode()


def test_what_others_changed_meanwhile_is_not_offered(
    desk: Any, wes: User, ada: User, piece: Article
) -> None:
    keep(desk(wes), piece)
    save(desk(ada), piece, context="<p>By Ada.</p>")
    assert "did not save it" not in desk(wes).get(page_url(piece)).content.decode()


def test_nobody_is_offered_the_text_of_another(
    desk: Any, wes: User, ada: User, piece: Article
) -> None:
    keep(desk(wes), piece, title="My secret title")
    assert "secret" not in desk(ada).get(page_url(piece)).content.decode()
    answer = desk(ada).post(page_url(piece), {"_bring_back": texts(wes)[0].place}, follow=True)
    assert "nothing to bring back" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_it_is_brought_back_and_not_saved(desk: Any, wes: User, piece: Article) -> None:
    client = desk(wes)
    keep(client, piece, title="Brought back")
    page = client.post(page_url(piece), {"_bring_back": texts(wes)[0].place})
    assert 'value="Brought back"' in page.content.decode()
    piece.refresh_from_db()
    assert piece.title == "Ferries run on heat"


def test_brought_back_and_saved_it_is_gone(desk: Any, wes: User, piece: Article) -> None:
    client = desk(wes)
    keep(client, piece, title="Brought back")
    page = client.post(page_url(piece), {"_bring_back": texts(wes)[0].place})
    own = {NAME: page.context_data["unsaved"].ticket}
    assert client.post(page_url(piece), posted(page) | own).status_code == 302
    piece.refresh_from_db()
    assert piece.title == "Brought back"
    assert not texts(wes)


def test_a_save_takes_its_own_text_and_leaves_those_of_others(
    desk: Any, wes: User, ada: User, piece: Article
) -> None:
    keep(desk(ada), piece, title="By Ada")
    client = desk(wes)
    data = typed(client, piece, title="Saved")
    client.post(page_url(piece, "autosave"), data)
    answer = client.post(page_url(piece), data)
    assert answer.status_code == 302
    assert not texts(wes)
    assert len(texts(ada)) == 1
    assert "article:" in answer.cookies["desk-saved"].value


def test_a_form_that_is_refused_is_kept(desk: Any, wes: User, piece: Article) -> None:
    client = desk(wes)
    client.post(page_url(piece), typed(client, piece, title="", lede="<p>New words.</p>"))
    [row] = texts(wes)
    assert "New+words" in row.form


def test_it_is_thrown_away_for_good(desk: Any, wes: User, ada: User, piece: Article) -> None:
    keep(desk(wes), piece, title="Away with it")
    place, url = texts(wes)[0].place, "/admin/trends/article/autosave/throw-away/"
    desk(ada).post(url, {"place": place})
    assert texts(wes)
    answer = desk(wes).post(url, {"place": place})
    assert answer.url == page_url(piece)
    assert not texts(wes)
    assert desk(wes).get(url).status_code == 405


def test_who_is_at_work_is_said_for_a_minute(
    desk: Any, wes: User, ada: User, piece: Article
) -> None:
    desk(ada).get(page_url(piece))
    assert "Ada is editing this piece too." in desk(wes).get(page_url(piece)).content.decode()
    assert keep(desk(wes), piece).json()["said"] == "Ada is editing this piece too."
    Autosave.objects.update(seen_at=timezone.now() - 2 * MINUTE)
    assert keep(desk(wes), piece).json()["said"] == ""


def test_a_newer_version_is_told(desk: Any, wes: User, ada: User, piece: Article) -> None:
    client = desk(wes)
    data = typed(client, piece)
    save(desk(ada), piece, context="<p>By Ada.</p>")
    Autosave.objects.filter(user=ada).delete()
    said = client.post(page_url(piece, "autosave"), data).json()["said"]
    assert said.startswith("Ada has saved a newer version.")


def test_a_new_piece_is_kept_and_offered(desk: Any, wes: User) -> None:
    own = ticket(wes).signed()
    desk(wes).post(f"{ADD}autosave/", {"title": "Begun", NAME: own})
    assert "Begun." in desk(wes).get(ADD).content.decode()
    assert [row.article for row in texts(wes)] == [None]


def test_a_new_piece_that_was_saved_meanwhile_is_not_kept(desk: Any, wes: User) -> None:
    Article.objects.create(title="Made", slug="made", form_key="k1")
    answer = desk(wes).post(f"{ADD}autosave/", {"title": "M", NAME: ticket(wes).signed()})
    assert answer.json()["kept"] == 0
    assert not texts(wes)


def test_what_nobody_came_back_for_goes_with_the_next_save(
    desk: Any, wes: User, ada: User, piece: Article
) -> None:
    keep(desk(ada), piece, title="Long ago")
    Autosave.objects.update(seen_at=_days_ago(31))
    client = desk(wes)
    client.post(page_url(piece), typed(client, piece, title="Saved"))
    assert not texts(ada)


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)
