"""The bar over a piece: where it stands, what readers see, what can be done now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from ..models import Article, Edition, Stage, Status
from ..snapshot import LABELS, changed_sections, public
from .steps import Step, steps
from .times import zone_line


@dataclass(frozen=True, slots=True)
class Bar:
    article: Article
    stage: str
    status: Status
    public_url: str
    unpublished: list[str]
    planned: list[Edition]
    possible: list[Step]
    impossible: list[Step]
    zone: str


def workflow_bar(article: Article, user: Any, now: datetime) -> Bar:
    # With the status worked out once: each verb asks for it.
    article = Article.objects.with_status(now).get(pk=article.pk)
    edition = article.edition_in_force(now)
    waiting = unpublished(article, edition)
    is_news = bool(waiting) or article.status(now) != Status.LIVE
    offered = steps(article, user, now, is_news=is_news)
    return Bar(
        article=article,
        stage=Stage(article.stage).label,
        status=article.status(now),
        public_url=_public_url(edition),
        unpublished=waiting,
        planned=article.planned(now),
        possible=[step for step in offered if not step.why],
        impossible=[step for step in offered if step.why],
        zone=zone_line(now),
    )


def unpublished(article: Article, edition: Edition | None) -> list[str]:
    """Labels of the sections in which readers of a live piece see an older text."""
    if edition is None or edition.kind != Edition.Kind.CONTENT:
        return []
    labels = ["Address"] if edition.slug != article.slug else []
    if edition.digest == article.public_digest:
        return labels
    changed = changed_sections(edition.content, public(article.snapshot()))
    return [LABELS[section] for section in changed] + labels


def _public_url(edition: Edition | None) -> str:
    if edition is None or edition.kind == Edition.Kind.REMOVAL:
        return ""
    try:
        return edition.get_absolute_url()
    except NoReverseMatch:
        return ""


def article_url(article: Article, page: str = "change") -> str:
    return reverse(f"admin:trends_article_{page}", args=[article.pk])
