"""The readiness panel for what is typed and not saved yet."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from tests.admin.forms import add_row, page_url, posted
from trends.models import Article, Assignment
from trends.models.making import make_article

ADD = reverse("admin:trends_article_add")
ADD_CHECK = reverse("admin:trends_article_add_check")
STANDFIRST = "The maker of robots leaves the coast for good, after forty years."


def check(client: Any, article: Article, **typed: Any) -> str:
    """The panel for the form of a piece with some fields changed."""
    url = page_url(article)
    return str(client.post(page_url(article, "check"), posted(client.get(url), **typed)).text)


def test_it_speaks_of_what_is_typed(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes, standfirst=STANDFIRST)
    assert "The Headline is empty." in check(desk(wes), article)
    assert "The Headline is empty." not in check(desk(wes), article, lede="<p>It goes.</p>")
    article.refresh_from_db()
    assert article.lede == ""
    assert article.version == 1


def test_each_line_leads_to_its_field(desk: Any, wes: User) -> None:
    article = make_article(
        "Norlake", by=wes, evidence=[{"claim": "It goes"}, {"claim": "It stays"}]
    )
    panel = check(desk(wes), article, title="What happened: it goes")
    assert 'href="#id_title"' in panel
    assert 'href="#section-lede"' in panel
    assert 'href="#id_evidence-1-source_title"' in panel


def test_a_row_that_is_new_has_its_field_too(desk: Any, wes: User) -> None:
    article, client = make_article("Norlake", by=wes, key_points=["It goes west."]), desk(wes)
    data = add_row(posted(client.get(page_url(article))), "key_points", text="It goes west.")
    panel = client.post(page_url(article, "check"), data).text
    assert 'href="#id_key_points-1-text"' in panel


def test_three_groups_and_what_stops(desk: Any, wes: User) -> None:
    panel = check(desk(wes), make_article("Norlake.", by=wes))
    order = [panel.index(label) for label in ("Before publishing", "Later: ", "Style")]
    assert order == sorted(order)
    assert "It stops publishing, unless you give a reason." in panel


def test_what_readers_see_already_does_not_stop_it(desk: Any, ada: User) -> None:
    article = make_article("Norlake", by=ada, standfirst=STANDFIRST, lede="It goes.", publish=True)
    assert "It stops publishing" not in check(desk(ada), article)
    assert "It stops publishing" in check(desk(ada), article, lede="<p>Lorem ipsum.</p>")


def test_a_new_piece_is_checked_before_it_is_saved(desk: Any, wes: User) -> None:
    client = desk(wes)
    panel = client.post(ADD_CHECK, posted(client.get(ADD), title="Norlake moves its robots")).text
    assert "The title is empty." not in panel
    assert "The Headline is empty." in panel
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"evidence-TOTAL_FORMS": "x", "topic": "x", "hero": "99999999999999999999"},
        {"key_points-TOTAL_FORMS": "1", "key_points-0-text": "\x00", "key_points-0-key": "x" * 99},
    ],
)
def test_odd_fields_are_no_error(desk: Any, wes: User, typed: dict[str, str]) -> None:
    article = make_article("Norlake", by=wes)
    for url in (ADD_CHECK, page_url(article, "check")):
        assert desk(wes).post(url, typed).status_code == 200


def test_it_says_how_each_section_stands(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes, lede="It goes.")
    Assignment.objects.put(article, "lede", by=wes, now=timezone.now(), owner=wes)
    panel = check(desk(wes), article, context="<p>420 people.</p>")
    for state in ('data-lede="drafting"', 'data-context="done"', 'data-analysis="pending"'):
        assert state in panel


def test_without_a_script_a_link_checks_what_is_saved(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes)
    url = page_url(article)
    assert "The Headline is empty." not in desk(wes).get(url).text
    assert "The Headline is empty." in desk(wes).get(f"{url}?check=1").text


def test_it_costs_little(desk: Any, wes: User, django_assert_max_num_queries: Any) -> None:
    article, client = make_article("Norlake", by=wes, evidence=["It goes"] * 9), desk(wes)
    data = posted(client.get(page_url(article)))
    with django_assert_max_num_queries(20):
        client.post(page_url(article, "check"), data)


def test_a_day_is_a_day(desk: Any, ada: User) -> None:
    article = make_article("Norlake", by=ada, actions=["Look at it"])
    panel = check(desk(ada), article, actions__0__review_on=date(2020, 1, 1))
    assert 'href="#id_actions-0-review_on"' in panel
