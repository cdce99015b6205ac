"""The bar over a piece: where it stands, what readers see, what can be done now."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from ..models import Article, Edition, Stage, Status
from ..models.states import NOT_PUBLIC_YET
from ..snapshot import LABELS, changed_sections, public
from .access import may_all
from .steps import Step, permissions_of, step_url, steps
from .times import moment_in_words, zone_line


@dataclass(frozen=True, slots=True)
class Grace:
    """A publication that can be undone: seconds until readers see it."""

    seconds: int
    undo_url: str
    public_url: str


class Planned(NamedTuple):
    """A planned edition, and its start as people say it."""

    edition: Edition
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    article: Article
    stage: str
    status: Status
    public_url: str
    unpublished: list[str]
    planned: list[Planned]
    grace: Grace | None
    possible: list[Step]
    impossible: list[Step]
    zone: str
    checked_at: datetime | None = None  # of what readers get
    is_review_due: bool = False
    readers_url: str = ""  # of the figures, once there can be any


def workflow_bar(article: Article, user: Any, now: datetime) -> Bar:
    """One query about editions, one more where readers of a live piece see an older text."""
    if article.known is None:
        with article.asked_once(now):
            return workflow_bar(article, user, now)
    standing = article.standing(now)
    waiting = unpublished(article, standing.in_force)
    is_news = bool(waiting) or standing.status != Status.LIVE
    if edition := standing.undoable:  # readers are about to get that one
        is_news = bool(unpublished(article, edition))
    offered = steps(article, user, now, is_news=is_news)
    return Bar(
        article=article,
        stage=Stage(article.stage).label,
        status=standing.status,
        public_url=_public_url(standing.in_force),
        unpublished=waiting,
        planned=[_planned(edition, now) for edition in standing.planned if not edition.in_grace],
        grace=grace_of(article, user, now),
        possible=[step for step in offered if not step.why],
        impossible=[step for step in offered if step.why],
        zone=zone_line(now),
        checked_at=standing.live.last_checked_at if standing.live else None,
        is_review_due=bool(article.review_by and article.review_by <= timezone.localdate(now)),
        readers_url=_readers_url(article, standing.status),
    )


def _planned(edition: Edition, now: datetime) -> Planned:
    return Planned(edition, moment_in_words(edition.live_from, now))


def grace_of(article: Article, user: Any, now: datetime) -> Grace | None:
    """What is published and can be undone; `url` only for whoever may do it."""
    edition = article.in_grace(now)
    if edition is None:
        return None
    seconds = max(math.ceil((edition.live_from - now).total_seconds()), 1)
    may = may_all(user, *permissions_of("undo")) and article.may_be_changed_by(user)
    return Grace(seconds, step_url(article, "undo") if may else "", edition.get_absolute_url())


def unpublished(article: Article, edition: Edition | None) -> list[str]:
    """Labels of the sections in which readers of a live piece see an older text than the one
    that was saved last."""
    if edition is None or edition.kind != Edition.Kind.CONTENT:
        return []
    labels = ["Address"] if edition.slug != article.slug else []
    last = article.latest_revision if edition.digest != article.public_digest else None
    if last is None:
        return labels
    changed = changed_sections(edition.content, public(last.content))
    return [LABELS[section] for section in changed] + labels


def _public_url(edition: Edition | None) -> str:
    if edition is None or edition.kind == Edition.Kind.REMOVAL:
        return ""
    try:
        return edition.get_absolute_url()
    except NoReverseMatch:
        return ""


def _readers_url(article: Article, status: Status) -> str:
    if not settings.NEWSROOM_COUNT_VIEWS or status in NOT_PUBLIC_YET:
        return ""
    return article_url(article, "readers")


def article_url(article: Article, page: str = "change") -> str:
    return reverse(f"admin:trends_article_{page}", args=[article.pk])
