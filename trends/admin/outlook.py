"""What a press would meet: the text in force, what would change for readers, what stands in the
way, what is planned for later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .. import readiness
from ..models import Article, Edition
from ..snapshot import LABELS, ROW_FIELDS, SECTIONS, changed_sections, empty, public
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
    """`in_force` is the CONTENT edition that readers see now, if any."""

    in_force: Edition | None
    changed: list[str]
    words: list[SectionWords]
    planned: list[Edition]
    found: list[Found]

    @property
    def groups(self) -> list[tuple[str, list[Found]]]:
        """The three groups of issues, without the empty ones."""
        groups = [(label, [f for f in self.found if f.issue.group == g]) for g, label in GROUPS]
        return [(label, found) for label, found in groups if found]

    @property
    def can_be_overridden(self) -> bool:
        """Something stops it, and nothing that no reason can get past."""
        stopping = [found.issue for found in self.found if found.stops]
        return bool(stopping) and not any(issue.final for issue in stopping)


def outlook(article: Article, now: datetime, *, starts: datetime | None = None) -> Outlook:
    """What publishing the working copy would meet; `starts` where it is not now."""
    in_force = article.editions.live(now).first()
    old = in_force.content if in_force else public(empty())
    snapshot = article.snapshot()
    fresh = public(snapshot)
    issues = article.readiness(content=snapshot, now=now, starts=starts)
    stopping = readiness.blocking(issues)
    if in_force:  # only faults that this press brings in can stop it
        before = article.readiness(content=in_force.content, now=now, starts=starts)
        stopping = readiness.introduced(stopping, before)
    return Outlook(
        in_force=in_force,
        changed=changed_sections(old, fresh) if in_force else [],
        words=differences(old, fresh),
        planned=article.planned(now),
        found=[Found(issue, place_of(issue), issue in stopping) for issue in issues],
    )


def place_of(issue: readiness.Issue) -> str:
    """The fragment of the form that an issue is about."""
    if issue.section not in SECTIONS:
        return "#section-limits"
    if issue.key and issue.section in ROW_FIELDS:
        return f"#row-{issue.key}"
    picture = issue.code.startswith("hero")
    return "#section-picture" if picture else f"#section-{issue.section}"


def section_choices(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, LABELS[name]) for name in names]
