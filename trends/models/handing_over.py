"""Handing over: all that somebody looks after and owes goes to a colleague."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from .article import Article
from .assignment import Assignment
from .names import name_of
from .revision import Revision
from .stepping import transitioned
from .telling import tell_of_handover
from .transition import Transition

# One INSERT or UPDATE takes so many rows.
BATCH = 200


def hand_over(
    from_user: User, to: User, *, by: Any, now: datetime | None = None
) -> tuple[int, int]:
    """Give a colleague every open assignment and every piece. Returns how many of each.

    What is finished or in the bin goes along, since there may be questions. One transaction, the
    pieces locked, in as many queries for two pieces as for two hundred. Raises ValueError for
    the same person and for one who is not active staff.
    """
    if from_user.pk == to.pk or not (to.is_active and to.is_staff):
        raise ValueError(f"{to} can't take this over")
    with transaction.atomic():
        articles = _locked(from_user)
        now = now or timezone.now()
        steps = [*_pass_on(articles, from_user, to), *_put_in_charge(articles, from_user, to)]
        for step in steps:
            step.by, step.at = by, now
        Transition.objects.bulk_create(steps, batch_size=BATCH)
        for step in steps:
            announce = partial(transitioned.send, Article, article=step.article, transition=step)
            transaction.on_commit(announce)
        assignments = sum(step.verb == "assign" for step in steps)
        pieces = len(steps) - assignments
        tell_of_handover(
            to, from_user=from_user, assignments=assignments, pieces=pieces, by=by, now=now
        )
    return assignments, pieces


def _locked(user: User) -> dict[int, Article]:
    """The pieces, read again behind their locks; in one order, so that nobody waits crosswise."""
    owed = Assignment.objects.open().of(user).values("article")
    rows: QuerySet[Article] = Article.objects.filter(Q(owner=user) | Q(pk__in=owed))
    last = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")
    found = (
        rows.select_for_update(no_key=True)
        .order_by("pk")
        .annotate(last_revision=Subquery(last[:1]))
    )
    return {article.pk: article for article in found.only("title", "owner")}


def _pass_on(articles: dict[int, Article], from_user: User, to: User) -> Iterable[Transition]:
    """The open assignments change hands. One made since the pieces were locked stays."""
    rows = Assignment.objects.open().of(from_user)
    mine = [row for row in rows if row.article_id in articles]
    for row in mine:
        row.owner = to
    Assignment.objects.bulk_update(mine, ["owner"], batch_size=BATCH)
    return [_step("assign", articles[row.article_id], row.facts()) for row in mine]


def _put_in_charge(articles: dict[int, Article], from_user: User, to: User) -> list[Transition]:
    mine = [article for article in articles.values() if article.owner_id == from_user.pk]
    for article in mine:
        article.owner = to
    Article.objects.bulk_update(mine, ["owner"], batch_size=BATCH)
    details = {"owner": name_of(to)}
    details["owner_before"] = name_of(from_user)
    return [_step("hand_over", article, details) for article in mine]


def _step(verb: str, article: Any, details: dict[str, Any]) -> Transition:
    return Transition(
        article=article, verb=verb, details=details, revision_id=article.last_revision
    )
