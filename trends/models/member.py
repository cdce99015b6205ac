"""Member: what the desk keeps of a member of staff, beside Django's account."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from .job import next_at_hour

DIGEST = 7  # in the site's time zone
# Who comes back to My desk within this time has not been away.
AWAY = timedelta(minutes=30)
# What a newcomer is told of.
AT_FIRST = timedelta(days=7)


class Member(models.Model):
    class Mail(models.TextChoices):
        AT_ONCE = "at_once", "at once"
        DAILY = "daily", "once a day, at seven"
        NEVER = "never", "never: I look at My desk"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member"
    )
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.AT_ONCE)
    # When My desk was opened last, and since when what happened is news there.
    here_at = models.DateTimeField(null=True)
    news_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def of(cls, user: User) -> "Member":
        """Theirs; not saved, with the defaults, where none is kept yet. Asked once for each
        `user` object."""
        return getattr(user, "member", None) or cls(user=user)

    def arrive(self, now: datetime) -> datetime:
        """Somebody opens My desk: since when what happened is news. Looking again and again
        keeps the news; coming back from elsewhere ends them."""
        if self.here_at is None or now - self.here_at > AWAY:
            self.news_since = self.here_at or now - AT_FIRST
            self.here_at = now
            self.save()
        return self.news_since or now - AT_FIRST

    def mail_at(self, now: datetime) -> datetime | None:
        """When a notice of now is mailed; None for never."""
        if self.mail == self.Mail.NEVER:
            return None
        return now if self.mail == self.Mail.AT_ONCE else next_digest(now)


def next_digest(now: datetime) -> datetime:
    """The next seven o'clock in the site's time zone, after `now`."""
    return next_at_hour(DIGEST, now)
