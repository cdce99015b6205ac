"""One fault of a piece, in words that every screen shares."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..snapshot import SECTIONS, Snapshot
from .facts import Facts
from .rules import RULES, Group, Level

PIECE = "piece"
_ORDER = {section: i for i, section in enumerate((*SECTIONS, PIECE))}


@dataclass(frozen=True, slots=True)
class Issue:
    """`section` is a key of snapshot.SECTIONS or "piece"; `field` and `key` (of a row, or the
    id of the picture) say what to link to, "" where the fault is the whole section's."""

    code: str
    level: Level
    section: str
    message: str
    hint: str
    group: Group
    final: bool
    field: str = ""
    key: str = ""


Check = Callable[[Snapshot, Facts], Iterator[Issue]]


def issue(code: str, section: str, message: str, *, field: str = "", key: str = "") -> Issue:
    """An issue at the rule's own level.

    The message of a rule that blocks names no count that an edit elsewhere would change, or
    `introduced` would take an old fault for a new one.
    """
    rule = RULES[code]
    return Issue(code, rule.level, section, message, rule.hint, rule.group, rule.final, field, key)


def at_levels(issues: Iterable[Issue], levels: Mapping[str, str]) -> Iterator[Issue]:
    """The issues at the levels that the site has chosen; what blocks belongs before publishing.

    Raises ValueError for a level that is none.
    """
    for found in issues:
        level = found.level if found.final else Level(levels.get(found.code, found.level))
        if level != Level.OFF:
            group = "before" if level == Level.BLOCK else found.group
            yield replace(found, level=level, group=group)


def in_order(issues: Iterable[Issue]) -> list[Issue]:
    """By section, what blocks first."""
    return sorted(issues, key=lambda found: (_ORDER[found.section], found.level != Level.BLOCK))


def introduced(issues: Iterable[Issue], before: Iterable[Issue]) -> list[Issue]:
    """Those that were not there before: only they can stop a correction."""
    known = {_identity(found) for found in before}
    return [found for found in issues if _identity(found) not in known]


def _identity(found: Issue) -> tuple[str, str, str, str]:
    return found.code, found.section, found.key, found.message


def blocking(issues: Iterable[Issue]) -> list[Issue]:
    """Those that stop publishing."""
    return [found for found in issues if found.level == Level.BLOCK]
