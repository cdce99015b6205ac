"""Together: what the verbs of one piece must mind while a release holds it.

A release goes out whole or not at all. So what moves or drops its edition of one piece asks first
for that piece to leave (`leave`), and what must stop the piece stops the whole release.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .edition import Edition
from .ready import Ready
from .stepping import Refused

if TYPE_CHECKING:
    from .article import Article
    from .release import Release


class Together(Ready):
    """A plain class without fields, for Article."""

    def held_together(self: "Article", now: datetime | None = None) -> list[Edition]:
        """Planned editions that belong to a release."""
        return [edition for edition in self.standing(now).planned if edition.release_id]

    def leave_or_refuse(
        self: "Article", editions: Iterable[Edition], *, leave: bool
    ) -> dict[str, Any]:
        """Let the piece leave the releases of these editions, which stay as its own plans; what
        its transition records. Raises Refused unless that is wanted."""
        left = []
        for edition in editions:
            release = edition.release
            if release is None:
                continue
            if not leave:
                raise Refused(
                    f"It goes out with the release “{release}”. Move all of the release, or take "
                    "this piece out of it."
                )
            left.append(release.name)
            edition.release = None
            edition.save(update_fields=["release"])
            release.let_go(self)
        return {"left": left} if left else {}

    def mind_releases(
        self: "Article", starts: datetime, now: datetime, *, kept: bool, leave: bool
    ) -> dict[str, Any]:
        """Before an edition is pressed. kept: what is planned stays."""
        members = self.held_together(now)
        if kept and not leave:  # but readers must not get it before the others
            is_new = self.standing(now).live is None
            members = [e for e in members if is_new and starts < e.live_from]
        return self.leave_or_refuse(members, leave=leave)

    def refuse_earlier_plans(
        self: "Article", release: "Release", starts: datetime, now: datetime
    ) -> None:
        """A release begins at `starts`: readers must not get the piece before the others."""
        own = [e for e in self.standing(now).planned if e.release_id != release.pk]
        earlier = [e for e in own if e.live_from < starts]
        if earlier and self.standing(now).live is None:
            raise Refused(
                f"It is scheduled for {earlier[0].live_from:%Y-%m-%d %H:%M %Z} already, before the "
                "release. Cancel that first."
            )
