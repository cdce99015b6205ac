"""Whose work the unpublished sections of a live piece are, so that nobody publishes what a
colleague has half written; and who has read it since it was approved last."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from ..models import Article, Edition, Revision, Stage
from ..models.names import name_of
from ..snapshot import LABELS

LOOKED_AT = 100  # saves; who wrote what before them is forgotten


@dataclass(frozen=True, slots=True)
class Claim:
    """A section that readers see in an older text. `whose`: a colleague who is not done with
    it, "" for none."""

    name: str
    whose: str

    @property
    def choice(self) -> tuple[str, str]:
        label = LABELS[self.name]
        return self.name, f"{label} — {self.whose}" if self.whose else label


@dataclass(frozen=True, slots=True)
class Work:
    """What was done since the last approval. `claims` in reading order; `writers` are people
    who changed the piece since then."""

    claims: Sequence[Claim] = ()
    writers: Sequence[Any] = ()

    @property
    def free(self) -> list[str]:
        """Sections that wait for nobody."""
        return [claim.name for claim in self.claims if not claim.whose]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [claim.choice for claim in self.claims]


def work(
    article: Article, live: Edition | None, changed: Iterable[str], user: Any, now: datetime
) -> Work:
    """At most three queries, none of which loads a text."""
    saves = list(article.revisions.select_related("created_by").defer("content")[:LOOKED_AT])
    approved = article.stage == Stage.APPROVED and saves
    since = saves[0].number if approved else article.approved_revision()
    later = [save for save in saves if save.number > since]
    claims = _claims(article, live, changed, user, now, saves, since) if live else []
    return Work(claims, list({save.created_by: None for save in later if save.created_by}))


def _claims(
    article: Article, live: Edition, changed: Iterable[str], user: Any, now: datetime,
    saves: Sequence[Revision], since: int,
) -> list[Claim]:  # fmt: skip
    published = next((s.number for s in saves if s.pk == live.revision_id), 0)
    owed = {row.section: row.owner for row in article.assignments.open().select_related("owner")}
    claims = []
    for section in changed:
        own = [save for save in saves if section in save.sections]
        # An edition of other sections alone may be younger than the change of this one.
        fresh = [save for save in own if save.number > published] or own[:1]
        theirs = next((s for s in fresh if s.number > since and s.created_by != user), None)
        owner = owed.get(section)
        if theirs and theirs.created_by:
            whose = f"{name_of(theirs.created_by)}, {day(theirs.created_at, now)}, not approved"
        elif owner and owner != user and article.stage != Stage.APPROVED:
            whose = f"assigned to {name_of(owner)}, not done"
        else:
            whose = ""
        claims.append(Claim(section, whose))
    return claims


def second_eyes(writers: Collection[Any], user: Any) -> str:
    """Who else has read it: a sentence, "" where nothing changed since the last approval."""
    if not writers:
        return ""
    others = " and ".join(name_of(writer) for writer in writers if writer != user)
    if user not in writers:
        return f"Changed by {others} since the last approval: yours are the second pair of eyes."
    who = f"you and {others}" if others else "you"
    said = f"Changed by {who} since the last approval: nobody else has approved it."
    return said + {
        "warn": " The history will say so.",
        "block": " Ask somebody else to approve it.",
    }.get(settings.NEWSROOM_FOUR_EYES, "")


def day(at: datetime, now: datetime) -> str:
    """ "today", "yesterday" or "3 March"; with the year where it is another one."""
    then, today = timezone.localtime(at).date(), timezone.localtime(now).date()
    near = {0: "today", 1: "yesterday"}.get((today - then).days)
    year = f" {then.year}" if then.year != today.year else ""
    return near or f"{then.day} {then:%B}{year}"
