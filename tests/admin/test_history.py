"""Everything that happened to a piece in one list, and what changed between two saves."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.admin.forms import page_url, save
from trends.admin.words import differences
from trends.models import Article, Topic
from trends.models.making import make_article, make_author


@pytest.fixture
def article(ada: User) -> Article:
    return make_article("Norlake", by=ada, lede="It goes west.", evidence=["It goes"])


def history(client: Any, article: Article, query: str = "") -> Any:
    return client.get(page_url(article, "history") + query)


def test_saves_and_steps_stand_in_one_list(
    desk: Any, ada: User, pam: User, article: Article
) -> None:
    save(desk(pam), article, title="Norlake moves")
    article.submit(by=ada, note="Please look.")
    events = history(desk(ada), article).context_data["events"]
    assert [(event.what, event.who) for event in events] == [
        ("Submit for review", "Ada"), ("Saved revision 2", "Pam"), ("Saved revision 1", "Ada"),
    ]  # fmt: skip
    assert events[0].note == "Please look."
    assert events[1].note == "Title and facts"


def test_what_a_step_decided_is_said(desk: Any, ada: User, article: Article) -> None:
    article.set_embargo(until=datetime(2040, 1, 1, 10, tzinfo=UTC), by=ada)
    (event, _) = history(desk(ada), article).context_data["events"]
    assert (event.what, event.details) == ("Embargo", ["Until 2040-01-01 10:00 UTC"])


def test_two_revisions_are_compared(desk: Any, ada: User, article: Article) -> None:
    save(desk(ada), article, lede="<p>It goes east.</p>")
    text = history(desk(ada), article, "?from=1&to=2").content.decode()
    assert "<del> west.</del>" in text
    assert "<ins> east.</ins>" in text


@pytest.mark.parametrize("query", ["?from=1&to=99", "?from=x&to=", "?from=1&to=1"])
def test_what_can_not_be_compared_is_left_out(
    desk: Any, ada: User, article: Article, query: str
) -> None:
    assert history(desk(ada), article, query).context_data["changes"] is None


def test_references_are_compared_by_name(ada: User, article: Article) -> None:
    before = article.snapshot()
    article.topic = Topic.objects.create(name="Robots", slug="robots")
    article.save()
    article.bylines.create(author=make_author("Wes Quill"), role="Data")
    words = {section.name: section.after for section in differences(before, article.snapshot())}
    assert "Topic: Robots" in words["head"]
    assert words["author"] == "Wes Quill · Role: Data"
