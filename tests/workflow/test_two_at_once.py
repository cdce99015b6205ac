"""Two at once: one wins, the other gets a clear refusal. On a real database, in threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests.workflow.conftest import READY
from trends.models import Article, Refused, transitioned
from trends.models.making import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def race(step: Callable[[Article], Any], pk: int, runners: int = 4) -> list[str]:
    """Run the step in threads that start together; "" for a success, else the refusal."""
    start = Barrier(runners)

    def run(_: int) -> str:
        try:
            article = Article.objects.get(pk=pk)
            start.wait(timeout=20)
            step(article)
        except Refused as refused:
            return str(refused)
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(runners) as pool:
        return sorted(pool.map(run, range(runners)))


@pytest.fixture
def by() -> User:
    return User.objects.create(username="pam")


@pytest.fixture
def article(by: User) -> Article:
    return make_article("A second pump house", by=by, **READY)


def test_one_of_four_submits(article: Article, by: User) -> None:
    outcomes = race(lambda a: a.submit(by=by), article.pk)
    assert outcomes[0] == ""
    assert set(outcomes[1:]) == {"Its stage is in review; it must be draft first."}
    assert article.transitions.count() == 1


def test_one_of_four_publishes(article: Article, by: User) -> None:
    outcomes = race(lambda a: a.publish_now(by=by), article.pk)
    assert outcomes.count("") == 1
    assert set(outcomes[1:]) == {"Readers see this text already: there is nothing to publish."}
    assert article.editions.count() == 1


def test_one_of_four_retracts(article: Article, by: User) -> None:
    article.publish_now(by=by)
    outcomes = race(lambda a: a.retract(by=by, notice="Wrong."), article.pk)
    assert outcomes.count("") == 1
    assert article.editions.filter(kind="retraction").count() == 1


def test_a_verb_announces_after_commit_and_only_then(article: Article, by: User) -> None:
    heard: list[str] = []

    def listen(**kwargs: Any) -> None:
        heard.append(kwargs["transition"].verb)
        assert not connection.in_atomic_block

    transitioned.connect(listen)
    try:
        with pytest.raises(Refused):
            article.approve(by=by)
        article.submit(by=by)
    finally:
        transitioned.disconnect(listen)
    assert heard == ["submit"]
