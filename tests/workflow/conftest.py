"""A piece that is ready, in several stages."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from trends.models import Article
from trends.models.making import make_article, make_author

READY: dict[str, Any] = {
    "standfirst": "The harbour gets a second pump house, and the town pays for half of it.",
    "lede": "The town will build a second pump house at the harbour. [[E1]]",
    "context": "The first one dates from 1962. [[E1]]",
    "evidence": [{"claim": "The council voted for it.", "source_title": "Minutes"}],
    "key_points": ["The second pump house is paid half by the town. [[E1]]"],
}


@pytest.fixture
def draft(wes: User) -> Article:
    """Written by Wes and ready to be published."""
    return make_article("A second pump house for the harbour", by=wes, **READY)


@pytest.fixture
def approved(draft: Article, pam: User) -> Article:
    draft.submit(by=pam)
    draft.approve(by=pam)
    return draft


@pytest.fixture
def live(approved: Article, pam: User) -> Article:
    """Live since an hour ago, by nobody yet."""
    approved.publish(by=pam, now=timezone.now() - timedelta(hours=1))
    return approved


def edit(article: Article, *, by: User, author: bool = False, **prose: str) -> None:
    """Save the working copy with other text, approved at once."""
    for name, value in prose.items():
        setattr(article, name, value)
    article.save()
    if author:
        article.bylines.create(author=make_author("Ines Calder"))
    article.record_revision(by=by)


def approve(article: Article, *, by: User) -> None:
    article.submit(by=by)
    article.approve(by=by)
