"""Is it ready? What stops a piece, and what stops one press of it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from .. import readiness as checks
from ..significance import significant
from ..snapshot import Snapshot
from .edition import Edition
from .facts import SURROUNDINGS, gather, gather_all
from .stepping import Refused
from .workflow import Workflow

if TYPE_CHECKING:
    from .article import Article


class Ready(Workflow):
    """A plain class without fields, for Article."""

    def readiness(
        self: "Article",
        *,
        content: Snapshot | None = None,
        now: datetime | None = None,
        starts: datetime | None = None,
    ) -> list[checks.Issue]:
        """What the checker finds in the working copy, or in other content of this piece."""
        content = content or self.snapshot()
        facts = gather(self, content, now=now or timezone.now(), starts=starts)
        return checks.readiness(content, facts, settings.NEWSROOM_READINESS_LEVELS)

    def _check_ready(
        self: "Article",
        content: Snapshot,
        old: Edition | None,
        *,
        now: datetime,
        starts: datetime,
        override: str,
        facts: list[checks.Facts] | None = None,
    ) -> None:
        contents = [content, *([old.content] if old else [])]
        found, *before = self._blocking(contents, now=now, starts=starts, facts=facts)
        if before:  # only faults that this press introduces can stop it
            legal = [issue for issue in found if issue.code in ("legal-review", "legal-note")]
            found = legal + checks.introduced(found, before[0])
        stopping = [issue for issue in found if issue.final or not override]
        if stopping:
            lines = " ".join(f"{issue.message} {issue.hint}" for issue in stopping)
            raise Refused(f"Not ready: {lines}", stopping)

    def _blocking(
        self: "Article",
        contents: list[Snapshot],
        *,
        now: datetime,
        starts: datetime,
        facts: list[checks.Facts] | None = None,
    ) -> list[list[checks.Issue]]:
        """What stops each of the contents; facts that could only warn are not asked for."""
        levels = settings.NEWSROOM_READINESS_LEVELS
        brief = not any(levels.get(code) == checks.Level.BLOCK for code in SURROUNDINGS)
        pairs = [(self, content) for content in contents]
        facts = facts or gather_all(pairs, now=now, starts=starts, brief=brief)
        return [
            checks.blocking(checks.readiness(content, known, levels))
            for content, known in zip(contents, facts, strict=True)
        ]


def refuse_unless_minor(before: Snapshot, after: Snapshot) -> None:
    """A change of a fact may be called minor, for a reason that is kept."""
    if said := significant(before, after):
        raise Refused(
            f"This is more than a typo: {' '.join(said)} Call it an update or a correction, or "
            "enter under “Note” why it is minor.",
        )
