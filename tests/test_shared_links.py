"""Shared links: made, open for a while, dead for good."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from tests.public.conftest import READY
from trends.models import Advice, Article, Notice, Refused, SharedLink
from trends.models.making import make_article
from trends.models.shared_link import MOST_ADVICE, digest_of

THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOW = THEN + timedelta(hours=1)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake moves", by=wes, now=THEN, **READY)


def share(article: Article, by: User, **given: Any) -> tuple[SharedLink, str]:
    fields = {"label": "Legal", "hours": 24, "now": NOW} | given
    return SharedLink.objects.share(article, by=by, **fields)


def is_open(token: str, now: datetime = LATER) -> bool:
    """By both spellings of the rule, which agree."""
    (link,) = SharedLink.objects.of_token(token).with_end(now)
    found = SharedLink.objects.open(now).of_token(token).exists()
    assert (link.state(now) == SharedLink.State.OPEN) == found
    return found


def test_it_works(article: Article, wes: User) -> None:
    link, token = share(article, wes)
    assert is_open(token)
    assert (link.revision, link.label) == (article.latest_revision, "Legal")
    assert len(token) == 32
    assert link.digest == digest_of(token)
    assert token not in str(SharedLink.objects.values_list().get())


def test_it_ends_by_itself(article: Article, wes: User) -> None:
    _, token = share(article, wes)
    assert is_open(token, NOW + timedelta(hours=24, seconds=-1))
    assert not is_open(token, NOW + timedelta(hours=24))


def test_it_is_revoked_once(article: Article, wes: User, ada: User) -> None:
    link, token = share(article, wes)
    SharedLink.objects.revoke(by=ada, now=NOW)
    SharedLink.objects.revoke(by=wes, now=LATER)
    link.refresh_from_db()
    assert (link.revoked_by, link.revoked_at) == (ada, NOW)
    assert not is_open(token)


@pytest.mark.parametrize("save_first", [False, True])
def test_publishing_ends_it(article: Article, wes: User, pam: User, save_first: bool) -> None:
    _, token = share(article, wes)
    if save_first:
        article.lede = "<p>It goes west.</p>"
        article.save()
        article.record_revision(by=wes, now=NOW)
    article.publish_now(by=pam, now=LATER, grace=10)
    assert is_open(token, LATER)  # it can be undone still, and readers see nothing yet
    assert not is_open(token, LATER + timedelta(seconds=10))


def test_so_does_what_was_scheduled_when_it_begins(article: Article, wes: User, pam: User) -> None:
    article.submit(by=pam, now=THEN)
    article.approve(by=pam, now=THEN)
    article.schedule(by=pam, now=THEN, live_from=LATER)
    _, token = share(article, wes)
    assert is_open(token, NOW)
    assert not is_open(token, LATER)


@pytest.mark.parametrize("verb", ["correct", "retract", "remove"])
def test_every_step_that_readers_see_ends_it(
    article: Article, wes: User, pam: User, verb: str
) -> None:
    article.publish_now(by=pam, now=THEN)
    article.title = "Norlake stays"
    article.save()
    article.record_revision(by=wes, now=NOW)
    _, token = share(article, wes)
    said = {"correct": {"text": "It stays."}, "retract": {"notice": "Wrong."}}.get(verb, {})
    if verb == "correct":
        said |= {"sections": ["lede"]}
    getattr(article, verb)(by=pam, now=LATER, note="A letter came.", **said)
    assert not is_open(token)


def test_the_bin_revokes_and_recovering_opens_nothing(
    article: Article, wes: User, pam: User
) -> None:
    _, token = share(article, wes)
    article.discard(by=pam, now=NOW)
    article.recover(by=pam, now=LATER)
    assert not is_open(token)
    assert SharedLink.objects.get().revoked_by == pam


def test_what_may_not_be_shared(article: Article, wes: User, pam: User) -> None:
    article.publish_now(by=pam, now=THEN)
    with pytest.raises(Refused, match="Readers see this text already"):
        share(article, wes)
    article.remove(by=pam, now=NOW, note="A court order.")
    with pytest.raises(Refused, match="removed for good"):
        share(article, wes, now=LATER)
    other = make_article("Norlake", by=wes, now=THEN)
    other.discard(by=pam, now=THEN)
    with pytest.raises(Refused, match="in the bin"):
        share(other, wes)
    assert not SharedLink.objects.exists()


def test_a_form_sent_twice_makes_one_link(article: Article, wes: User, ada: User) -> None:
    _, first = share(article, wes)
    _, second = share(article, wes, now=NOW + timedelta(seconds=1))
    assert not SharedLink.objects.of_token(first).exists()
    assert is_open(second)
    share(article, wes, label="Dr Hale")
    share(article, ada)
    share(article, wes, now=NOW + timedelta(minutes=2))
    assert SharedLink.objects.count() == 4


def test_its_age(article: Article, wes: User) -> None:
    share(article, wes)
    assert SharedLink.objects.with_age().get().is_newest
    article.lede = "<p>It goes west.</p>"
    article.save()
    article.record_revision(by=wes)
    assert not SharedLink.objects.with_age().get().is_newest


def advise(link: SharedLink, key: str, **said: Any) -> None:
    fields = {"name": "Dr Hale", "text": "Page 3 is wrong.", "agrees": False} | said
    link.advise(key=key, now=NOW, **fields)


def test_advice_is_kept_and_its_asker_told(article: Article, wes: User) -> None:
    link, _ = share(article, wes)
    advise(link, "1")
    advise(link, "1")  # the same form again
    advise(link, "2", text="", agrees=True)
    assert link.advice.count() == 2
    told = list(Notice.objects.of(wes).values_list("kind", "text", "article"))
    assert told == [
        ("advice", "Dr Hale (Legal) agrees with “Norlake moves”.", article.pk),
        ("advice", "Dr Hale (Legal) comments on “Norlake moves”: Page 3 is wrong.", article.pk),
    ]
    article.refresh_from_db()
    assert article.stage == "draft"


def test_a_link_takes_so_much_and_no_more(article: Article, wes: User) -> None:
    link, _ = share(article, wes)
    for n in range(MOST_ADVICE):
        advise(link, str(n))
    with pytest.raises(Refused, match="all the comments"):
        advise(link, "one more")
    assert link.advice.count() == MOST_ADVICE


def test_the_database_keeps_the_law(article: Article, wes: User) -> None:
    link, _ = share(article, wes)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedLink.objects.update(expires_at=link.created_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Advice.objects.create(link=link, name="Dr Hale", at=NOW, form_key="1")
