"""Checked, still true: readers get the day, the piece counts as young, the day moves on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.workflow.conftest import READY, approve, edit
from trends.models import Article, Edition, Refused, Topic
from trends.models.making import make_article

YEAR = timedelta(days=365)


@pytest.fixture
def old(pam: User) -> Article:
    """Live, and untouched for two years."""
    then = timezone.now() - 2 * YEAR
    return make_article("A pump house", by=pam, publish=True, now=then, **READY)


def page(client: Client, article: Article) -> str:
    return client.get(f"/trends/{article.slug}/").text


def is_stale(article: Article) -> bool:
    return Article.objects.stale(timezone.now()).filter(pk=article.pk).exists()


def test_it_works(old: Article, ada: User, client: Client) -> None:
    assert "more than a year ago" in page(client, old)
    assert is_stale(old)
    old.confirm(by=ada, note="Asked the council.")
    step, today = old.transitions.first(), timezone.localdate()
    assert step is not None
    assert (step.verb, step.by, step.note) == ("confirm", ada, "Asked the council.")
    assert old.review_by == today + YEAR
    text = page(client, old)
    assert "Last checked on" in text
    assert f'"lastReviewed":"{today}"' in text.replace(": ", ":")
    assert "more than a year ago" not in text
    assert not is_stale(old)


def test_no_date_of_an_update_moves(old: Article, ada: User) -> None:
    def dates() -> Any:
        return Edition.objects.values_list("live_from", "public_updated_at", "digest").get()

    before = dates()
    old.confirm(by=ada)
    assert dates() == before


def test_the_day_to_look_again_can_be_chosen(old: Article, ada: User) -> None:
    soon = timezone.localdate() + timedelta(days=30)
    old.confirm(by=ada, review_by=soon)
    assert old.review_by == soon
    old.confirm(by=ada, review_by=None)
    assert old.review_by is None
    with pytest.raises(Refused, match="The day to look again is over"):
        old.confirm(by=ada, review_by=timezone.localdate())


def test_a_typo_keeps_it_and_an_update_is_newer(live: Article, pam: User, client: Client) -> None:
    live.confirm(by=pam)
    edit(live, by=pam, analysis="<p>What we think now.</p>")
    approve(live, by=pam)
    live.publish(by=pam, change="minor")
    assert "Last checked on" in page(client, live)
    edit(live, by=pam, analysis="<p>What we think later.</p>")
    approve(live, by=pam)
    live.publish(by=pam, change="update", update_line="More.")
    assert "Last checked on" not in page(client, live)


def test_what_is_planned_takes_it_along(live: Article, pam: User) -> None:
    edit(live, by=pam, analysis="<p>What we think now.</p>")
    approve(live, by=pam)
    live.schedule(by=pam, live_from=timezone.now() + timedelta(days=1))
    live.confirm(by=pam)
    assert not live.editions.filter(last_checked_at=None).exists()


def test_only_what_readers_get_can_be_checked(draft: Article, ada: User) -> None:
    with pytest.raises(Refused, match="unpublished"):
        draft.confirm(by=ada)


@pytest.mark.parametrize(
    ("ages", "days", "is_old"),
    [
        (3, 90, False), (3, 92, True), (12, 364, False), (12, 366, True), (24, 366, False),
        (0, 9999, False),
    ],
)  # fmt: skip
def test_each_topic_has_its_span(pam: User, ages: int, days: int, is_old: bool) -> None:
    """In both spellings: a row and the database."""
    topic = Topic.objects.create(name="Harbours", slug="harbours", ages_after=ages)
    now = timezone.now()
    then = now - timedelta(days=days)
    make_article("A pump house", by=pam, publish=True, now=then, topic=topic, **READY)
    assert Edition.objects.get().is_old(now) == is_old
    assert Edition.objects.live(now).old(now).exists() == is_old


def test_a_topic_that_never_gets_old_plans_nothing(live: Article, pam: User) -> None:
    topic = Topic.objects.create(name="Words", slug="words", ages_after=Topic.Ages.NEVER)
    Article.objects.update(topic=topic)
    live.confirm(by=pam)
    assert live.review_by is None


def test_a_day_that_has_come_counts_as_stale(live: Article) -> None:
    assert not is_stale(live)
    Article.objects.update(review_by=timezone.localdate())
    assert is_stale(live)
    Article.objects.update(review_by=date(2999, 1, 1))
    assert not is_stale(live)
