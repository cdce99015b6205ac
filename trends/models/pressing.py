"""Pressing: what the verbs of publishing.py share. Plans, and the edition itself."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from ..merge import merge
from ..snapshot import (
    LABELS,
    Snapshot,
    pending,
    pictures,
)
from .address import Address, Taken, trend_path
from .choosing import Choosing
from .edition import Edition
from .image import Image
from .link_check import LinkCheck, outside_links
from .ready import refuse_unless_minor
from .related_trend import plan_relating
from .stepping import Refused
from .text_picture import EditionPicture

if TYPE_CHECKING:
    from .article import Article
    from .release import Release

Change, Kind = Edition.Change, Edition.Kind
DROP, CARRY = "drop", "carry"


class Pressing(Choosing):
    """A plain class without fields, for Article."""

    def planned(self: "Article", now: datetime | None = None) -> list[Edition]:
        """CONTENT editions that have not begun, first one first."""
        if self.known and now == self.known.now:
            return self.known.planned
        rows = self.editions.planned(now or timezone.now())
        return list(rows.filter(kind=Kind.CONTENT))

    def settle(self: "Article", now: datetime, before: datetime | None = None) -> list[str]:
        """Drop planned CONTENT editions (those that start before a moment); their starts."""
        gone = [e for e in self.planned(now) if before is None or e.live_from < before]
        for edition in gone:
            self.drop(edition)
        return [edition.live_from.isoformat() for edition in gone]

    def drop(self: "Article", edition: Edition) -> None:
        """Delete an edition that has not begun, and what was to be said in public with it."""
        if edition.in_grace:
            edition.corrections.all().delete()
        if self.known:
            self.known.planned.remove(edition)
        edition.delete()

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
        grace: int = 0,
        was: str = "",
        leave: bool = False,
        release: "Release | None" = None,
    ) -> dict[str, Any]:
        """grace: seconds in which it can be undone before it begins. was: the stage before the
        steps of which this is the last. leave: take the piece out of its releases. release: the
        one that begins with it."""
        starts += timedelta(seconds=grace)
        old, sections = self.standing(now).live, self.real_choice(sections, now)
        content = self.checked(
            sections, starts=starts, now=now, may_be_same=may_be_same, override=override
        )
        noted = self._approve_chosen(sections, by)
        kept = plans is None or (plans == CARRY and old is not None)
        left = self.mind_releases(starts, now, kept=kept, leave=leave)
        if change is None:
            change, update_line = derived_change(old, content, update_line)
        elif old and change == Change.MINOR and not note.strip():
            refuse_unless_minor(old.content, content)
        before = self._before(was, now) if grace else {}
        carried = self._carry(old, content, now=now) if plans == CARRY else []
        settled = self.settle(now) if plans else []
        edition = self._add_edition(
            content, starts=self._free_start(starts, now), now=now,
            change=change, update_line=update_line, in_grace=bool(grace), release=release,
        )  # fmt: skip
        details = {"edition": edition.pk, "settled": [] if carried else settled}
        if carried:
            details["carried"] = self._plan_anew(carried, now)
        if sections is not None:
            details["sections"] = sorted(sections)
        if grace:
            details |= {"grace": grace, "before": before}
        return details | left | noted | ({"override": override} if override else {})

    def _before(self: "Article", was: str, now: datetime) -> dict[str, Any]:
        """What undo() puts back: the stage, and the plans that will be settled."""
        pks = [edition.pk for edition in self.planned(now)]
        plans = Edition.objects.filter(pk__in=pks) if pks else []
        return {"stage": was or self.stage, "plans": [plan.to_plain() for plan in plans]}

    def _plan_anew(
        self: "Article", carried: list[tuple[Edition, Snapshot]], now: datetime
    ) -> list[str]:
        """Plan again what was settled, with the carried text; their starts."""
        for later, text in carried:
            self._add_edition(
                text, starts=later.live_from, now=now,
                change=later.change, update_line=later.update_line, release=later.release,
            )  # fmt: skip
        return [later.live_from.isoformat() for later, _ in carried]

    def _free_start(self: "Article", starts: datetime, now: datetime) -> datetime:
        """The moment itself or the first free microsecond after it: starts are unique. Not
        before now, so that those of older editions need not be asked for."""
        taken = self.standing(now).starts
        while starts in taken:
            starts += timedelta(microseconds=1)
        return starts

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
        in_grace: bool = False,
        release: "Release | None" = None,
    ) -> Edition:
        try:
            Address.objects.claim(trend_path(self.slug), article_id=self.pk)
        except Taken as taken:
            raise Refused(str(taken)) from taken
        before = self._text_before(starts, now)
        edition = Edition(
            article=self, live_from=starts, pressed_at=now, slug=self.slug,
            revision=self.standing(now).revision, change=change, update_line=update_line,
            in_grace=in_grace, release=release,
            first_published_at=before.first_published_at if before else starts,
            public_updated_at=before.public_updated_at
            if before and change == Change.MINOR
            else starts,
        )  # fmt: skip
        if before:
            edition.last_checked_at = before.last_checked_at
        edition.absorb(content)
        edition.save(force_insert=True)
        LinkCheck.objects.plan(outside_links(content), now=now)
        plan_relating(self.pk, starts)
        edition.add_bylines()
        EditionPicture.objects.hold(pictures(content), edition=edition)
        if shown := pictures(content) | ({edition.hero_id} - {None}):
            images = Image.objects.filter(pk__in=shown)
            transaction.on_commit(lambda: images.bring_back(now), robust=True)
        return edition

    def _text_before(self: "Article", starts: datetime, now: datetime) -> Edition | None:
        """What readers see last before a moment that is not before now."""
        standing = self.standing(now)
        earlier = [edition for edition in standing.planned if edition.live_from <= starts]
        if earlier or standing.live or standing.in_force is None:
            return earlier[-1] if earlier else standing.live
        content = self.editions.begun(now).filter(kind=Kind.CONTENT)  # retracted or ended
        return content.order_by("-live_from").first()

    def _replace(
        self: "Article", kind: str, now: datetime, notice: str = "", reason: str = ""
    ) -> dict[str, Any]:
        """Put an edition without content in force. A removal keeps not even the title."""
        last = self.standing(now).in_force
        assert last is not None  # the table lets only begun pieces come here
        settled, removal = self.settle(now), kind == Kind.REMOVAL
        edition = Edition.objects.create(
            article=self, kind=kind, change=Change.UPDATE, pressed_at=now, notice=notice,
            reason=reason, live_from=self._free_start(now, now), slug=last.slug,
            title="" if removal else last.title, topic=None if removal else last.topic,
            first_published_at=last.first_published_at, public_updated_at=now,
        )  # fmt: skip
        return {"edition": edition.pk, "settled": settled}


def derived_change(old: Edition | None, content: Snapshot, line: str) -> tuple[str, str]:
    """First publication; an update that names the sections filled; else a minor change."""
    if old is None:
        return Change.FIRST, ""
    was, now_pending = pending(old.content), pending(content)
    added = [LABELS[section] for section in was if section not in now_pending]
    if line or added:
        return Change.UPDATE, line or f"Added: {', '.join(added)}"
    return Change.MINOR, ""
