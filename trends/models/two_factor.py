"""Two-factor login: beside the password a code from an app on the own phone.

Table and codes are django-allauth's, which is installed where NEWSROOM_TWO_FACTOR asks for it.
It remembers in the cache which codes were used; here each process may have a cache of its own,
so the row remembers.
"""

from base64 import b64encode
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef

from .sessions import end_sessions

if apps.is_installed("allauth.mfa"):
    from allauth.core.internal.cryptokit import compare_user_code
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal import auth as totp
    from allauth.mfa.utils import decrypt

LAST = "last_used"  # in the data of a row: the number of the half minute whose code came last


def is_on() -> bool:
    return bool(settings.NEWSROOM_TWO_FACTOR != "off")


def has(user: Any) -> bool:
    """The user has set it up."""
    return is_on() and Authenticator.objects.filter(user=user, type="totp").exists()


def marked(users: Any) -> Any:
    """With `has_two_factor` on each."""
    theirs = Authenticator.objects.filter(user=OuterRef("pk"), type="totp")
    return users.annotate(has_two_factor=Exists(theirs))


def new_secret() -> str:
    """What the server and an app both know: 32 letters and digits."""
    return str(totp.generate_totp_secret())


def link_of(user: Any, secret: str) -> str:
    """The otpauth: address that apps understand."""
    return str(get_adapter().build_totp_url(user, secret))


def picture_of(link: str) -> str:
    """The link as a QR code: the address of a picture, which holds all of it."""
    svg = get_adapter().build_totp_svg(link)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def half_minute_of(secret: str, code: str) -> int | None:
    """The number of the half minute whose code this is; None if it is wrong, or too old."""
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=expected):
            return int(counter)
    return None


def turn_on(user: Any, secret: str, *, last: int) -> list[str]:
    """Set up with a secret that the user's app knows: it gave the code of the half minute `last`.
    The recovery codes."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # a second click waits
        turn_off(user)
        row = totp.TOTP.activate(user, secret).instance
        row.data[LAST] = last
        row.save()
        return renew_codes(user)


def renew_codes(user: Any) -> list[str]:
    """Ten recovery codes; those from before are good for nothing now."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user, type="recovery_codes").delete()
        return list(RecoveryCodes.activate(user).generate_codes())


def codes_left(user: Any) -> int:
    row = Authenticator.objects.get(user=user, type="recovery_codes")
    return len(RecoveryCodes(row).get_unused_codes())


def accepts(user: Any, code: str) -> bool:
    """A code of the app, or a recovery code: each is good once, on all processes together."""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user=user)
        for row in rows.order_by("-type"):  # "totp" is what most people enter
            check = _is_of_app if row.type == "totp" else _is_recovery
            if check(row, code):
                row.record_usage()
                return True
    return False


def turn_off(user: Any) -> None:
    Authenticator.objects.filter(user=user).delete()


def reset(user: Any) -> None:
    """Turned off, and who is in, is out: sessions that came through with a code are no better than
    others now."""
    with transaction.atomic():
        turn_off(user)
        end_sessions(user)


def _is_of_app(row: Any, code: str) -> bool:
    counter = half_minute_of(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST, 0):
        return False
    row.data[LAST] = counter
    row.save()
    return True


def _is_recovery(row: Any, code: str) -> bool:
    return bool(RecoveryCodes(row).validate_code(code))
