"""The verbs that decide what readers see. All they do is add and drop rows with a start."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from .correction import Correction
from .edition import Edition
from .image import Image
from .pressing import Pressing
from .states import Stage
from .transition import Transition
from .workflow import Refused, verb

if TYPE_CHECKING:
    from .article import Article

Change, Kind = Edition.Change, Edition.Kind


class Publishing(Pressing):
    """publish, schedule, correct, retract …; a plain class without fields, for Article."""

    @verb
    def publish(self: "Article", *, now: datetime, **options: Any) -> dict[str, Any]:
        """Bring the working copy, or chosen sections of a live piece, before readers now.

        sections: names of snapshot sections; None for all. change, update_line: of a live
        piece, else derived. plans: "drop" or "carry" into what is scheduled later.
        override: a reason to publish in spite of blocking issues.
        """
        return self._press(starts=now, now=now, **options)

    @verb
    def schedule(
        self: "Article",
        *,
        now: datetime,
        live_from: datetime,
        **options: Any,
    ) -> dict[str, Any]:
        """The same from a later moment on; nothing has to run then."""
        if live_from <= now:
            raise Refused("The time lies in the past. Choose a later one, or publish now.")
        return self._press(starts=live_from, now=now, plans=None, **options)

    @verb
    def correct(
        self: "Article",
        *,
        now: datetime,
        text: str,
        kind: str = Correction.Kind.CORRECTION,
        severity: str = Correction.Severity.OTHER,
        **options: Any,
    ) -> dict[str, Any]:
        """Publish a fix of a live piece and say in public what was wrong."""
        if not text.strip():
            raise Refused("Readers must be told. Enter what was wrong and what is right.")
        details = self._press(
            starts=now, now=now, change=Change.CORRECTION, may_be_same=True, **options
        )
        self.corrections.create(
            edition_id=details["edition"], kind=kind, severity=severity, text=text.strip(), at=now
        )
        return details

    @verb
    def reschedule(
        self: "Article",
        *,
        now: datetime,
        live_from: datetime,
        edition: Edition | None = None,
        **_: Any,
    ) -> dict[str, Any]:
        """Move a planned edition (the next one, unless another is given)."""
        planned = edition or self.planned(now)[0]
        if live_from <= now:
            raise Refused("The time lies in the past. Choose a later one, or publish now.")
        self._check_start(live_from)
        if planned.public_updated_at == planned.live_from:
            planned.public_updated_at = live_from
        if planned.first_published_at == planned.live_from:
            planned.first_published_at = live_from
        before, planned.live_from = planned.live_from, live_from
        planned.save()
        return {"edition": planned.pk, "from": before.isoformat(), "to": live_from.isoformat()}

    @verb
    def cancel_schedule(self: "Article", *, now: datetime, **_: Any) -> dict[str, Any]:
        """Drop what has not begun."""
        return {"settled": self.settle(now)}

    @verb
    def retract(self: "Article", *, now: datetime, notice: str = "", **_: Any) -> dict[str, Any]:
        """Publicly take it back. `notice` tells readers why, at the same address."""
        if not notice.strip():
            raise Refused("Readers must be told why. Enter the text of the notice.")
        return self._replace(Kind.RETRACTION, now, notice=notice.strip())

    @verb
    def remove(self: "Article", *, now: datetime, **_: Any) -> dict[str, Any]:
        """For law or privacy: nothing remains in public, 410 for ever. Nor do the files of
        pictures that nothing else shows."""
        transaction.on_commit(lambda: Image.objects.withdraw(now), robust=True)
        return self._replace(Kind.REMOVAL, now)

    @verb
    def reinstate(self: "Article", *, now: datetime, **_: Any) -> dict[str, Any]:
        """Bring back the text that stood before the retraction."""
        self._check_start(now)
        last = self.editions.begun(now).filter(kind=Kind.CONTENT).latest("live_from")
        settled = self.settle(now)
        edition = self._add_edition(
            last.content, starts=self._free_start(now), now=now,
            change=Change.UPDATE, update_line="Reinstated.",
        )  # fmt: skip
        return {"edition": edition.pk, "settled": settled}

    def publish_now(
        self: "Article", *, by: Any, now: datetime | None = None, **options: Any
    ) -> Transition:
        """Submit, approve and publish as one, for those who may do all three."""
        with transaction.atomic():
            self.lock()
            now = now or timezone.now()
            if options.get("version") not in (None, self.version):
                self.publish(by=by, now=now, **options)  # refuses
            if self.stage == Stage.DRAFT:
                self.submit(by=by, now=now)
            if self.stage == Stage.IN_REVIEW:
                self.approve(by=by, now=now)
            return self.publish(by=by, now=now, **options)

    def set_embargo(
        self: "Article", *, until: datetime | None, by: Any, now: datetime | None = None
    ) -> None:
        """Promise a source that nothing is public before; plans that break it are dropped."""
        with transaction.atomic():
            self.lock()
            now = now or timezone.now()
            self.embargoed_until = until
            self.save()
            settled = self.settle(now, before=until) if until else []
            details = {"until": until.isoformat() if until else "", "settled": settled}
            self.record("embargo", by=by, now=now, details=details)
