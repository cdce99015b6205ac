"""The verbs of the desk: how a piece moves from stage to stage.

Each verb is the same five beats: lock the row, check, change, record a Transition, announce
after commit. The table in verbs.py says what is possible when; views and the admin check the
permission, verbs check the rest. Verbs that press editions are in publishing.py.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from .states import Stage, Status
from .transition import Transition
from .verbs import VERBS, Verb

if TYPE_CHECKING:
    from .article import Article

# Sent after commit with `article` and `transition`.
transitioned = Signal()


class Refused(Exception):
    """A verb is not possible now. The message says why and what to do; `issues` lists what
    readiness found."""

    def __init__(self, message: str, issues: Any = ()) -> None:
        super().__init__(message)
        self.issues = list(issues)


def verb(method: Callable[..., dict[str, Any] | None]) -> Callable[..., Transition]:
    """Wrap a change of an article into the five beats. The method returns details to record.

    `version`, where given, is the one that the asker has seen: an older one is refused.
    """
    row = VERBS[method.__name__]

    @wraps(method)
    def step(
        self: "Article",
        *,
        by: Any,
        note: str = "",
        version: int | None = None,
        now: datetime | None = None,
        **options: Any,
    ) -> Transition:
        with transaction.atomic():
            self.lock()
            # The clock is read behind the lock: before it, what a rival just did would seem
            # to lie in the future.
            now = now or timezone.now()
            self.check_verb(
                row, note=note, version=version, now=now, sections=options.get("sections")
            )
            details = method(self, by=by, note=note, now=now, **options)
            return self.record(row.name, by=by, note=note, now=now, details=details)

    return step


class Workflow:
    """The verbs; a plain class without fields, for Article."""

    # Fields of Article that the verbs set.
    stage: Any
    hold_reason: Any
    held_at: Any
    held_by: Any
    discarded_at: Any
    discarded_by: Any

    def lock(self: "Article") -> None:
        """Wait for the row and read it again, so that two at once see each other's work."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())

    def record(
        self: "Article",
        name: str,
        *,
        by: Any,
        note: str = "",
        now: datetime,
        details: dict[str, Any] | None = None,
    ) -> Transition:
        """Write the Transition of a step and announce it after commit."""
        row = self.transitions.create(
            verb=name, by=by, note=note, at=now,
            revision=self.latest_revision, details=details or {},
        )  # fmt: skip
        announce = partial(transitioned.send, type(self), article=self, transition=row)
        transaction.on_commit(announce)
        return row

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
        if name in ("reschedule", "cancel_schedule") and not self.planned(now):
            return "Nothing is scheduled."
        return ""

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
        own = settings.NEWSROOM_FOUR_EYES != "off" and self.has_own_changes(by)
        if own and settings.NEWSROOM_FOUR_EYES == "block":
            raise Refused("You changed it yourself. Ask somebody else to approve it.")
        self.stage = Stage.APPROVED
        self.save()
        return {"four_eyes": "missing"} if own else {}

    def has_own_changes(self: "Article", user: Any) -> bool:
        """The user changed it since the last approval."""
        approval = self.transitions.filter(verb="approve", revision__isnull=False).first()
        since = approval.revision.number if approval and approval.revision else 0
        return self.revisions.filter(number__gt=since, created_by=user).exists()

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
        """Put it into the bin, which keeps its revisions."""
        self.discarded_at, self.discarded_by = now, by
        self.save()
        return {"settled": self.settle(now)}

    @verb
    def recover(self: "Article", **_: Any) -> None:
        """Take it out of the bin."""
        self.discarded_at, self.discarded_by = None, None
        self.save()
