"""The loop of `manage.py work`: one job after the other, until it is told to end."""

import logging
import os
import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from ..models import Job
from ..models.job import LEASE
from . import purging
from .doing import do
from .registry import HANDLERS

logger = logging.getLogger(__name__)
POLL, NAP = 1.0, 0.1  # seconds


class Worker:
    """once: end when nothing is due. parent: end when that process is not the parent any more."""

    def __init__(
        self, *, lease: timedelta = LEASE, once: bool = False, parent: int | None = None
    ) -> None:
        self.lease, self.once, self.parent = lease, once, parent
        self.is_stopped = False
        self.is_cut_off = False
        self.done = self.failed = 0

    def stop(self, *_: object) -> None:
        """After the job at hand. As a handler of a signal it does no more than that: what it
        interrupts may hold any lock."""
        self.is_stopped = True

    def run(self) -> None:
        is_begun = False
        while not self._is_over():
            try:
                if not is_begun:
                    ensure_regular_jobs()
                    purging.look(timezone.now(), anyway=not self.once)
                    is_begun = True
                is_busy = self._do_one()
            except (OperationalError, InterfaceError) as error:
                if self.once:
                    raise
                self._wait_for_database(error)
                continue
            self._is_back()
            if not is_busy and self.once:
                return
            if not is_busy:
                self._sleep()

    def _is_over(self) -> bool:
        return self.is_stopped or (self.parent is not None and os.getppid() != self.parent)

    def _do_one(self) -> bool:
        now = timezone.now()
        purging.look(now)
        job = Job.objects.claim(now, self.lease)
        if job is None:
            return False
        if do(job, self.lease):
            self.done += 1
        else:
            self.failed += 1
        return True

    def _wait_for_database(self, error: Exception) -> None:
        """Restarted, or not there yet. The job at hand comes back when its lease is over."""
        if not self.is_cut_off:
            reason = str(error).strip().splitlines()[0]
            logger.warning("The database does not answer (%s). The worker waits for it.", reason)
        self.is_cut_off = True
        connection.close()
        self._sleep()

    def _is_back(self) -> None:
        if self.is_cut_off:
            logger.warning("The database answers again.")
        self.is_cut_off = False

    def _sleep(self) -> None:
        until = time.monotonic() + POLL
        while not self._is_over() and time.monotonic() < until:
            time.sleep(NAP)


def ensure_regular_jobs() -> None:
    """Those that come back by themselves are on the list: new ones, and any that somebody took
    off it."""
    now = timezone.now()
    missing = {kind for kind, handler in HANDLERS.items() if handler.next_at}
    there = Job.objects.filter(kind__in=missing, key="", given_up_at=None)
    for kind in sorted(missing - set(there.values_list("kind", flat=True))):
        Job.objects.add(kind, "", run_at=now)
