"""The verbs that decide what readers see. All they do is add and drop rows with a start."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from .correction import Correction
from .edition import Edition
from .grace import Grace
from .image import Image
from .related_trend import RelatedTrend
from .states import Stage
from .stepping import Refused, verb
from .topic import Topic, span_of
from .transition import Transition

if TYPE_CHECKING:
    from .article import Article
    from .release import Release

Change, Kind = Edition.Change, Edition.Kind


class Publishing(Grace):
    """publish, schedule, correct, retract …; a plain class without fields, for Article."""

    @verb
    def publish(self: "Article", *, now: datetime, **options: Any) -> dict[str, Any]:
        """Bring the working copy, or chosen sections of a live piece, before readers now.

        sections: names of snapshot sections; None for all. change, update_line: of a live
        piece, else derived. plans: "drop" or "carry" into what is scheduled later. leave: take
        the piece out of the release that it was to begin with. override: a reason to publish
        in spite of blocking issues. grace: seconds in which it can be undone before readers see
        it.
        """
        return self._press(starts=now, now=now, **options)

    @verb
    def schedule(
        self: "Article",
        *,
        now: datetime,
        live_from: datetime,
        release: "Release | None" = None,
        **options: Any,
    ) -> dict[str, Any]:
        """The same from a later moment on; nothing has to run then. release: the one that it
        begins with."""
        if live_from <= now:
            raise Refused("The time lies in the past. Choose a later one, or publish now.")
        if release:
            self.refuse_earlier_plans(release, live_from, now)
        details = self._press(starts=live_from, now=now, plans=None, release=release, **options)
        return details | ({"release": release.name} if release else {})

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
            edition_id=details["edition"], kind=kind, severity=severity, text=text.strip(),
            at=now + timedelta(seconds=details.get("grace", 0)),
        )  # fmt: skip
        return details

    @verb
    def reschedule(
        self: "Article",
        *,
        now: datetime,
        live_from: datetime,
        edition: Edition | None = None,
        leave: bool = False,
        release: "Release | None" = None,
        **_: Any,
    ) -> dict[str, Any]:
        """Move a planned edition (the next one, unless another is given). leave: out of the
        release that it belongs to; release: the one that moves all of its own."""
        plans = [e for e in self.planned(now) if edition is None or e.pk == edition.pk]
        if release:
            plans = [e for e in plans if e.release_id == release.pk]
        if not plans:
            raise Refused("It begins at another time already. Look at the plans again.")
        if live_from <= now:
            raise Refused("The time lies in the past. Choose a later one, or publish now.")
        self._check_start(live_from, now)
        planned = plans[0]
        if release:
            self.refuse_earlier_plans(release, live_from, now)
            noted: dict[str, Any] = {"release": release.name}
        else:
            noted = self.leave_or_refuse([planned], leave=leave)
            self.mind_releases(live_from, now, kept=True, leave=False)
        before = planned.live_from
        planned.move(live_from)
        moved = {"from": before.isoformat(), "to": live_from.isoformat()}
        return {"edition": planned.pk} | moved | noted

    @verb
    def cancel_schedule(
        self: "Article", *, now: datetime, leave: bool = False, **_: Any
    ) -> dict[str, Any]:
        """Drop what has not begun. leave: out of the release that it was to begin with."""
        left = self.leave_or_refuse(self.held_together(now), leave=leave)
        return {"settled": self.settle(now)} | left

    @verb
    def retract(
        self: "Article", *, now: datetime, notice: str = "", reason: str = "", **_: Any
    ) -> dict[str, Any]:
        """Publicly take it back. `notice` tells readers why, at the same address; `reason` is
        one of Edition.Reason."""
        if not notice.strip():
            raise Refused("Readers must be told why. Enter the text of the notice.")
        return self._replace(Kind.RETRACTION, now, notice=notice.strip(), reason=reason)

    @verb
    def remove(self: "Article", *, now: datetime, **_: Any) -> dict[str, Any]:
        """For law or privacy: nothing remains in public, 410 for ever. Nor do the files of
        pictures that nothing else shows."""
        transaction.on_commit(lambda: Image.objects.withdraw(now), robust=True)
        RelatedTrend.objects.touching(self.pk).delete()
        return self._replace(Kind.REMOVAL, now)

    @verb
    def reinstate(self: "Article", *, now: datetime, **_: Any) -> dict[str, Any]:
        """Bring back the text that stood before the retraction."""
        self._check_start(now, now)
        last = self.editions.begun(now).filter(kind=Kind.CONTENT).latest("live_from")
        settled = self.settle(now)
        edition = self._add_edition(
            last.content, starts=self._free_start(now, now), now=now,
            change=Change.UPDATE, update_line="Reinstated.",
        )  # fmt: skip
        return {"edition": edition.pk, "settled": settled}

    @verb
    def confirm(self: "Article", *, now: datetime, **options: Any) -> dict[str, Any]:
        """Checked, still true: readers are told the day, and the text counts as up to date.

        review_by: the day to look again, None for never; left out, it moves on by the span of
        the topic. What is planned takes the check along.
        """
        live = self.standing(now).live
        assert live is not None  # the table lets only live pieces come here
        review_by = options.get("review_by", self.next_review(now))
        if review_by and review_by <= timezone.localdate(now):
            raise Refused("The day to look again is over. Choose a later one, or none.")
        texts = self.editions.filter(kind=Kind.CONTENT, live_from__gte=live.live_from)
        texts.update(last_checked_at=now)
        self.review_by = review_by
        self.save()
        return {"review_by": str(review_by or "")}

    def next_review(self: "Article", now: datetime) -> date | None:
        """When to look again, if it is checked now; None where the topic never gets old."""
        span = self.topic.span if self.topic else span_of(Topic.Ages.YEAR)
        return timezone.localdate(now) + span if span else None

    def publish_now(
        self: "Article", *, by: Any, now: datetime | None = None, sent: str = "", **options: Any
    ) -> Transition:
        """Submit, approve and publish as one, for those who may do all three; as a correction
        where `text` says what was wrong. Chosen sections of a live piece, unless they are all
        that changed, go out alone: the rest stays as unapproved as it is."""
        name = "correct" if "text" in options else "publish"
        with self.locked(now) as at:
            if done := self.done_already(by=by, now=at, sent=sent):
                return done
            self.begin_what_waits(at)
            options["sections"] = self.real_choice(options.get("sections"), at, any_stage=True)
            whole = options["sections"] is None
            was, steps = self.stage, self._approve_at_once(by, at) if whole else []
            last = self.take(name, by=by, now=at, was=was, sent=sent, **options)
            return self.keep_record([*steps, last])[-1]

    def _approve_at_once(self: "Article", by: Any, now: datetime) -> list[Transition]:
        """The steps up to the stage approved. The last step of the publication refuses what the
        table refuses."""
        if self.stage == Stage.APPROVED:
            return []
        names = ["submit", "approve"] if self.stage == Stage.DRAFT else ["approve"]
        found = self.look_for_second_eyes(by)
        self.stage = Stage.APPROVED
        self.save()
        steps = [self.step(name, by=by, now=now) for name in names]
        steps[-1].details = found
        return steps

    def set_embargo(
        self: "Article", *, until: datetime | None, by: Any, now: datetime | None = None
    ) -> None:
        """Promise a source that nothing is public before; plans that break it are dropped."""
        with self.locked(now) as at:
            releases = self.standing(at).releases
            self.embargoed_until = until
            self.save()
            settled = self.settle(at, before=until) if until else []
            details = {"until": until.isoformat() if until else "", "settled": settled}
            details |= self.stop_releases(releases, "embargo", by=by, now=at)
            self.record("embargo", by=by, now=at, details=details)
