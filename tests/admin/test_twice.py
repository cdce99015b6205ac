"""A form that is sent twice does nothing twice; a form that was kept comes back unsaved."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from tests.admin.forms import add_row, page_url, posted, save
from tests.people import person
from trends.models import Article
from trends.models.making import make_article

ADD = reverse("admin:trends_article_add")
ROW = {"kind": "data", "verdict": "unchecked", "disclosure": "named", "stance": "supports"}


@pytest.fixture
def article(ada: User) -> Article:
    return make_article("Norlake", by=ada, key_points=["One"], evidence=["It goes"])


def new_piece(client: Any, **fields: Any) -> dict[str, Any]:
    data = posted(client.get(ADD), title="Norlake", lede="<p>It goes. [[E1]]</p>", **fields)
    return add_row(data, "evidence", claim="It goes", **ROW)


def test_the_same_save_twice_is_one(desk: Any, ada: User, article: Article) -> None:
    client = desk(ada)
    data = posted(
        client.get(page_url(article)), title="Mine", lede="<p>So [[E2]]</p>", slug="mine",
        key_points__0__text="First",
    )  # fmt: skip
    data = add_row(data, "evidence", claim="New", number=2, **ROW)
    data = add_row(data, "key_points", text="Two")
    for _ in range(3):
        assert client.post(page_url(article), data).status_code == 302
    article.refresh_from_db()
    assert article.revisions.count() == 2
    assert article.version == 2
    assert list(article.evidence.values_list("number", "claim")) == [(1, "It goes"), (2, "New")]
    assert article.key_points.count() == 2


def test_a_new_piece_sent_twice_is_one(desk: Any, ada: User) -> None:
    client = desk(ada)
    data = new_piece(client)
    for _ in range(3):
        assert client.post(ADD, data).status_code == 302
    [article] = Article.objects.all()
    assert article.revisions.count() == 1
    assert article.evidence.count() == 1


def test_each_new_form_makes_its_own(desk: Any, ada: User) -> None:
    client = desk(ada)
    for _ in range(2):
        assert client.post(ADD, new_piece(client)).status_code == 302
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["norlake", "norlake-2"]


def test_a_new_piece_typed_on_and_sent_again_is_a_change(desk: Any, ada: User, pam: User) -> None:
    client = desk(ada)
    data = new_piece(client)
    client.post(ADD, data)
    article = Article.objects.get()
    save(desk(pam), article, context="<p>Pam's.</p>", title="Norlake goes")
    page = client.post(ADD, data | {"title": "Mine", "analysis": "<p>More.</p>"})
    assert page.status_code == 409
    assert f'action="{page_url(article)}"' in page.content.decode()
    assert [side.label for side in page.context_data["stale"]] == ["Title"]
    choice = {"choice-0": "mine", "choice-0-about": page.context_data["stale"][0].about}
    client.post(page_url(article), posted(page) | choice)
    article.refresh_from_db()
    assert (article.title, article.context) == ("Mine", "<p>Pam's.</p>")
    assert article.analysis == "<p>More.</p>"


def test_the_key_of_somebody_elses_form_opens_nothing(desk: Any, ada: User, wes: User) -> None:
    data = new_piece(desk(ada))
    desk(ada).post(ADD, data)
    assert desk(wes).post(ADD, data | {"title": "Wes"}).status_code == 302
    assert dict(Article.objects.values_list("title", "created_by__username")) == {
        "Norlake": "ada", "Wes": "wes",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_piece(desk: Any) -> None:
    client = desk(person("ada"))
    data, start = new_piece(client), Barrier(4)
    clients = [desk(User.objects.get()) for _ in range(4)]

    def send(client: Any) -> int:
        try:
            start.wait(timeout=20)
            return int(client.post(ADD, data).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, clients)) == [302] * 4
    assert Article.objects.get().revisions.count() == 1


# --- _restored: what was kept is merged and shown, not saved ---


def test_a_kept_form_is_shown_and_not_saved(
    desk: Any, ada: User, pam: User, article: Article
) -> None:
    client = desk(ada)
    data = posted(client.get(page_url(article)), title="Mine")
    save(desk(pam), article, context="<p>Pam's.</p>")
    page = client.post(page_url(article), data | {"_restored": "1"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Brought back, not saved yet" in text
    assert "Saved meanwhile by Pam, and merged in: Context." in text
    assert "errornote" not in text
    form = posted(page)
    assert (form["title"], form["context"]) == ("Mine", "<p>Pam's.</p>")
    assert article.revisions.count() == 2
    assert "_restored" not in form
    assert client.post(page_url(article), form).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.context) == ("Mine", "<p>Pam's.</p>")


def test_a_kept_form_may_ask(desk: Any, ada: User, pam: User, article: Article) -> None:
    client = desk(ada)
    data = posted(client.get(page_url(article)), title="Mine")
    save(desk(pam), article, title="Pam's")
    page = client.post(page_url(article), data | {"_restored": "1"})
    assert page.status_code == 200
    assert [side.label for side in page.context_data["stale"]] == ["Title"]


def test_a_kept_new_piece_is_shown_and_not_saved(desk: Any, ada: User) -> None:
    client = desk(ada)
    data = new_piece(client)
    page = client.post(ADD, data | {"_restored": "1"})
    assert page.status_code == 200
    assert "Brought back, not saved yet" in page.content.decode()
    assert not Article.objects.exists()
    form = posted(page)
    assert form["form_key"] == data["form_key"]
    assert client.post(ADD, form).status_code == 302
    assert Article.objects.get().evidence.get().claim == "It goes"


def test_a_kept_form_that_is_wrong_says_so(desk: Any, ada: User, article: Article) -> None:
    client = desk(ada)
    data = posted(client.get(page_url(article)), title="", lede="<p>Typed.</p>")
    page = client.post(page_url(article), data | {"_restored": "1"})
    assert page.status_code == 200
    assert "This field is required" in page.content.decode()
    assert posted(page)["lede"] == "<p>Typed.</p>"
