"""The mail with a link that sets a password once: for a new account, or a forgotten password."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from ..models.names import name_of
from .registry import handler

LINK = "account_link"  # the kind of job; its key is the id of the account


@handler(LINK, "Mail with a link to set a password to account", slow=True, of_account=True)
def mail_link(key: str, payload: dict[str, Any], now: datetime) -> None:
    """The link is made here and stands nowhere else: it is good for one password, and for
    settings.PASSWORD_RESET_TIMEOUT seconds. Killed behind the sending, it is sent again."""
    user = User.objects.filter(pk=key, is_active=True).exclude(email="").first()
    if user is None:
        return
    is_new = not user.has_usable_password()
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(user)])
    context = {
        "site": settings.NEWSROOM_NAME,
        "name": name_of(user),
        "account": user.get_username(),
        "link": f"{settings.NEWSROOM_BASE_URL}{path}",
        "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        "is_new": is_new,
    }
    subject = f"{settings.NEWSROOM_NAME}: " + ("your account" if is_new else "set a new password")
    text = render_to_string("mail/account_link.txt", context)
    send_mail(subject, text, None, [user.email])
