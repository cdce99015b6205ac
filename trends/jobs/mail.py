"""Mail of notices: one for a person, with all that is neither mailed nor read by now."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from ..models import Member, Notice
from ..models.names import name_of
from ..models.notice import MAIL
from .registry import handler

SHOWN = 50  # the rest is counted
LONGEST_SUBJECT = 150
NOUNS = {
    Notice.Kind.ASSIGNMENT: ("assignment", "assignments"),
    Notice.Kind.RETURN: ("piece returned", "pieces returned"),
    Notice.Kind.APPROVAL: ("approval", "approvals"),
    Notice.Kind.MENTION: ("mention", "mentions"),
    Notice.Kind.ADVICE: ("comment on a shared link", "comments on shared links"),
    Notice.Kind.REMINDER: ("reminder", "reminders"),
    Notice.Kind.RELEASE: ("release stopped", "releases stopped"),
    Notice.Kind.FAILURE: ("failed job", "failed jobs"),
}


@handler(MAIL, "Mail of notices to account", slow=True, of_account=True)
def mail_notices(key: str, payload: dict[str, Any], now: datetime) -> Callable[[], Any] | None:
    """The mail is sent first and marked with the end of the job. Killed in between, or with an
    answer of the mail server lost, it is sent again, with the same Message-ID unless something
    was added meanwhile; a mail that is marked was sent."""
    user = reader(key)
    if user is None:
        return None
    notices = list(Notice.objects.of(user).to_mail())
    if not notices:
        return None
    digest(user, notices).send()
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    return partial(rows.update, mailed_at=now)


def reader(key: str) -> User | None:
    """Nobody where the account is closed, has no address, wants no mail, or is gone; or where
    the site sends none: the notices stay in the desk."""
    user = User.objects.filter(pk=key, is_active=True, is_staff=True).exclude(email="").first()
    if user is None or not settings.SENDS_MAIL or Member.of(user).mail == Member.Mail.NEVER:
        return None
    return user


def digest(user: User, notices: list[Notice]) -> EmailMessage:
    context = {
        "name": name_of(user),
        "notices": notices[:SHOWN],
        "more": max(len(notices) - SHOWN, 0),
        "base": settings.NEWSROOM_BASE_URL,
        "all_url": reverse("admin:trends_notice_changelist"),
        "site": settings.NEWSROOM_NAME,
    }
    body = render_to_string("mail/notices.txt", context)
    headers = {"Message-ID": message_id(user, notices), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject(notices), body, to=[user.email], headers=headers)


def subject(notices: list[Notice]) -> str:
    """What it is about, where it is one thing; else how much of what."""
    if len(notices) == 1:
        said = " ".join(notices[0].headline.split()).removesuffix(".")
        return said if len(said) <= LONGEST_SUBJECT else f"{said[:LONGEST_SUBJECT]}…"
    counts = Counter(Notice.Kind(notice.kind) for notice in notices)
    parts = [f"{count} {NOUNS[kind][count > 1]}" for kind, count in counts.most_common()]
    return f"{settings.NEWSROOM_NAME}: {', '.join(parts)}"


def message_id(user: User, notices: list[Notice]) -> str:
    """The same for the same notices, so that a mail program can tell a mail sent twice."""
    what = f"{user.pk}:{','.join(str(notice.pk) for notice in notices)}"
    host = urlsplit(settings.NEWSROOM_BASE_URL).hostname
    return f"<notices-{sha256(what.encode()).hexdigest()[:32]}@{host}>"
