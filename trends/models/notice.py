"""Notice: what a member of staff is told about a piece: in the admin, and by mail if they like.

Written in the transaction of its cause. The mail is one job a person, whatever the number of
notices: it takes all that were not mailed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ..snapshot import LABELS, SECTIONS
from .job import Job
from .member import Member

MAIL = "mail"  # the kind of job; its key is the id of the account


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def before(self, notice: "Notice") -> Self:
        """Those that stand below it, newest first."""
        return self.filter(Q(at__lt=notice.at) | Q(at=notice.at, pk__lt=notice.pk))

    def to_mail(self) -> Self:
        """Neither mailed nor read by now, oldest first."""
        return self.unread().filter(mailed_at=None).order_by("at", "pk")

    def read(self, now: datetime) -> int:
        return self.unread().update(read_at=now)

    def tell(
        self,
        users: Iterable[User],
        kind: str,
        text: str,
        *,
        by: Any,
        now: datetime,
        by_mail: bool = True,
        **about: Any,
    ) -> None:
        """One sentence for each of them, but for whoever caused it and for accounts that are
        closed. What stands below the first line is said in addition. about: `article`,
        `section`."""
        told = {user for user in users if user.is_active and user != by}
        if told:
            self.bulk_create(
                [self.model(user=u, kind=kind, text=text, by=by, at=now, **about) for u in told]
            )
        for user in sorted(told, key=lambda user: user.pk):  # in one order: no deadlock
            if by_mail and user.email and (moment := Member.of(user).mail_at(now)):
                Job.objects.add(MAIL, str(user.pk), run_at=moment)


class Notice(models.Model):
    class Kind(models.TextChoices):
        ASSIGNMENT = "assignment"
        RETURN = "return", "returned"
        APPROVAL = "approval", "approved"
        MENTION = "mention"
        ADVICE = "advice"
        REMINDER = "reminder"
        RELEASE = "release", "release stopped"
        FAILURE = "failure"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, null=True, related_name="notices"
    )
    section = models.CharField(
        max_length=12, blank=True, choices=[(name, LABELS[name]) for name in SECTIONS]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # My desk and the mail ask for one person's, newest first.
            models.Index(fields=["user", "-at", "-id"], name="notice_of_user"),
            # Every page of the desk counts the unread ones of whoever looks at it.
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def headline(self) -> str:
        return self.text.strip().partition("\n")[0]

    @property
    def more(self) -> str:
        """What stands below the headline."""
        return self.text.strip().partition("\n")[2]

    @property
    def desk_url(self) -> str:
        """Where there is something to do about it."""
        if self.kind == self.Kind.FAILURE:
            return reverse("admin:trends_job_changelist")
        if not self.article_id:
            return reverse("admin:trends_notice_changelist")
        if self.kind == self.Kind.MENTION:
            url = reverse("admin:trends_article_notes", args=[self.article_id])
            return f"{url}?section={self.section}" if self.section else url
        url = reverse("admin:trends_article_change", args=[self.article_id])
        return f"{url}#section-{self.section}" if self.section else url
