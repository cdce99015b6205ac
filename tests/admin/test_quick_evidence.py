"""A pasted link or quotation becomes evidence: by the script, and without it."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.http import QueryDict
from django.urls import reverse

from tests.admin.forms import add_row, page_url, posted
from trends.admin.quick_evidence import quick_rows
from trends.models import Article
from trends.models.making import make_article

SAID = "“It goes west.” — Anna Berg, harbour master"
URL = "https://norlake.example/report"


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake", by=wes, evidence=["It goes"])


def ask(client: Any, text: str) -> Any:
    return client.post(reverse("admin:trends_article_quick_evidence"), {"text": text})


def test_it_understands(desk: Any, wes: User) -> None:
    response = ask(desk(wes), f"{SAID}\n{URL}\nIt goes")
    assert [sorted(row) for row in response.json()["rows"]] == [
        ["excerpt", "kind", "publisher", "speaker", "speaker_role", "url"], ["claim"],
    ]  # fmt: skip
    assert "no-store" in response.headers["Cache-Control"]


def test_looking_is_no_asking(desk: Any, wes: User) -> None:
    assert desk(wes).get(reverse("admin:trends_article_quick_evidence")).status_code == 405


def test_the_box_is_there_for_who_may_add(desk: Any, wes: User, article: Article) -> None:
    assert 'name="quick_evidence"' in desk(wes).get(page_url(article)).content.decode()
    wes.groups.clear()
    wes.user_permissions.set(_permissions("view_article", "change_article", "view_evidence"))
    page = desk(User.objects.get(pk=wes.pk)).get(page_url(article)).content.decode()
    assert "It goes" in page
    assert 'name="quick_evidence"' not in page


def _permissions(*names: str) -> Any:
    return Permission.objects.filter(codename__in=names)


def test_without_a_script_saving_adds_it(desk: Any, wes: User, article: Article) -> None:
    client = desk(wes)
    data = posted(client.get(page_url(article)))
    claims = "It goes west\nIt comes back"
    assert client.post(page_url(article), data | {"quick_evidence": claims}).status_code == 302
    assert list(article.evidence.values_list("number", "claim")) == [
        (1, "It goes"), (2, "It goes west"), (3, "It comes back"),
    ]  # fmt: skip


def test_a_new_piece_gets_it_too(desk: Any, wes: User) -> None:
    client, url = desk(wes), reverse("admin:trends_article_add")
    data = posted(client.get(url), title="Ferry") | {"quick_evidence": "It goes west"}
    client.post(url, data)
    assert Article.objects.get().evidence.get().claim == "It goes west"


def test_what_lacks_a_claim_is_asked_for_it(desk: Any, wes: User, article: Article) -> None:
    client = desk(wes)
    data = add_row(
        posted(client.get(page_url(article))), "evidence", claim="Mine", kind="data",
        verdict="unchecked", disclosure="named", stance="supports",
    )  # fmt: skip
    response = client.post(page_url(article), data | {"quick_evidence": SAID})
    page = response.content.decode()
    assert response.status_code == 200
    assert "This field is required" in page
    for typed in ("Mine", "It goes west.", "Anna Berg", "harbour master"):
        assert typed in page


def test_nobody_may_add_rows_to_a_form_without_them() -> None:
    for total in ("", "x", "99999"):
        data = QueryDict(mutable=True)
        data.update({"quick_evidence": URL, "evidence-TOTAL_FORMS": total})
        quick_rows(data)
        assert data["quick_evidence"] == URL
