"""Job: work that must happen outside a request, written in the transaction of its cause.

A row waits until `run_at`, is leased by one worker at a time, and goes when it is done. What is
to be done is the kind; what with, the key. Who does it: trends/jobs/.
"""

from datetime import datetime, timedelta
from random import uniform
from secrets import token_hex
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

LEASE = timedelta(seconds=60)
# Due for so long without a worker that has anything in hand: there is none.
UNHEARD = timedelta(minutes=5)
ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)


class Lost(Exception):
    """The lease is over and another worker has the job, or somebody took it off the list."""


def wait_after(attempts: int) -> timedelta:
    """Twice as long after each failure, up to an hour; a bit by chance, so that jobs that failed
    together do not come back together."""
    doubled: int = 2 ** max(attempts - 1, 0)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT) * uniform(0.8, 1.2)


def next_at_hour(hour: int, now: datetime) -> datetime:
    """The next time after `now` that it is this hour, in the site's time zone."""
    here = timezone.localtime(now)
    today = here.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    return today if today > here else today + timedelta(days=1)


class JobQuerySet(models.QuerySet["Job"]):
    def add(self, kind: str, key: str, *, run_at: datetime, **payload: Any) -> None:
        """Put a job on the list, or take up the one of that kind and key: it keeps the earlier
        moment, and one that a worker has in hand runs once more after that. What was given up
        for its failures begins anew.

        One statement, so that two who add it at the same moment can't miss each other.
        """
        row = {"kind": kind, "key": key, "run_at": run_at, "payload": payload, "asked": 1}
        row |= {"attempts": 0, "lease": "", "error": ""}
        fields = {field.name: field for field in self.model._meta.fields}
        values = [fields[name].get_db_prep_save(row[name], connection) for name in row]
        earlier = "LEAST" if connection.vendor == "postgresql" else "MIN"
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} AS old ({', '.join(row)})"
                f" VALUES ({', '.join(['%s'] * len(row))}) ON CONFLICT (kind, key) DO UPDATE SET"
                f" run_at = {earlier}(old.run_at, excluded.run_at), payload = excluded.payload,"
                " asked = old.asked + 1, attempts = 0, given_up_at = NULL",
                values,
            )

    def begin_anew(self, now: datetime) -> int:
        """At once, as if it had never failed; what a worker has in hand is left to it."""
        return self.filter(lease="").update(run_at=now, attempts=0, given_up_at=None)

    def due(self, now: datetime) -> Self:
        """What a worker may take: nobody has it, or whoever had it is silent for too long."""
        free = Q(lease="") | Q(leased_until__lte=now)
        return self.filter(free, given_up_at=None, run_at__lte=now)

    def in_hand(self, now: datetime) -> Self:
        return self.filter(leased_until__gt=now)

    def are_left_alone(self, now: datetime) -> bool:
        """Nobody does them. While one works for long, the others wait for good reason. Two
        queries where something is late, else one."""
        return self.due(now - UNHEARD).exists() and not self.in_hand(now).exists()

    def given_up(self) -> Self:
        return self.filter(given_up_at__isnull=False)

    def claim(self, now: datetime, lease: timedelta = LEASE) -> "Job | None":
        """Lease the job that is due longest; None where nothing is.

        Two workers that look at the same time would see the same row. PostgreSQL locks the row
        that it finds and passes over those that others have locked; a row that another one leased
        just before is looked at again and is no longer due. SQLite knows no such lock, and Django
        leaves the clause out: there a transaction holds the one write lock from its beginning
        (IMMEDIATE), so the second one looks when the first has written its lease. That lock is
        why a worker without work only reads.
        """
        if not self.due(now).exists():
            return None
        with transaction.atomic():
            job = self.due(now).select_for_update(skip_locked=True).first()
            if job is not None:
                job.lease, job.leased_until = token_hex(16), now + lease
                # Counted before the work: a job that kills its worker must not run for ever.
                job.attempts += 1
                job.save(update_fields=["lease", "leased_until", "attempts"])
        return job


class Job(models.Model):
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict, blank=True)
    run_at = models.DateTimeField()
    # How often it was asked for: a worker that sees another number at the end runs it again.
    asked = models.PositiveIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Mark of the worker that has it in hand, and until when it may be silent.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    given_up_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["run_at", "pk"]
        indexes = [
            # What a worker asks for: due, and not given up.
            models.Index(fields=["run_at", "id"], condition=Q(given_up_at=None), name="job_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once"),
            models.CheckConstraint(
                condition=Q(lease="", leased_until=None)
                | ~Q(lease="") & Q(leased_until__isnull=False),
                name="job_lease_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def _held(self) -> JobQuerySet:
        """The row, as long as it carries the mark that was put on this one."""
        return Job.objects.filter(pk=self.pk, lease=self.lease)

    def renew(self, until: datetime) -> bool:
        """The worker is alive. False when the job is no longer its own."""
        return bool(self._held().update(leased_until=until))

    def finish(self) -> None:
        """It is done, so its row goes; what was asked for again meanwhile runs once more.

        Within the transaction of all that was done, so that both are kept or neither. Raises
        Lost, which takes back all of it, where another worker has the job by now.
        """
        if self._held().filter(asked=self.asked).delete()[0]:
            return
        if not self._held().update(lease="", leased_until=None, attempts=0, error=""):
            raise Lost

    def fail(self, error: str, *, now: datetime, next_at: datetime | None = None) -> bool:
        """It went wrong: try again later. True when it is given up, which one that comes
        regularly is until its next turn, `next_at`."""
        with transaction.atomic():
            row = self._held().select_for_update().first()
            if row is None:
                return False  # another worker has it: what that one says counts
            row.lease, row.leased_until, row.error = "", None, error
            is_last = row.attempts >= ATTEMPTS
            if not is_last:
                row.run_at = now + wait_after(row.attempts)
            elif next_at:
                row.run_at, row.attempts = next_at, 0
            else:
                row.given_up_at = now
            row.save(
                update_fields=[
                    "lease", "leased_until", "error", "run_at", "attempts", "given_up_at",
                ]
            )  # fmt: skip
        return is_last
