"""What a press would meet: the text in force, what would change for readers, whose work that is,
what stands in the way, what is planned for later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from .. import readiness
from ..models import Article, Edition
from ..models.facts import gather_all
from ..models.pressing import derived_change
from ..significance import significant
from ..snapshot import (
    ROW_FIELDS,
    SECTIONS,
    Snapshot,
    changed_sections,
    compose,
    empty,
    public,
)
from .claims import Work, work
from .words import SectionWords, differences

GROUPS = (
    ("before", "Before publishing"),
    ("later", "Later: readers are told that it is still to come"),
    ("style", "Style"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """An issue with its place in the form; `stops`: it stops this press."""

    issue: readiness.Issue
    place: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """`in_force` is the CONTENT edition that readers see now, if any; `facts` say which of its
    facts differ from the text on the desk, as far as it is ready to go out; `change` and
    `update_line` are what that text makes of it by itself."""

    in_force: Edition | None
    changed: list[str]
    words: list[SectionWords]
    planned: list[Edition]
    found: list[Found]
    work: Work
    facts: list[str]
    change: str
    update_line: str

    @property
    def groups(self) -> list[tuple[str, list[Found]]]:
        """The three groups of issues, without the empty ones."""
        return grouped(self.found)

    @property
    def can_be_overridden(self) -> bool:
        """Something stops it, and nothing that no reason can get past."""
        stopping = [found.issue for found in self.found if found.stops]
        return bool(stopping) and not any(issue.final for issue in stopping)


def outlook(
    article: Article, now: datetime, *, user: Any = None, starts: datetime | None = None
) -> Outlook:
    """What publishing the working copy would meet; `starts` where it is not now."""
    standing = article.standing(now)
    live, snapshot = standing.live, standing.snapshot
    old, fresh = live.content if live else public(empty()), public(snapshot)
    changed = changed_sections(old, fresh) if live else []
    done = work(article, live, changed, user, now)
    ready = compose(old, fresh, done.free)
    change, line = derived_change(live, ready, "")
    return Outlook(
        in_force=live,
        changed=changed,
        words=differences(old, fresh) if live else [],
        planned=standing.planned,
        found=found_in(article, snapshot, live, now, starts),
        work=done,
        facts=significant(old, ready) if live else [],
        change=change,
        update_line=line,
    )


def found_in(
    article: Article, snapshot: Snapshot, live: Edition | None, now: datetime,
    starts: datetime | None,
) -> list[Found]:  # fmt: skip
    """What the checker says of a text that would follow the one in force. The facts about both
    are gathered at once."""
    contents = [snapshot, *([live.content] if live else [])]
    facts = gather_all([(article, content) for content in contents], now=now, starts=starts)
    levels = settings.NEWSROOM_READINESS_LEVELS
    issues, *before = (
        readiness.readiness(content, known, levels)
        for content, known in zip(contents, facts, strict=True)
    )
    stopping = readiness.blocking(issues)
    if before:  # only faults that this press brings in can stop it
        stopping = readiness.introduced(stopping, before[0])
    return [Found(issue, place_of(issue), issue in stopping) for issue in issues]


def grouped(found: Iterable[Found]) -> list[tuple[str, list[Found]]]:
    """In the three groups, without the empty ones."""
    all_found = list(found)
    groups = [(label, [f for f in all_found if f.issue.group == g]) for g, label in GROUPS]
    return [(label, part) for label, part in groups if part]


def place_of(issue: readiness.Issue) -> str:
    """The fragment of the form that an issue is about."""
    if issue.code in ("open-notes", "legal-note"):
        return "#piece-notes"
    if issue.section not in SECTIONS:
        return "#section-limits"
    if issue.key and issue.section in ROW_FIELDS:
        return f"#row-{issue.key}"
    if issue.code.startswith("hero"):
        return "#section-picture"
    if issue.section == "head" and issue.field:
        return f"#id_{issue.field}"
    return f"#section-{issue.section}"
