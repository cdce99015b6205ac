"""The verbs of the desk: how a piece moves from stage to stage.

The table in verbs.py says what is possible when; views and the admin check the permission, verbs
check the rest. How a step is made is in stepping.py, verbs that press editions in publishing.py.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from .states import Stage, Status
from .stepping import Refused, Stepping, verb
from .verbs import VERBS, Verb

if TYPE_CHECKING:
    from .article import Article


class Workflow(Stepping):
    """The verbs; a plain class without fields, for Article."""

    # Fields of Article that the verbs set.
    stage: Any
    hold_reason: Any
    held_at: Any
    held_by: Any
    discarded_at: Any
    discarded_by: Any

    def check_verb(
        self: "Article",
        row: Verb,
        *,
        note: str = "",
        version: int | None = None,
        now: datetime,
        sections: Any = None,
    ) -> None:
        """Raise Refused unless the table allows the verb now."""
        if version is not None and version != self.version:
            raise Refused("Somebody changed this piece meanwhile. Look at it again, then decide.")
        why = self.why_not(row.name, now=now, sections=sections)
        if why:
            raise Refused(why)
        if row.needs_note and not note.strip():
            raise Refused(f"{row.label} needs a reason. Enter one.")

    def why_not(
        self: "Article",
        name: str,
        *,
        now: datetime | None = None,
        sections: Any = None,
        any_stage: bool = False,
    ) -> str:
        """Why a verb is not possible now, in a sentence; "" when it is.

        Chosen sections of a live piece are approved by whoever publishes them, so the stage of
        the whole working copy does not matter then; nor for those who go through all stages.
        """
        row, status = VERBS[name], self.status(now)
        if self.erased_at:
            return "Its content is erased for good."
        if (self.discarded_at is not None) != row.in_bin:
            return "It is in the bin. Recover it first." if self.discarded_at else "Not in the bin."
        if status not in row.statuses:
            return f"Not possible for a piece that is {status.label.lower()}."
        chosen = any_stage or (sections is not None and status == Status.LIVE)
        if self.stage not in row.stages and not chosen:
            wanted = " or ".join(sorted(Stage(s).label.lower() for s in row.stages))
            return f"Its stage is {Stage(self.stage).label.lower()}; it must be {wanted} first."
        if self.held_at and not row.when_held:
            return f"It is on hold: {self.hold_reason.rstrip('.')}. Release it first."
        return self._why_not_planned(name, now)

    def _why_not_planned(self: "Article", name: str, now: datetime | None) -> str:
        if name == "release" and not self.held_at:
            return "It is not on hold."
        if name == "cancel_schedule" and not self.planned(now):
            return "Nothing is scheduled."
        # What was published a moment ago can be stopped, but it is no plan to move.
        if name == "reschedule" and all(edition.in_grace for edition in self.planned(now)):
            return "Nothing is scheduled."
        return self.why_not_undone(now) if name == "undo" else ""

    @verb
    def submit(self: "Article", **_: Any) -> None:
        """Ask for a review."""
        self.stage = Stage.IN_REVIEW
        self.save()

    @verb
    def return_to_writer(self: "Article", **_: Any) -> None:
        """Send it back with a note."""
        self.stage = Stage.DRAFT
        self.save()

    @verb
    def approve(self: "Article", *, by: Any, **_: Any) -> dict[str, Any]:
        """Approve the latest revision; any later edit voids it (record_revision)."""
        found = self.look_for_second_eyes(by)
        self.stage = Stage.APPROVED
        self.save()
        return found

    def look_for_second_eyes(self: "Article", by: Any) -> dict[str, Any]:
        """What a transition records of NEWSROOM_FOUR_EYES; raises Refused where they must be."""
        own = settings.NEWSROOM_FOUR_EYES != "off" and self.has_own_changes(by)
        if own and settings.NEWSROOM_FOUR_EYES == "block":
            raise Refused("You changed it yourself. Ask somebody else to approve it.")
        return {"four_eyes": "missing"} if own else {}

    def has_own_changes(self: "Article", user: Any) -> bool:
        """The user changed it since the last approval."""
        since = self.approved_revision()
        return self.revisions.filter(number__gt=since, created_by=user).exists()

    def approved_revision(self: "Article") -> int:
        """Number of the revision that was approved last, 0 for none."""
        approvals = self.transitions.filter(verb="approve", revision__isnull=False)
        counted = approvals.exclude(details__has_key="undone")
        return counted.values_list("revision__number", flat=True).first() or 0

    @verb
    def hold(self: "Article", *, by: Any, note: str, now: datetime, **_: Any) -> dict[str, Any]:
        """Stop publishing, with a reason. What readers see already stays."""
        self.hold_reason, self.held_at, self.held_by = note.strip(), now, by
        self.save()
        return {"settled": self.settle(now)}

    @verb
    def release(self: "Article", **_: Any) -> None:
        """Take the hold back."""
        self.hold_reason, self.held_at, self.held_by = "", None, None
        self.save()

    @verb
    def discard(self: "Article", *, by: Any, now: datetime, **_: Any) -> dict[str, Any]:
        """Put it into the bin, which keeps its revisions and ends its shared links."""
        self.discarded_at, self.discarded_by = now, by
        self.save()
        self.shared_links.revoke(by=by, now=now)
        return {"settled": self.settle(now)}

    @verb
    def recover(self: "Article", **_: Any) -> None:
        """Take it out of the bin."""
        self.discarded_at, self.discarded_by = None, None
        self.save()
