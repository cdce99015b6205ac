"""How often a piece was read: in the list, on its own page, and on My desk."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.forms import page_url
from trends.admin.readers import bars
from trends.models import Article
from trends.models.making import make_article
from trends.models.readership import add_views

LIST, HOME = "/admin/trends/article/", "/admin/"
FULL: dict[str, Any] = {"standfirst": "A sentence that is long enough to stand.", "lede": "So."}
DAY = timedelta(days=1)


@pytest.fixture
def ferry(ada: User) -> Article:
    """Ten views today, two thousand six days ago, one a day earlier, one a month ago."""
    article = make_article("The ferry", by=ada, publish=True, **FULL)
    today = timezone.localdate()
    ages = {0: 10, 6: 2000, 7: 1, 30: 1}
    add_views({(article.pk, today - n * DAY): views for n, views in ages.items()})
    return article


def column(text: str) -> list[str]:
    """What the list says in the column of views, without tags."""
    cells = re.findall(r'<td class="field-views[^>]*>(.*?)</td>', text)
    return [re.sub("<.*?>", "", cell) for cell in cells]


def test_the_list_says_it_of_each_piece(desk: Any, ada: User, ferry: Article) -> None:
    make_article("A draft", by=ada)
    make_article("New", by=ada, publish=True, **FULL)
    text = desk(ada).get(f"{LIST}?o=1").text  # by title
    assert column(text) == ["–", "0", "2,010"]
    assert f'href="{page_url(ferry, "readers")}"' in text


def test_the_list_costs_no_query_more(desk: Any, ada: User, ferry: Article, settings: Any) -> None:
    client, found = desk(ada), []
    client.get(LIST)
    for is_counted in (True, False):
        settings.NEWSROOM_COUNT_VIEWS = is_counted
        with CaptureQueriesContext(connection) as queries:
            text = client.get(LIST).text
        found.append(len(queries))
        assert column(text) == (["2,010"] if is_counted else [])
    assert found[0] == found[1]


def test_the_page_of_a_piece(desk: Any, ada: User, ferry: Article) -> None:
    client = desk(ada)
    url = page_url(ferry, "readers")
    assert f'href="{url}"' in client.get(page_url(ferry)).text
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    assert len(queries) <= 9
    shown = page.context_data
    assert (shown["week"], shown["month"], shown["total"]) == (2010, 2011, 2012)
    assert shown["since"] == timezone.localdate() - 30 * DAY
    assert len(shown["bars"]) == 30
    assert page.text.count("<rect") == 3
    assert "style=" not in page.text.partition('id="content-main"')[2]


def test_a_piece_that_nobody_has_read(desk: Any, ada: User) -> None:
    draft = make_article("A draft", by=ada)
    client = desk(ada)
    assert page_url(draft, "readers") not in client.get(page_url(draft)).text
    page = client.get(page_url(draft, "readers"))
    assert "Nobody has read this piece" in page.text


def test_bars_fill_the_drawing() -> None:
    days = [(date(2026, 6, n), views) for n, views in ((1, 0), (2, 1), (3, 5000), (4, 2500))]
    assert [(bar.y, bar.height) for bar in bars(days)] == [(100, 0), (99, 1), (0, 100), (50, 50)]


def test_what_is_read_most_stands_on_the_desk_of_editors(
    desk: Any, ada: User, wes: User, pam: User, ferry: Article, settings: Any
) -> None:
    more, binned = (make_article(title, by=wes, **FULL) for title in ("The quay", "Binned"))
    today = timezone.localdate()
    add_views({(more.pk, today): 3000, (binned.pk, today): 9000, (more.pk, today - 7 * DAY): 1})
    binned.discard(by=pam)
    page = desk(ada).get(HOME)
    assert [(one.title, one.views) for one in page.context_data["most_read"]] == [
        ("The quay", 3000), ("The ferry", 2010),
    ]  # fmt: skip
    assert "3,000&nbsp;views" in page.text
    assert "Most read" not in desk(wes).get(HOME).text
    settings.NEWSROOM_COUNT_VIEWS = False
    assert "Most read" not in desk(ada).get(HOME).text


def test_where_nothing_is_counted_there_is_no_page(
    desk: Any, ada: User, ferry: Article, settings: Any
) -> None:
    settings.NEWSROOM_COUNT_VIEWS = False
    client = desk(ada)
    assert client.get(page_url(ferry, "readers")).status_code == 404
    assert page_url(ferry, "readers") not in client.get(page_url(ferry)).text
