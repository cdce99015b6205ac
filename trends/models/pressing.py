"""Pressing: what the verbs of publishing.py share. Checks, plans, and the edition itself."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .. import readiness as checks
from ..merge import merge
from ..snapshot import LABELS, Snapshot, compose, digest, pending, pictures, public
from .address import Address, Taken, trend_path
from .edition import Edition
from .facts import gather
from .image import Image
from .text_picture import EditionPicture
from .workflow import Refused, Workflow

if TYPE_CHECKING:
    from .article import Article

Change, Kind = Edition.Change, Edition.Kind
DROP, CARRY = "drop", "carry"


class Pressing(Workflow):
    """A plain class without fields, for Article."""

    def planned(self: "Article", now: datetime | None = None) -> list[Edition]:
        """CONTENT editions that have not begun, first one first."""
        rows = self.editions.planned(now or timezone.now())
        return list(rows.filter(kind=Kind.CONTENT))

    def settle(self: "Article", now: datetime, before: datetime | None = None) -> list[str]:
        """Drop planned CONTENT editions (those that start before a moment); their starts."""
        gone = [e for e in self.planned(now) if before is None or e.live_from < before]
        for edition in gone:
            edition.delete()
        return [edition.live_from.isoformat() for edition in gone]

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

    def _press(
        self: "Article",
        *,
        by: Any,
        starts: datetime,
        now: datetime,
        note: str = "",
        sections: Collection[str] | None = None,
        change: str | None = None,
        update_line: str = "",
        plans: str | None = DROP,
        override: str = "",
        may_be_same: bool = False,
    ) -> dict[str, Any]:
        self._check_start(starts)
        old = self.editions.live(now).first()
        content, checked = self._chosen(old, sections)
        if old and not may_be_same and (old.digest, old.slug) == (digest(content), self.slug):
            raise Refused("Readers see this text already: there is nothing to publish.")
        self._check_ready(checked, old, now=now, starts=starts, override=override)
        if change is None:
            change, update_line = _derived_change(old, content, update_line)
        carried = self._carry(old, content, now=now) if plans == CARRY else []
        settled = self.settle(now) if plans else []
        edition = self._add_edition(
            content, starts=self._free_start(starts), now=now,
            change=change, update_line=update_line,
        )  # fmt: skip
        details = {"edition": edition.pk, "settled": [] if carried else settled}
        if carried:
            details["carried"] = self._plan_anew(carried, now)
        if sections is not None:
            details["sections"] = sorted(sections)
        return details | ({"override": override} if override else {})

    def _chosen(
        self: "Article", old: Edition | None, sections: Collection[str] | None
    ) -> tuple[Snapshot, Snapshot]:
        """What readers would get, and what readiness looks at: all of the working copy, or the
        text in force with the chosen sections."""
        snapshot = self.snapshot()
        if sections is None:
            return public(snapshot), snapshot
        if old is None:
            raise Refused("It is not live, so sections can't be chosen. Publish all of it.")
        content = compose(old.content, public(snapshot), sections)
        return content, content

    def _plan_anew(
        self: "Article", carried: list[tuple[Edition, Snapshot]], now: datetime
    ) -> list[str]:
        """Plan again what was settled, with the carried text; their starts."""
        for later, text in carried:
            self._add_edition(
                text, starts=later.live_from, now=now,
                change=later.change, update_line=later.update_line,
            )  # fmt: skip
        return [later.live_from.isoformat() for later, _ in carried]

    def _check_start(self: "Article", starts: datetime) -> None:
        if self.embargoed_until and starts < self.embargoed_until:
            raise Refused(
                f"It is embargoed until {self.embargoed_until:%Y-%m-%d %H:%M %Z}. "
                "Choose a later time, or lift the embargo."
            )
        if starts > timezone.now() and self.editions.filter(live_from=starts).exists():
            raise Refused("Another edition starts at that moment. Choose another time.")

    def _free_start(self: "Article", starts: datetime) -> datetime:
        """The moment itself or the first free microsecond after it: starts are unique."""
        while self.editions.filter(live_from=starts).exists():
            starts += timedelta(microseconds=1)
        return starts

    def _check_ready(
        self: "Article",
        content: Snapshot,
        old: Edition | None,
        *,
        now: datetime,
        starts: datetime,
        override: str,
    ) -> None:
        found = checks.blocking(self.readiness(content=content, now=now, starts=starts))
        if old is not None:  # only faults that this press introduces can stop it
            before = self.readiness(content=old.content, now=now, starts=starts)
            legal = [issue for issue in found if issue.code == "legal-review"]
            found = legal + checks.introduced(found, before)
        stopping = [issue for issue in found if issue.final or not override]
        if stopping:
            lines = " ".join(f"{issue.message} {issue.hint}" for issue in stopping)
            raise Refused(f"Not ready: {lines}", stopping)

    def _carry(
        self: "Article",
        old: Edition | None,
        content: Snapshot,
        *,
        now: datetime,
    ) -> list[tuple[Edition, Snapshot]]:
        """Planned editions with the change between the text in force and `content` merged in."""
        carried = []
        for later in self.planned(now) if old else []:
            assert old is not None
            merged = merge(old.content, later.content, content)
            if merged.conflicts:
                names = {LABELS[conflict.section] for conflict in merged.conflicts}
                raise Refused(
                    f"The edition planned for {later.live_from:%Y-%m-%d %H:%M %Z} changes "
                    f"{', '.join(sorted(names))} too. Drop that plan and schedule it again."
                )
            carried.append((later, merged.snapshot))
        return carried

    def _add_edition(
        self: "Article",
        content: Snapshot,
        *,
        starts: datetime,
        now: datetime,
        change: str,
        update_line: str = "",
    ) -> Edition:
        try:
            Address.objects.claim(trend_path(self.slug), article_id=self.pk)
        except Taken as taken:
            raise Refused(str(taken)) from taken
        before = (
            self.editions.begun(starts).filter(kind=Kind.CONTENT).order_by("-live_from").first()
        )
        edition = Edition(
            article=self, live_from=starts, pressed_at=now, slug=self.slug,
            revision=self.latest_revision, change=change, update_line=update_line,
            first_published_at=before.first_published_at if before else starts,
            public_updated_at=before.public_updated_at
            if before and change == Change.MINOR
            else starts,
        )  # fmt: skip
        edition.absorb(content)
        edition.save(force_insert=True)
        edition.add_bylines()
        EditionPicture.objects.hold(pictures(content), edition=edition)
        if shown := pictures(content) | ({edition.hero_id} - {None}):
            images = Image.objects.filter(pk__in=shown)
            transaction.on_commit(lambda: images.bring_back(now), robust=True)
        return edition

    def _replace(self: "Article", kind: str, now: datetime, notice: str = "") -> dict[str, Any]:
        """Put an edition without content in force. A removal keeps not even the title."""
        last = self.edition_in_force(now)
        assert last is not None  # the table lets only begun pieces come here
        settled, removal = self.settle(now), kind == Kind.REMOVAL
        edition = Edition.objects.create(
            article=self, kind=kind, change=Change.UPDATE, pressed_at=now, notice=notice,
            live_from=self._free_start(now), slug=last.slug,
            title="" if removal else last.title, topic=None if removal else last.topic,
            first_published_at=last.first_published_at, public_updated_at=now,
        )  # fmt: skip
        return {"edition": edition.pk, "settled": settled}


def _derived_change(old: Edition | None, content: Snapshot, line: str) -> tuple[str, str]:
    """First publication; an update that names the sections filled; else a minor change."""
    if old is None:
        return Change.FIRST, ""
    was, now_pending = pending(old.content), pending(content)
    added = [LABELS[section] for section in was if section not in now_pending]
    if line or added:
        return Change.UPDATE, line or f"Added: {', '.join(added)}"
    return Change.MINOR, ""
