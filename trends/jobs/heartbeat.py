"""The lease of a job is renewed while its worker lives, however long the work takes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection
from django.utils import timezone

from ..models import Job

logger = logging.getLogger(__name__)
# So often within a lease: two of them may fail.
BEATS = 3


@contextmanager
def alive(job: Job, lease: timedelta) -> Iterator[None]:
    """A thread of its own, since the work may be one long call."""
    done = Event()
    thread = Thread(target=_beat, args=[job, lease, done], daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(job: Job, lease: timedelta, done: Event) -> None:
    """Ends with the work, or when the job is lost: its end is refused then (Job.finish)."""
    try:
        while not done.wait(lease.total_seconds() / BEATS):
            if not _renew(job, lease):
                return
    finally:
        connection.close()


def _renew(job: Job, lease: timedelta) -> bool:
    try:
        return job.renew(timezone.now() + lease)
    except DatabaseError as error:
        # On SQLite while the work itself writes: nobody can take the job over then, either.
        logger.info("The lease of job %s was not renewed: %s", job, error)
        connection.close()
        return True
