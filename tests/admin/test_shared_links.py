"""Shared links on the desk: made, shown once, listed with what was said, revoked."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admin.forms import page_url
from trends.models import Article, SharedLink
from trends.models.making import make_article

STANDFIRST = "The maker of robots leaves the coast for good, after forty years."


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake moves", by=wes, standfirst=STANDFIRST, lede="It goes.")


def make_link(client: Client, article: Article, **given: Any) -> Any:
    return client.post(page_url(article, "links"), {"label": "Legal", "hours": 72} | given)


def revoke(client: Client, link: SharedLink) -> Any:
    url = reverse("admin:trends_article_revoke_link", args=[link.article_id, link.pk])
    return client.post(url, follow=True)


def test_it_works(desk: Any, wes: User, article: Article, client: Client) -> None:
    page = make_link(desk(wes), article)
    found = re.search(r'value="(http://127.0.0.1:8000(/preview/[\w-]{32}/))"', page.text)
    assert found
    assert client.get(found[2]).status_code == 200
    link = SharedLink.objects.get()
    assert (link.expires_at - link.created_at).days == 3
    again = desk(wes).get(page_url(article, "links"))
    assert "Legal" in again.text
    assert found[2] not in again.text  # it is shown once
    assert "no-store" in again["Cache-Control"]


def test_what_was_said_is_listed(desk: Any, wes: User, article: Article) -> None:
    link, _ = SharedLink.objects.share(article, by=wes, label="Legal", hours=1)
    said = {"name": "Dr Hale", "text": "Page 3 <is> wrong.", "agrees": True, "key": "1"}
    link.advise(now=timezone.now(), **said)
    for page in ("links", "history"):
        text = desk(wes).get(page_url(article, page)).text
        assert "Dr Hale" in text
        assert "Page 3 &lt;is&gt; wrong." in text
        assert "agrees" in text
    assert "Shared link" in text


def test_one_is_revoked(desk: Any, wes: User, ada: User, article: Article) -> None:
    link, _ = SharedLink.objects.share(article, by=wes, label="Legal", hours=1)
    page = revoke(desk(ada), link)
    assert "Revoked by Ada" in page.text
    link.refresh_from_db()
    assert link.revoked_by == ada


@pytest.mark.parametrize("given", [{"label": " "}, {"hours": 9999}, {"hours": "x"}])
def test_what_is_refused(desk: Any, wes: User, article: Article, given: dict[str, Any]) -> None:
    assert make_link(desk(wes), article, **given).status_code == 422
    assert not SharedLink.objects.exists()


def test_what_readers_see_is_not_shared(desk: Any, pam: User, article: Article) -> None:
    article.publish_now(by=pam)
    page = make_link(desk(pam), article)
    assert page.status_code == 409
    assert "Readers see this text already." in page.text


def test_who_may_not_share_is_not_offered_it(desk: Any, wes: User, article: Article) -> None:
    url = page_url(article, "links")
    assert url in desk(wes).get(page_url(article)).text
    wes.groups.get().permissions.get(codename="add_sharedlink").delete()
    assert url not in desk(wes).get(page_url(article)).text
    assert make_link(desk(wes), article).status_code == 403


def test_the_setting_is_offered_first(desk: Any, wes: User, article: Article) -> None:
    with override_settings(NEWSROOM_SHARED_LINK_HOURS=5):
        page = desk(wes).get(page_url(article, "links")).text
    assert '<option value="5" selected>5 hours</option>' in page


def test_many_links_cost_the_same(desk: Any, wes: User, article: Article) -> None:
    client, costs = desk(wes), []
    for rows in (1, 9):
        for n in range(rows):
            link, _ = SharedLink.objects.share(article, by=wes, label=f"{rows} {n}", hours=1)
            link.advise(name="Uma", text="", agrees=True, key="1", now=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            client.get(page_url(article, "links"))
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 10
