"""Who may open what: every address of the desk, by role and method."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.admin.forms import page_url, posted, save
from tests.people import person, role
from trends.admin.steps import NAMES, permissions_of
from trends.models import Article, Assignment, Author, Image, Topic
from trends.models.making import make_article, make_author

YES, NO, LOGIN, NONE, STALE = 200, 403, 302, 404, 409
NOT_SO, UNCLEAR = 405, 422
STAFF = ("wes", "ada", "pam", "root")
DESK = "/admin/trends"


@pytest.fixture
def people(wes: User, ada: User, pam: User, otto: User, root: User) -> dict[str, Any]:
    clients = {"anonymous": Client()}
    tess = person("tess")
    tess.groups.add(role("Administrator"))
    for user in (wes, ada, pam, otto, root, tess):
        clients[user.username] = Client()
        clients[user.username].force_login(user)
    return clients


@pytest.fixture
def places(wes: User, ada: User) -> dict[str, Any]:
    """Ids for the addresses: a piece of Wes, a piece of Ada, and one of each other kind."""
    return {
        "own": make_article("Wes writes", by=wes).pk,
        "other": make_article("Ada edits", by=ada).pk,
        "author": make_author("Wes Quill").pk,
        "topic": Topic.objects.create(name="Robots", slug="robots").pk,
        "image": Image.objects.create(file="a.jpg", digest="0", width=1, height=1).pk,
    }


def only(*names: str, status: int = YES) -> dict[str, int]:
    """Those get the page, others are refused, and who is not logged in is asked to."""
    everybody = ("anonymous", "otto", "tess", *STAFF)
    return {name: status if name in names else NO for name in everybody} | {"anonymous": LOGIN}


AUTOCOMPLETE = "/admin/autocomplete/?app_label=trends&model_name={0}&field_name={1}"
TABLE: list[tuple[str, str, dict[str, int]]] = [
    ("get", "/admin/", only("otto", "tess", *STAFF)),
    ("get", f"{DESK}/article/", only(*STAFF)),
    ("get", f"{DESK}/article/add/", only(*STAFF)),
    ("post", f"{DESK}/article/add/", only(*STAFF)),
    ("get", f"{DESK}/article/{{own}}/change/", only(*STAFF)),
    ("get", f"{DESK}/article/{{other}}/change/", only("ada", "pam", "root")),
    ("post", f"{DESK}/article/{{other}}/change/", only("ada", "pam", "root", status=STALE)),
    ("get", f"{DESK}/article/{{own}}/history/", only(*STAFF)),
    ("get", f"{DESK}/article/{{other}}/history/", only("ada", "pam", "root")),
    ("get", f"{DESK}/article/{{own}}/preview/", only(*STAFF)),
    ("get", f"{DESK}/article/{{other}}/preview/", only("ada", "pam", "root")),
    ("get", f"{DESK}/article/{{own}}/delete/", only()),
    ("post", f"{DESK}/article/{{own}}/delete/", only()),
    ("get", f"{DESK}/topic/", only(*STAFF)),
    ("get", f"{DESK}/topic/add/", only("ada", "pam", "root")),
    ("get", f"{DESK}/topic/{{topic}}/delete/", only("root")),
    ("get", f"{DESK}/author/", only(*STAFF)),
    ("get", f"{DESK}/author/add/", only("ada", "pam", "root")),
    ("get", f"{DESK}/author/{{author}}/change/", only(*STAFF)),
    ("post", f"{DESK}/author/{{author}}/change/", only("ada", "pam", "root")),
    ("get", f"{DESK}/image/", only(*STAFF)),
    ("get", f"{DESK}/image/add/", only(*STAFF)),
    ("post", f"{DESK}/image/add/", only(*STAFF)),
    ("get", f"{DESK}/image/upload/", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/image/upload/", only(*STAFF, status=UNCLEAR)),
    ("get", f"{DESK}/image/{{image}}/change/", only(*STAFF)),
    ("post", f"{DESK}/image/{{image}}/change/", only(*STAFF, status=STALE)),
    ("get", f"{DESK}/image/{{image}}/history/", only(*STAFF)),
    ("get", f"{DESK}/image/{{image}}/desk.jpg", only(*STAFF, status=NONE)),  # it has no file
    ("post", f"{DESK}/image/{{image}}/desk.jpg", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/image/{{image}}/delete/", only("pam", "root")),
    ("get", f"{DESK}/image/{{image}}/delete/", only("pam", "root")),
    ("get", f"{DESK}/image/choose/", only(*STAFF)),
    ("post", f"{DESK}/image/choose/", only("otto", "tess", *STAFF, status=405)),
    ("get", f"{DESK}/image/{{image}}/words/", only(*STAFF)),
    ("post", f"{DESK}/image/{{image}}/words/", only(*STAFF, status=STALE)),
    ("get", f"{DESK}/edition/", only(*STAFF)),
    ("get", f"{DESK}/edition/add/", only()),
    ("get", f"{DESK}/correction/", only("root")),
    ("get", f"{DESK}/address/", only("root")),
    ("get", f"{DESK}/legacydocument/", only("root")),
    ("get", "/admin/auth/user/", only("tess", "root")),
    ("get", "/admin/auth/group/add/", only("tess", "root")),
    ("get", AUTOCOMPLETE.format("article", "topic"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("article", "hero"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("byline", "author"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("relatedlink", "target"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("assignment", "owner"), only("tess", "root")),
]


@pytest.mark.parametrize(("method", "address", "expected"), TABLE)
def test_every_address_by_role(
    people: dict[str, Any], places: dict[str, Any], method: str, address: str,
    expected: dict[str, int],
) -> None:  # fmt: skip
    url = address.format(**places)
    assert {who: getattr(people[who], method)(url).status_code for who in expected} == expected


ROLES = {
    "wes": {"submit"},
    "ada": {"submit", "approve", "return_to_writer", "hold", "release", "discard", "recover"},
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_by_role(
    people: dict[str, Any], places: dict[str, Any], verb: str, method: str
) -> None:
    url = f"{DESK}/article/{places['own']}/{verb}/"
    allowed = {who for who in ("wes", "ada") if verb in ROLES[who]} | {"pam", "root"}
    expected = only(*allowed)
    assert {who: getattr(people[who], method)(url).status_code for who in expected} == expected
    assert permissions_of(verb)


@pytest.mark.parametrize("verb", NAMES)
def test_no_verb_for_a_writer_on_somebody_elses_piece(
    people: dict[str, Any], places: dict[str, Any], verb: str
) -> None:
    assert people["wes"].post(f"{DESK}/article/{places['other']}/{verb}/").status_code == NO


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
    row = {"section": "context", "owner": wes.pk}
    data = posted(people["wes"].get(url), assignments__TOTAL_FORMS=1)
    people["wes"].post(url, data | {f"assignments-0-{name}": v for name, v in row.items()})
    assert not Assignment.objects.exists()
    data = posted(people["ada"].get(url), assignments__TOTAL_FORMS=1)
    people["ada"].post(url, data | {f"assignments-0-{name}": v for name, v in row.items()})
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
