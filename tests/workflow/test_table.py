"""One table says when a verb is possible: docs/workflow.md. Every cell is walked."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from tests.workflow.conftest import READY, edit
from trends.models import VERBS, Article, Edition, Refused, Stage, Status
from trends.models.making import make_article

DOC = Path(__file__).parents[2] / "docs/workflow.md"
HOUR = timedelta(hours=1)


def documented() -> dict[tuple[str, str], set[str]]:
    """(verb, status) → stages in which the document allows it."""
    lines = [line for line in DOC.read_text().splitlines() if line.startswith("|")]
    head, _, *rows = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
    return {
        (row[0].strip("`"), status): _stages(cell)
        for row in rows
        for status, cell in zip(head[2:], row[2:], strict=True)
    }


def _stages(cell: str) -> set[str]:
    return {"–": set(), "any": set(Stage)}.get(cell) or {
        part.strip().replace(" ", "_") for part in cell.split(",") if cell != "–"
    }


def in_status(status: str, stage: str, by: User) -> Article:
    article = make_article("A second pump house", by=by, **READY)
    now = timezone.now()
    if status == Status.SCHEDULED:
        article.submit(by=by)
        article.approve(by=by)
        article.schedule(by=by, live_from=now + HOUR)
    elif status != Status.UNPUBLISHED:
        article.publish_now(by=by, now=now - 3 * HOUR)
    if status == Status.RETRACTED:
        article.retract(by=by, notice="Wrong.", now=now - HOUR)
    elif status == Status.REMOVED:
        article.remove(by=by, note="Law.", now=now - HOUR)
    elif status == Status.ENDED:
        Edition.objects.create(
            article=article, kind=Edition.Kind.END, live_from=now - HOUR, pressed_at=now,
            slug=article.slug, title=article.title,
        )  # fmt: skip
    edit(article, by=by, analysis="<p>What we think now.</p>")  # something to publish
    Article.objects.filter(pk=article.pk).update(stage=stage)
    article.refresh_from_db()
    assert (article.status(), article.stage) == (status, stage)
    return article


def options(verb: str) -> dict[str, Any]:
    at = timezone.now() + 2 * HOUR
    special = {
        "schedule": {"live_from": at},
        "reschedule": {"live_from": at},
        "correct": {"text": "We said north; it is south."},
        "retract": {"notice": "It was wrong."},
    }
    return {"note": "Because."} | special.get(verb, {})


@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("verb", list(VERBS))
def test_every_cell(verb: str, status: str, stage: str) -> None:
    pam = User.objects.create(username="pam")
    article = in_status(status, stage, pam)
    if stage in documented()[verb, status]:
        getattr(article, verb)(by=pam, **options(verb))
        assert article.transitions.filter(verb=verb).exists()
    else:
        steps = article.transitions.count()
        with pytest.raises(Refused):
            getattr(article, verb)(by=pam, **options(verb))
        assert article.transitions.count() == steps


@pytest.mark.django_db
@pytest.mark.parametrize("verb", list(VERBS))
def test_a_hold_stops_what_brings_content_before_readers(verb: str) -> None:
    pam = User.objects.create(username="pam")
    status = Status.RETRACTED if verb == "reinstate" else Status.LIVE
    stage = Stage.IN_REVIEW if verb == "approve" else Stage.APPROVED
    article = in_status(status, stage, pam)
    article.hold(by=pam, note="Lawyers.")
    stopped = "It is on hold: Lawyers." in article.why_not(verb)
    assert stopped == (
        verb in {"publish", "schedule", "correct", "reinstate", "hold", "reschedule"}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("verb", list(VERBS))
def test_in_the_bin_only_recover_is_possible(verb: str) -> None:
    pam = User.objects.create(username="pam")
    article = in_status(Status.UNPUBLISHED, Stage.APPROVED, pam)
    article.discard(by=pam)
    assert (article.why_not(verb) == "") == (verb == "recover")


@pytest.mark.django_db
def test_every_permission_exists() -> None:
    names = {f"trends.{p.codename}" for p in Permission.objects.all()}
    assert {row.permission for row in VERBS.values()} <= names
