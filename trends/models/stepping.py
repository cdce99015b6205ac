"""Steps: what all verbs share. Lock the row, check, change, record a Transition, announce it
after commit."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from .standing import Standing
from .telling import tell_of_steps
from .transition import Transition
from .verbs import VERBS

if TYPE_CHECKING:
    from .article import Article
    from .release import Release
    from .revision import Revision

# A form that comes twice within this time was sent by a double click.
TWICE = timedelta(seconds=60)
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

    `version`, where given, is the one that the asker has seen: an older one is refused. `sent`
    is the mark of a form: what comes twice is done once, and the first Transition returned.
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
        sent: str = "",
        **options: Any,
    ) -> Transition:
        with self.locked(now) as at:
            if done := self.done_already(by=by, now=at, sent=sent):
                return done
            taken = self.take(
                row.name, by=by, note=note, version=version, now=at, sent=sent, **options
            )
            return self.keep_record([taken])[0]

    return step


class Stepping:
    """A plain class without fields, for Article."""

    # Only within asked_once().
    known: Standing | None = None

    def lock(self: "Article") -> None:
        """Wait for the row and read it again, so that two at once see each other's work. Rows
        that only point at it can be written meanwhile: a release records that it is stopped."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(no_key=True))

    @contextmanager
    def locked(self: "Article", now: datetime | None) -> Iterator[datetime]:
        """The moment of a step, with the row locked."""
        with transaction.atomic():
            self.lock()
            # The clock is read behind the lock: before it, what a rival just did would seem
            # to lie in the future.
            at = now or timezone.now()
            with self.asked_once(at) as standing:
                if releases := standing.releases:
                    for release in releases:
                        release.lock()
                    self.known = Standing.of(self, at)  # what it is after the wait
                yield at

    @contextmanager
    def asked_once(
        self: "Article", now: datetime, known: Standing | None = None
    ) -> Iterator[Standing]:
        """Until its end, what is asked about editions is asked once, as of that moment; not even
        that where it is known."""
        self.known = known or Standing.of(self, now)
        try:
            yield self.known
        finally:
            self.known = None

    def take(
        self: "Article",
        name: str,
        *,
        by: Any,
        now: datetime,
        note: str = "",
        version: int | None = None,
        sent: str = "",
        **options: Any,
    ) -> Transition:
        """A step, for who holds the lock: check, change. The Transition is not saved yet."""
        row = VERBS[name]
        if row.presses:
            self.begin_what_waits(now)
        sections, releases = options.get("sections"), self.standing(now).releases
        self.check_verb(row, note=note, version=version, now=now, sections=sections)
        change = getattr(type(self), name).__wrapped__
        details = change(self, by=by, note=note, now=now, **options) or {}
        details |= self.stop_releases(releases, name, by=by, now=now)
        details |= {"sent": sent} if sent else {}
        return self.step(name, by=by, note=note, now=now, details=details)

    def stop_releases(
        self: "Article", held: Iterable["Release"], name: str, *, by: Any, now: datetime
    ) -> dict[str, Any]:
        """After a step: a release that still holds the piece, but no edition of it any more,
        can't go out whole. What the Transition records of that."""
        gone = [r for r in held if not self.editions.planned(now).filter(release=r).exists()]
        stopped = [release for release in gone if release.articles.filter(pk=self.pk).exists()]
        for release in stopped:
            release.stop(self, name, by=by, now=now)
        return {"stopped": [release.name for release in stopped]} if stopped else {}

    def standing(self: "Article", now: datetime | None = None) -> Standing:
        """What readers get and what is planned; the one that a step under way has asked."""
        if self.known and now in (None, self.known.now):
            return self.known
        return Standing.of(self, now or timezone.now())

    def done_already(self: "Article", *, by: Any, now: datetime, sent: str) -> Transition | None:
        """The last step, if the same form of the same user made it a moment ago and nothing
        changed since."""
        last = self.transitions.first() if sent else None
        if last is None or last.details.get("sent") != sent or last.at < now - TWICE:
            return None
        revision = self.standing(now).revision
        unchanged = last.revision_id == (revision.pk if revision else None)
        return last if last.by == by and unchanged else None

    def record(self: "Article", name: str, *, by: Any, now: datetime, **said: Any) -> Transition:
        """Write the Transition of something that is no verb, and announce it after commit."""
        return self.keep_record([self.step(name, by=by, now=now, **said)])[0]

    def step(
        self: "Article",
        name: str,
        *,
        by: Any,
        note: str = "",
        now: datetime,
        details: dict[str, Any] | None = None,
        revision: "Revision | None" = None,
    ) -> Transition:
        """Not saved. `revision`: the latest one, where it is at hand."""
        return Transition(
            article=self, verb=name, by=by, note=note, at=now,
            revision=revision or self.standing(now).revision, details=details or {},
        )  # fmt: skip

    def keep_record(self: "Article", steps: list[Transition]) -> list[Transition]:
        """Write Transitions, tell those whom they concern, and announce them after commit. One
        query, and a few more where somebody is told."""
        Transition.objects.bulk_create(steps)
        tell_of_steps(self, steps)
        for row in steps:
            announce = partial(transitioned.send, type(self), article=self, transition=row)
            transaction.on_commit(announce)
        return steps
