"""One job from its claim to its end: done, or noted as failed."""

import logging
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from ..models import Job, Notice
from ..models.job import ATTEMPTS, LEASE, Lost
from ..models.notice import MAIL
from .heartbeat import alive
from .registry import HANDLERS, Handler

logger = logging.getLogger(__name__)
CREDENTIALS = re.compile(r"//[^/@\s]+@")
LONGEST = 500
# Not by group: whoever may act on failed jobs is told of them; superusers may.
CARETAKER = "trends.change_job"


class Undoable(Exception):
    """A job that no worker can do."""


def do(job: Job, lease: timedelta = LEASE) -> bool:
    """Do a job that was claimed. False when that failed, which is noted in its row: only a
    database that does not answer raises (DatabaseError)."""
    handler = HANDLERS.get(job.kind)
    try:
        with alive(job, lease):
            _do(job, handler)
    except Lost:
        logger.warning("Job %s is another worker's by now: this one took its work back.", job)
    except Exception as error:  # whatever a handler raises
        logger.warning("Job %s failed (attempt %s).", job, job.attempts, exc_info=error)
        _note_failure(job, handler, error)
    else:
        return True
    return False


def _do(job: Job, handler: Handler | None) -> None:
    if job.attempts > ATTEMPTS:
        raise Undoable(f"{ATTEMPTS} workers died while they did this job.")
    if handler is None:
        raise Undoable("This worker knows no such kind of job. Restart it after an update.")
    now = timezone.now()
    ending = handler.work(job.key, job.payload, now) if handler.is_slow else None
    # One transaction: killed within it, nothing has happened and the job is still there; killed
    # behind it, all has happened and the job is gone.
    with transaction.atomic():
        if ending:
            ending()
        if not handler.is_slow:
            handler.work(job.key, job.payload, now)
        # At the end: the row stays locked from here on, and who asks for this job again waits.
        job.finish()
        if handler.next_at:
            Job.objects.add(job.kind, job.key, run_at=handler.next_at(now))


def _note_failure(job: Job, handler: Handler | None, error: Exception) -> None:
    _drop_dead_connection()
    now, said = timezone.now(), last_words(error)
    next_at = handler.next_at(now) if handler and handler.next_at else None
    with transaction.atomic():
        if job.fail(said, now=now, next_at=next_at):
            _tell_caretakers(job, handler.label if handler else job.kind, said, now)


def _drop_dead_connection() -> None:
    """Where the failure is the database's own, what is noted needs a new connection."""
    if connection.connection and not connection.in_atomic_block and not connection.is_usable():
        connection.close()


def _tell_caretakers(job: Job, label: str, said: str, now: datetime) -> None:
    """Failed mail is not told by mail: that would fail as well, and so on for ever."""
    text = f"A job was given up after {ATTEMPTS} attempts: {label} {job.key}".rstrip()
    Notice.objects.tell(
        caretakers(), Notice.Kind.FAILURE, f"{text}.\n{said}", by=None, now=now,
        by_mail=job.kind != MAIL,
    )  # fmt: skip


def caretakers() -> list[User]:
    """Administrators and superusers, by the permission."""
    backend = "django.contrib.auth.backends.ModelBackend"
    people = User.objects.with_perm(CARETAKER, backend=backend)  # active ones
    return list(people.filter(is_staff=True).select_related("member"))


def last_words(error: Exception) -> str:
    """Type and last line of an error, without passwords: Administrators read it, and backups
    hold it."""
    lines = str(error).strip().splitlines() or [""]
    said = CREDENTIALS.sub("//…@", f"{type(error).__name__}: {lines[-1]}")
    for secret in _secrets():
        said = said.replace(secret, "…")
    return said[:LONGEST]


def _secrets() -> list[str]:
    found = [settings.SECRET_KEY, settings.MAIL_PASSWORD, settings.DATABASES["default"]["PASSWORD"]]
    found += [settings.NEWSROOM_CDN_PURGE_TOKEN]
    return [secret for secret in found if secret]
