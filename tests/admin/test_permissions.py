"""Who may open what: every address of the desk, by role and method.

The rows stand in tests/admin/cells/, one module an area. Each pattern of the URLconf under
/admin/ needs one for GET and one for POST, Django's own too.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from tests.admin.addresses import all_cells, routes, uncovered
from tests.admin.cells import DESK, NO, NONE, YES
from tests.admin.cells.site import AUTOCOMPLETE
from tests.admin.forms import in_force, page_url, posted, save
from tests.admin.noting import complain
from tests.people import person, role
from trends.models import (
    Access,
    Address,
    Article,
    Assignment,
    Author,
    Correction,
    Edition,
    Image,
    LegacyDocument,
    Pin,
    Release,
    SharedLink,
    Topic,
)
from trends.models.making import make_article, make_author

NOW = datetime(2026, 3, 1, tzinfo=UTC)
STANDFIRST = "A sentence that is long enough to stand."


@pytest.fixture(scope="module")
def sessions(shared_rows: Any) -> dict[str, str]:
    """Everybody who works here, logged in once for all cells: the key of each session."""
    with shared_rows():
        person("root", is_superuser=True)
        for name in ("wes", "ada", "pam", "otto"):
            person(name)
        person("tess").groups.add(role("Administrator"))
        return {user.username: session_key(user) for user in User.objects.all()}


def session_key(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def people(db: None, sessions: dict[str, str]) -> dict[str, Any]:
    clients = {"anonymous": Client()}
    for name, key in sessions.items():
        clients[name] = Client()
        clients[name].cookies[settings.SESSION_COOKIE_NAME] = key
    return clients


@pytest.fixture
def wes(db: None, sessions: Any) -> User:
    return User.objects.get(username="wes")


@pytest.fixture
def ada(db: None, sessions: Any) -> User:
    return User.objects.get(username="ada")


@pytest.fixture(scope="module")
def places_of_all(shared_rows: Any, sessions: Any) -> dict[str, Any]:
    """Ids for the addresses: a piece of Wes, a piece of Ada, and one of each other kind. The
    records belong to a live piece of Ada."""
    with shared_rows():
        ada, wes = (User.objects.get(username=name) for name in ("ada", "wes"))
        live = make_article("Ada is read", by=ada, standfirst=STANDFIRST, lede="So.", publish=True)
        edition = in_force(live)
        correction = {"article": live, "edition": edition, "text": "Ten, not nine.", "at": NOW}
        own = make_article("Wes writes", by=wes)
        return {
            "own": own.pk,
            "complaint": complain(own).pk,
            "note": own.notes.create(text="Who said so?", by=ada, at=NOW).pk,
            "other": make_article("Ada edits", by=ada).pk,
            "author": make_author("Wes Quill").pk,
            "topic": Topic.objects.create(name="Robots", slug="robots").pk,
            "image": Image.objects.create(file="a.jpg", digest="0", width=1, height=1).pk,
            "live": live.pk,
            "edition": edition.pk,
            "type": ContentType.objects.get_for_model(Edition).pk,
            "correction": Correction.objects.create(**correction).pk,
            "address": Address.objects.get(article=live).pk,
            "document": LegacyDocument.objects.create(
                article=live, parser_version=1, imported_at=NOW
            ).pk,
            "release": Release.objects.create(name="Robot day", live_from=NOW).pk,
            "group": role("Writer").pk,
            "user": person("uma").pk,
            "access": Access.objects.note("login", now=NOW).pk,
            "pin": Pin.objects.create(article=live, slot=0, starts_at=NOW, at=NOW).pk,
            "link": SharedLink.objects.share(own, by=wes, label="Legal", hours=24)[0].pk,
        }


@pytest.fixture
def places(db: None, places_of_all: dict[str, Any]) -> dict[str, Any]:
    return places_of_all


TABLE = all_cells()


@pytest.mark.parametrize(("method", "address", "expected"), TABLE)
def test_every_address_by_role(
    people: dict[str, Any], places: dict[str, Any], method: str, address: str,
    expected: dict[str, int],
) -> None:  # fmt: skip
    url = address.format(**places)
    assert {who: getattr(people[who], method)(url).status_code for who in expected} == expected


def test_every_address_has_its_row() -> None:
    missing = uncovered(routes(), TABLE)
    assert not missing, "\n".join(missing)


def test_an_address_without_a_row_is_named() -> None:
    fresh = "admin/trends/article/<int:object_id>/give_away/"
    assert uncovered([*routes(), fresh], TABLE)[-2:] == [
        f"GET {fresh}: add a row to tests/admin/cells/",
        f"POST {fresh}: add a row to tests/admin/cells/",
    ]


@pytest.mark.parametrize("page", ["change", "history", "preview", "submit", "publish_now"])
def test_a_piece_that_is_not_there(people: dict[str, Any], places: Any, page: str) -> None:
    assert people["pam"].get(f"{DESK}/article/987654/{page}/").status_code == NONE


def test_a_writer_sees_own_pieces_only(people: dict[str, Any], places: Any) -> None:
    page = people["wes"].get(f"{DESK}/article/").content.decode()
    assert "Wes writes" in page
    assert "Ada edits" not in page


def test_an_assignment_opens_a_piece(people: dict[str, Any], places: Any, wes: User) -> None:
    Assignment.objects.create(article_id=places["other"], section="context", owner=wes)
    assert people["wes"].get(f"{DESK}/article/{places['other']}/change/").status_code == YES
    assert "Ada edits" in people["wes"].get(f"{DESK}/article/").content.decode()


def offered(client: Any) -> str:
    return str(client.get(AUTOCOMPLETE.format("relatedlink", "target")).content.decode())


def test_a_writer_links_to_own_and_public_pieces(people: dict[str, Any], places: Any) -> None:
    make_article(
        "Out in the open", standfirst="Everybody can read this piece already.", lede="Out.",
        publish=True,
    )  # fmt: skip
    assert "Wes writes" in offered(people["wes"])
    assert "Out in the open" in offered(people["wes"])
    assert "Ada edits" not in offered(people["wes"])
    assert "Ada edits" in offered(people["ada"])


def test_a_writer_can_not_link_to_a_hidden_piece_by_its_id(
    people: dict[str, Any], places: Any
) -> None:
    url = f"{DESK}/article/{places['own']}/change/"
    data = posted(people["wes"].get(url)) | {
        "related_links-TOTAL_FORMS": 1, "related_links-0-target": places["other"],
    }  # fmt: skip
    response = people["wes"].post(url, data)
    assert response.status_code == 200
    assert "Ada edits" not in response.content.decode()


def test_a_link_that_an_editor_set_does_not_stop_the_writer(
    people: dict[str, Any], places: Any, wes: User, ada: User
) -> None:
    hidden = Article.objects.get(pk=places["other"])
    piece = make_article("Wes links", by=wes, related=[hidden])
    assert save(people["wes"], piece, title="Wes links on").status_code == 302


def test_a_writer_does_not_assign(people: dict[str, Any], places: Any, wes: User) -> None:
    url = f"{DESK}/article/{places['own']}/change/"
    typed = {"owner_context": wes.pk, "was_context": "||"}
    people["wes"].post(url, posted(people["wes"].get(url)) | typed)
    assert not Assignment.objects.exists()
    people["ada"].post(url, posted(people["ada"].get(url)) | typed)
    assert Assignment.objects.get().owner == wes


def test_a_writer_does_not_assign_authors_in_bulk(people: dict[str, Any], places: Any) -> None:
    data = {
        "action": "assign_author", "_selected_action": places["own"], "_assign": "1",
        "author": places["author"], "how": "replace",
    }  # fmt: skip
    people["wes"].post(f"{DESK}/article/", data)
    assert not Author.objects.get().bylines.exists()


def test_editions_of_others_are_hidden_from_writers(
    people: dict[str, Any], wes: User, ada: User
) -> None:
    for name, user in (("Of Wes", wes), ("Of Ada", ada)):
        make_article(
            name, by=user, standfirst="A sentence that is long enough to stand.", lede="So.",
            publish=True,
        )  # fmt: skip
    page = people["wes"].get(f"{DESK}/edition/").content.decode()
    assert "Of Wes" in page
    assert "Of Ada" not in page


def test_who_may_only_look_gets_the_piece_without_fields(places: Any) -> None:
    viewer = person("vic")
    viewer.user_permissions.set(_permissions("view_article", "change_all_articles"))
    client = Client()
    client.force_login(viewer)
    page = client.get(f"{DESK}/article/{places['own']}/change/")
    assert page.status_code == YES
    assert 'name="title"' not in page.content.decode()
    assert client.post(f"{DESK}/article/{places['own']}/change/").status_code == NO


def _permissions(*names: str) -> Any:
    return Permission.objects.filter(codename__in=names)


def test_pages_of_the_desk_are_kept_by_nobody(people: dict[str, Any], places: Any) -> None:
    pages = ("change", "history", "preview", "submit")
    for page in pages:
        url = page_url(Article.objects.get(pk=places["own"]), page)
        assert "no-store" in people["pam"].get(url).headers["Cache-Control"]
