"""Grace: what the desk publishes begins some seconds later, and until then it can be undone.

An edition in its grace is one that has not begun: readers' pages need to know nothing of it, and
nothing has to run when the seconds are over.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..snapshot import pictures
from .edition import Edition
from .pressing import Pressing
from .release import Release
from .standing import Standing
from .states import Stage, Status
from .stepping import verb
from .telling import take_back
from .text_picture import EditionPicture
from .transition import Transition

if TYPE_CHECKING:
    from .article import Article

# The steps of one publication, which share their moment.
PUBLISHING = ("submit", "approve", "publish", "correct")


class Grace(Pressing):
    """A plain class without fields, for Article."""

    def in_grace(self: "Article", now: datetime | None = None) -> Edition | None:
        """What is published and can still be undone."""
        return self.standing(now).undoable

    def begin_what_waits(self: "Article", now: datetime) -> None:
        """Whoever presses again builds upon what was published before: that begins at once."""
        if edition := self.in_grace(now):
            edition.move(self._free_start(now, now))
            self.known = Standing.of(self, now)

    def why_not_undone(self: "Article", now: datetime | None = None) -> str:
        """Why there is nothing to undo; "" when there is."""
        if self.in_grace(now):
            return ""
        if self.status(now) == Status.LIVE:
            return "It is public already: publish a change, correct it or retract it."
        return "Nothing was published a moment ago."

    @verb
    def undo(self: "Article", *, now: datetime, **_: Any) -> dict[str, Any]:
        """Take back what was published and has not begun: as if it had not been."""
        edition = self.in_grace(now)
        assert edition is not None  # why_not_undone
        steps = list(self.transitions.filter(at=edition.pressed_at, verb__in=PUBLISHING))
        before = next(s.details["before"] for s in steps if s.details.get("edition") == edition.pk)
        self.drop(edition)
        restored = self._plan_as_before(before["plans"], now)
        if self.stage == Stage.APPROVED:  # else somebody has done more with it meanwhile
            self.stage = before["stage"]
            self.save()
        _mark_undone(steps)
        take_back(self, steps)
        return {"undone": [step.verb for step in reversed(steps)], "restored": restored}

    def _plan_as_before(self: "Article", rows: list[dict[str, Any]], now: datetime) -> list[str]:
        """Editions that the publication had settled, as they were; their starts. What stands at
        such a start now was carried there by the publication."""
        plans = [plan for plan in map(Edition.from_plain, rows) if self._still_planned(plan, now)]
        starts = [plan.live_from for plan in plans]
        for carried in self.editions.planned(now).filter(live_from__in=starts):
            carried.delete()
        for plan in plans:
            plan.save(force_insert=True)
            plan.add_bylines()
            EditionPicture.objects.hold(pictures(plan.content), edition=plan)
        return [start.isoformat() for start in starts]

    def _still_planned(self: "Article", plan: Edition, now: datetime) -> bool:
        """Its time has not come, and a release that it began with is still planned for then."""
        if plan.live_from <= now or plan.release_id is None:
            return plan.live_from > now
        releases = Release.objects.planned(now).of(self)
        return releases.filter(pk=plan.release_id, live_from=plan.live_from).exists()


def _mark_undone(steps: list[Transition]) -> None:
    """The record stays; an approval that was part of it counts no more (has_own_changes)."""
    for step in steps:
        rest = {name: value for name, value in step.details.items() if name != "before"}
        step.details = rest | {"undone": True}
        step.save(update_fields=["details"])
