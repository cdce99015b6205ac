"""Recording: each save that changes something is a revision, and an older one can come back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from .. import snapshot as plain
from ..compare import compare, describe
from .revision import Revision
from .states import Stage

if TYPE_CHECKING:
    from .article import Article
    from .evidence import Evidence


class Recording:
    """A plain class without fields, for Article."""

    def number(self: "Article", evidence: "Evidence") -> None:
        """Give new evidence the next number. The caller holds the article's lock, and saves what
        is issued with it."""
        if not evidence.number:
            self.evidence_issued += 1
            evidence.number = self.evidence_issued
        self.evidence_issued = max(self.evidence_issued, evidence.number)

    @property
    def latest_revision(self: "Article") -> Revision | None:
        return self.revisions.first()

    @transaction.atomic(savepoint=False)
    def record_revision(
        self: "Article",
        *,
        by: User | None,
        note: str = "",
        now: datetime | None = None,
        rows: Mapping[str, Iterable[Any]] | None = None,
        last: Revision | None = None,
    ) -> Revision | None:
        """Snapshot this save. None when the content is what it was; any change of an approved
        piece voids the approval. The caller holds the lock. `rows`, by section, as they are
        saved, and the `last` revision, where they are at hand."""
        followed = self.follow_merges(rows and rows["author"])
        content, last = self.snapshot(None if followed else rows), last or self.latest_revision
        digest = plain.digest(content)
        if last and last.digest == digest:
            return None
        self.public_digest = plain.digest(plain.public(content))
        self.version += 1
        if self.stage == Stage.APPROVED:
            self.stage = Stage.DRAFT
        self.save()
        self.hold_pictures(content, last.content if last else None)
        return self.revisions.create(
            number=last.number + 1 if last else 1,
            content=content,
            digest=digest,
            created_at=now or timezone.now(),
            created_by=by,
            note=note or (describe(compare(last.content, content))[:200] if last else ""),
            sections=plain.changed_sections(last.content, content) if last else plain.SECTIONS,
        )

    def restore(
        self: "Article",
        revision: Revision,
        *,
        by: User | None,
        sections: Iterable[str] = plain.SECTIONS,
    ) -> list[str]:
        """Bring back a revision, or some of its sections, as a new save. What came after stays in
        the history. Returns a sentence for each reference that no longer exists."""
        chosen = list(sections)
        with transaction.atomic():
            self.lock()
            lost = self.apply(revision.content, sections=chosen)
            whole = len(chosen) == len(plain.SECTIONS)
            names = "all of it" if whole else ", ".join(plain.LABELS[name] for name in chosen)
            note = f"Restored from revision {revision.number}: {names}"
            self.record_revision(by=by, note=note[:200])
        return lost
