"""Choosing: which text goes out, all of it or some sections, and whether it may."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..readiness import Facts
from ..snapshot import Snapshot, changed_sections, compose, digest, public
from .edition import Edition
from .states import Stage
from .stepping import Refused
from .together import Together

if TYPE_CHECKING:
    from .article import Article


class Choosing(Together):
    """A plain class without fields, for Article."""

    def checked(
        self: "Article",
        sections: Collection[str] | None = None,
        *,
        starts: datetime,
        now: datetime,
        may_be_same: bool = False,
        override: str = "",
        facts: list[Facts] | None = None,
    ) -> Snapshot:
        """What readers would get from `starts` on; raises Refused with what stops that. facts:
        those about the new content and about the old one, where they are known."""
        self._check_start(starts, now)
        old = self.standing(now).live
        content, checked = self._chosen(old, sections, now)
        if old and not may_be_same and (old.digest, old.slug) == (digest(content), self.slug):
            raise Refused("Readers see this text already: there is nothing to publish.")
        self._check_ready(checked, old, now=now, starts=starts, override=override, facts=facts)
        return content

    def real_choice(
        self: "Article",
        sections: Collection[str] | None,
        now: datetime,
        *,
        any_stage: bool = False,
    ) -> Collection[str] | None:
        """None where all that changed in a live piece is chosen, and approved: no choice."""
        live = self.standing(now).live
        if sections is None or live is None or not (any_stage or self.stage == Stage.APPROVED):
            return sections
        changed = changed_sections(live.content, public(self.standing(now).snapshot))
        return sections if set(changed) - set(sections) else None

    def _chosen(
        self: "Article", old: Edition | None, sections: Collection[str] | None, now: datetime
    ) -> tuple[Snapshot, Snapshot]:
        """What readers would get, and what readiness looks at: all of the working copy, or the
        text in force with the chosen sections."""
        snapshot = self.standing(now).snapshot
        if sections is None:
            return public(snapshot), snapshot
        if old is None:
            raise Refused("It is not live, so sections can't be chosen. Publish all of it.")
        content = compose(old.content, public(snapshot), sections)
        return content, content

    def _approve_chosen(
        self: "Article", sections: Collection[str] | None, by: Any
    ) -> dict[str, Any]:
        """Whoever publishes sections that nobody has approved approves them by that, and needs
        second eyes as much as who approves the whole (docs/decisions/0004). What is recorded."""
        needed = sections and self.stage != Stage.APPROVED
        return self.look_for_second_eyes(by) if needed else {}

    def _check_start(self: "Article", starts: datetime, now: datetime) -> None:
        if self.embargoed_until and starts < self.embargoed_until:
            raise Refused(
                f"It is embargoed until {self.embargoed_until:%Y-%m-%d %H:%M %Z}. "
                "Choose a later time, or lift the embargo."
            )
        if starts > now and starts in self.standing(now).starts:
            raise Refused("Another edition starts at that moment. Choose another time.")
