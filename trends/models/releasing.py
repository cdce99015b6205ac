"""Acts of a release, in the idiom of the verbs: lock, check, change, record, announce.

Locks are always taken in one order, so that nobody waits in a circle: pieces by their id, then the
release. A verb of one piece that a release holds waits for that release in the same order
(Stepping.locked).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from .names import name_of
from .notice import Notice
from .standing import Standing
from .stepping import Refused
from .transition import Transition

if TYPE_CHECKING:
    from .article import Article
    from .release import Release

MOST = 50  # pieces of a release: all of them are locked and pressed at once
# What is said of the piece whose verb stopped the release.
STOPPED_BY = {
    "hold": "is on hold",
    "discard": "is in the bin",
    "retract": "is retracted",
    "remove": "is removed",
    "reinstate": "is reinstated",
    "embargo": "is embargoed until later",
}


class NotAll(Refused):
    """Some pieces stop an act of the whole release, so nothing was done. `pieces`: each of them
    with the sentence that says why."""

    def __init__(self, message: str, pieces: list[tuple["Article", str]]) -> None:
        super().__init__(message)
        self.pieces = pieces


class Releasing:
    """A plain class without fields, for Release."""

    def lock(self: "Release") -> None:
        """Wait for the row and read it again. Whoever asks holds the lock of a piece."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update())

    @contextmanager
    def locked(
        self: "Release", now: datetime | None, more: Iterable["Article"] = ()
    ) -> Iterator[tuple[datetime, list["Article"]]]:
        """The moment of an act, and the pieces of the release with some more, all locked."""
        with transaction.atomic():
            extra = {article.pk for article in more}
            ids = self._member_ids() | extra
            rows = self.articles.model.objects.select_for_update(no_key=True)
            pieces = list(rows.filter(pk__in=ids).order_by("pk"))
            self.lock()
            if self._member_ids() | extra != ids:
                raise Refused("Somebody changed this release meanwhile. Look at it again.")
            at = now or timezone.now()
            if self.state(at) == self.State.OUT:
                raise Refused("It is out: each piece is on its own now. Correct or retract that.")
            with ExitStack() as stack:
                for known in Standing.of_all(pieces, at):
                    stack.enter_context(known.article.asked_once(at, known))
                yield at, pieces

    def _member_ids(self: "Release") -> set[int]:
        return set(self.articles.order_by().values_list("pk", flat=True))

    def plan(self: "Release", *, by: Any, now: datetime | None = None) -> None:
        """Schedule every piece at the shared start, or none."""
        with self.locked(now) as (at, pieces):
            if self.planned_at:
                raise Refused("It is planned already.")
            if not pieces:
                raise Refused("There is no piece in it. Add one first.")
            self._check_time(self.live_from, at)
            self._each(
                pieces,
                lambda piece: piece.take(
                    "schedule", by=by, now=at, live_from=self.live_from, release=self
                ),
            )
            self._mark(planned_at=at, stopped="")

    def move(self: "Release", to: datetime, *, by: Any, now: datetime | None = None) -> None:
        """Begin at another moment, all of it."""
        with self.locked(now) as (at, pieces):
            self._check_time(to, at)
            if to == self.live_from:
                raise Refused("It begins at that time already. Choose another one.")
            if self.planned_at:
                self._each(
                    pieces,
                    lambda piece: piece.take(
                        "reschedule", by=by, now=at, live_from=to, release=self
                    ),
                )
            self._mark(live_from=to)

    def add(
        self: "Release", articles: Iterable["Article"], *, by: Any, now: datetime | None = None
    ) -> None:
        """Take more pieces in; they are planned with the others where those are."""
        wanted = {article.pk for article in articles}
        with self.locked(now, more=articles) as (at, pieces):
            if len(pieces) > MOST:
                raise Refused(f"A release holds {MOST} pieces at most. Make another one.")
            known = self._member_ids()
            new = [piece for piece in pieces if piece.pk in wanted - known]
            self._each(new, lambda piece: self._take_in(piece, by, at))

    def _take_in(self: "Release", piece: "Article", by: Any, now: datetime) -> Transition | None:
        if other := type(self).objects.not_out(now).of(piece).first():
            raise Refused(f"It is in the release “{other}”. Take it out there first.")
        self.articles.add(piece)
        if not self.planned_at:
            return None
        return piece.take("schedule", by=by, now=now, live_from=self.live_from, release=self)

    def take_out(
        self: "Release", article: "Article", *, by: Any, now: datetime | None = None
    ) -> None:
        """Let one piece go: it is not planned any more, the others stay as they are."""
        with self.locked(now) as (at, pieces):
            piece = next((piece for piece in pieces if piece.pk == article.pk), None)
            if piece is None:
                raise Refused("It is not in this release any more.")
            self._drop([piece], by, at)
            self.let_go(piece)

    def let_go(self: "Release", piece: "Article") -> None:
        """Forget a piece; the last one leaves nothing that is planned. The caller holds the
        locks."""
        self.articles.remove(piece)
        if not self.articles.exists():
            self._mark(planned_at=None)

    def cancel(self: "Release", *, by: Any, now: datetime | None = None) -> None:
        """Plan nothing of it; its pieces stay together."""
        with self.locked(now) as (at, pieces):
            if not self.planned_at:
                raise Refused("It is not planned.")
            self._drop(pieces, by, at)
            self._mark(planned_at=None, stopped="")

    def stop(self: "Release", piece: "Article", verb: str, *, by: Any, now: datetime) -> None:
        """One piece can't go, so none goes. The caller holds the locks of that piece and of the
        release; the others are not locked, and need not be: without the lock of the release
        nobody touches their planned editions."""
        others = list(self.articles.exclude(pk=piece.pk).order_by("pk"))
        self.editions.planned(now).delete()
        reason = f"{STOPPED_BY.get(verb, 'can not go')}."
        why = f"“{piece}” {reason}"
        for other in others:
            # Not by its title: a record of one piece names no other (erasing.py).
            details = self._facts() | {"stopped_by": f"Another of its pieces {reason}"}
            other.record("release_stopped", by=by, now=now, details=details)
        self._mark(planned_at=None, stopped=f"{why} So nothing of the release is planned.")
        if self.created_by:
            said = f"The release “{self}” is not planned any more: {why} {name_of(by)} did that."
            Notice.objects.tell(
                [self.created_by], Notice.Kind.RELEASE, said, by=by, now=now, article=piece
            )

    def _check_time(self: "Release", start: datetime, now: datetime) -> None:
        if start <= now:
            raise Refused("The time lies in the past. Choose a later one.")

    def _each(
        self: "Release",
        pieces: Iterable["Article"],
        act: Callable[["Article"], Transition | None],
    ) -> None:
        """The same for all; raises NotAll with what stops whom, which undoes the whole act."""
        steps, stopping = [], []
        for piece in pieces:
            try:
                steps.append((piece, act(piece)))
            except Refused as refused:
                stopping.append((piece, str(refused)))
        if stopping:
            raise NotAll(_all_or_none(stopping), stopping)
        for piece, step in steps:
            if step:
                piece.keep_record([step])

    def _drop(self: "Release", pieces: list["Article"], by: Any, now: datetime) -> None:
        for piece in pieces:
            for edition in [e for e in piece.planned(now) if e.release_id == self.pk]:
                piece.drop(edition)
                details = self._facts() | {"settled": [edition.live_from.isoformat()]}
                piece.record("cancel_schedule", by=by, now=now, details=details)

    def _facts(self: "Release") -> dict[str, Any]:
        """What transitions record of it; the name, since a release may go."""
        return {"release": self.name}

    def _mark(self: "Release", **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=list(values))


def _all_or_none(stopping: list[tuple["Article", str]]) -> str:
    lines = " ".join(f"“{piece}”: {why}" for piece, why in stopping)
    return f"Nothing was done, since a release goes out whole or not at all. {lines}"
