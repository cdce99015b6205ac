"""Access: who came in, who failed to, who took data out. Written and read, never changed.

The rows of failed tries are the throttle of passwords and codes, too: they stand in the database,
so all processes and hosts count together.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Max

FREE_BY_NAME, FREE_BY_ADDRESS = 5, 20  # tries before there is a wait; an office shares an address
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)  # older failures count no more


class AccessQuerySet(models.QuerySet["Access"]):
    def note(self, kind: str, *, now: datetime, **fields: Any) -> "Access":
        return self.create(kind=kind, at=now, **fields)

    def begin(
        self, name: str, address: str, *, now: datetime, is_shared: bool = False, kind: str = ""
    ) -> "Access":
        """A try to log in, noted as failed before the password (or the code, for the kind CODE)
        is looked at: so many at once count each other. Its `wait_until` says that it is refused.
        `is_shared`: the address says nothing, since everybody comes by it."""
        kind = kind or Access.Kind.FAILED
        row = self.note(kind, now=now, name=name.casefold(), address=address)
        before = self.filter(kind=kind, at__gt=now - FORGOTTEN, pk__lt=row.pk)
        waits = [before.of_name(row.name, kind)._wait(FREE_BY_NAME)]
        if address and not is_shared:
            waits.append(before.filter(address=address)._wait(FREE_BY_ADDRESS))
        row.wait_until = max((at for at in waits if at and at > now), default=None)
        if row.wait_until:
            row.become(Access.Kind.REFUSED)
        return row

    def of_name(self, name: str, kind: str) -> Self:
        """Rows of a name since it last got in; a new password ends failed passwords as well, and
        no failed codes: who reads somebody's mail could go on guessing."""
        ends = [Access.Kind.LOGIN] + [Access.Kind.PASSWORD] * (kind == Access.Kind.FAILED)
        good = Access.objects.filter(name=name, kind__in=ends)
        last = good.aggregate(last=Max("pk"))["last"] or 0
        return self.filter(name=name, pk__gt=last)

    def _wait(self, free: int) -> datetime | None:
        """Until when the next try is refused: a minute after the last free one, then doubling."""
        newest: list[datetime] = list(self.order_by("-pk").values_list("at", flat=True)[: free + 8])
        if len(newest) < free:
            return None
        wait: timedelta = FIRST_WAIT * 2 ** (len(newest) - free)
        return newest[0] + min(wait, LONGEST_WAIT)


class Access(models.Model):
    class Kind(models.TextChoices):
        LOGIN = "login", "logged in"
        FAILED = "failed", "login failed"
        REFUSED = "refused", "login refused: too many tries"
        FIRST_STEP = "first_step", "password right, code asked for"
        CODE = "code", "wrong code"
        TWO_FACTOR = "two_factor", "two-factor changed"
        INVITED = "invited", "invited"
        LINK = "link", "link to set a password sent"
        PASSWORD = "password", "password set by link"
        EXPORT = "export", "exported"

    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # As it was typed, in small letters: there may be no such account.
    name = models.CharField("account", max_length=254, blank=True)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()
    detail = models.TextField(blank=True)

    wait_until: datetime | None = None  # of begin()

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "log entry", "access log"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-at", "-id"], name="access_newest"),
            # The throttle asks by each of them at every try.
            models.Index(fields=["name", "-id"], name="access_of_name"),
            models.Index(fields=["address", "-id"], name="access_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or self.user}"

    def become(self, kind: str, user: Any = None, detail: str = "") -> None:
        """What a try turned out to be."""
        self.kind, self.user, self.detail = kind, user, detail
        self.save(update_fields=["kind", "user", "detail"])
