"""Who is told of a step, in its transaction: those whose piece came back or was approved."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Q

from ..snapshot import LABELS
from .names import name_of
from .notice import Notice
from .transition import Transition

if TYPE_CHECKING:
    from .article import Article

Kind = Notice.Kind
RETURN, APPROVE = "return_to_writer", "approve"
PUBLISHED = ("publish", "correct")


def tell_of_steps(article: "Article", steps: list[Transition]) -> None:
    """The steps are saved. Two queries where somebody is to be told, plus their mail; none else."""
    step = next((step for step in steps if step.verb in (RETURN, APPROVE)), None)
    if step is None:
        return
    people = [user for user in _concerned(article) if user != step.by]
    if not people:
        return
    said, kind = "returned", Kind.RETURN
    if step.verb == APPROVE:
        is_published = any(other.verb in PUBLISHED for other in steps)
        said, kind = "approved and published" if is_published else "approved", Kind.APPROVAL
    text = f"{_who(step.by)} {said} “{article.title}”.\n{step.note}".strip()
    Notice.objects.tell(people, kind, text, by=step.by, now=step.at, article=article)


def take_back(article: "Article", steps: list[Transition]) -> None:
    """What was told of an approval that is undone, where nobody has read it yet. Its steps share
    their moment."""
    for step in steps:
        if step.verb == APPROVE:
            told = Notice.objects.to_mail().filter(article=article, kind=Kind.APPROVAL, at=step.at)
            told.delete()


def tell_of_assignment(
    article: "Article", section: str, owner: User, *, by: Any, due_on: date | None, now: datetime
) -> None:
    day = f", due on {due_on:%-d %B %Y}" if due_on else ""
    text = f"{_who(by)} gave you {LABELS[section]} of “{article.title}”{day}."
    Notice.objects.tell(
        [owner], Kind.ASSIGNMENT, text, by=by, now=now, article=article, section=section
    )


def tell_of_handover(
    to: User, *, from_user: User, assignments: int, pieces: int, by: Any, now: datetime
) -> None:
    """One sentence for all of it, however much it is."""
    parts = [(assignments, "open assignment"), (pieces, "piece")]
    what = " and ".join(f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in parts if n)
    if what:
        text = f"{_who(by)} handed over to you what was {name_of(from_user)}’s: {what}."
        Notice.objects.tell([to], Kind.ASSIGNMENT, text, by=by, now=now)


def _concerned(article: "Article") -> list[User]:
    """Who looks after the piece, and who submitted it last."""
    submitted = Transition.objects.filter(article=article, verb="submit", by__isnull=False)
    people = User.objects.filter(
        Q(pk=article.owner_id) | Q(pk__in=submitted.order_by("-at", "-pk").values("by")[:1])
    )
    return list(people.select_related("member"))


def _who(user: Any) -> str:
    return name_of(user) if user else "The software"
