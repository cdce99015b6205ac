"""The verbs as the desk offers them: who may ask, what is possible now, and if not, why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from ..models import VERBS, Article
from .access import may_all

PUBLISH_NOW = "publish_now"
THREE_STEPS = tuple(VERBS[name].permission for name in ("submit", "approve", "publish"))
# Where chosen sections of a live piece may go out while the rest is not approved.
BY_SECTION = ("publish", "schedule", "correct")
# What needs something that readers have not got yet.
ANEW = (PUBLISH_NOW, "publish", "schedule")
# What takes something away from readers or colleagues.
GRAVE = ("retract", "remove", "discard", "hold")
# Offered beside the message that says what was published, not in the bar.
APART = ("undo",)
NAMES = ("submit", "return_to_writer", "approve", PUBLISH_NOW, *list(VERBS)[3:])


@dataclass(frozen=True, slots=True)
class Step:
    """A verb as a button. `why`: why it is not possible now, "" when it is."""

    name: str
    label: str
    url: str
    why: str

    @property
    def is_grave(self) -> bool:
        return self.name in GRAVE


def label_of(name: str) -> str:
    return "Publish now" if name == PUBLISH_NOW else VERBS[name].label


def permissions_of(name: str) -> tuple[str, ...]:
    """What a user needs for a verb; "Publish now" is three verbs as one."""
    return THREE_STEPS if name == PUBLISH_NOW else (VERBS[name].permission,)


def why_not(article: Article, name: str, now: datetime) -> str:
    """Why the verb is not possible now, in any of the ways that its page offers."""
    if name == PUBLISH_NOW:
        return article.why_not("publish", now=now, any_stage=True)
    why = article.why_not(name, now=now)
    if why and name in BY_SECTION:
        return article.why_not(name, now=now, sections=())
    return why


def steps(article: Article, user: Any, now: datetime, *, is_news: bool) -> list[Step]:
    """Every verb whose permission the user has, in the order of the workflow. `is_news`: there
    is something that readers have not got yet."""
    if not article.may_be_changed_by(user):
        return []
    offered = []
    for name in (name for name in NAMES if name not in APART):
        if may_all(user, *permissions_of(name)):
            why = why_not(article, name, now)
            if name in ANEW and not is_news:
                why = why or "Readers see this text already, or in a moment."
            offered.append(Step(name, label_of(name), step_url(article, name), why))
    return offered


def step_url(article: Article, name: str) -> str:
    return reverse(f"admin:trends_article_{name}", args=[article.pk])
