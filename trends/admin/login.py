"""The way into the desk: every try is written down, and after some that failed there is a wait."""

import math
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest
from django.utils import timezone

from ..models import Access, two_factor
from .times import zone_line

FORGOT = " If you forgot the password, have a link sent to you."


def address_of(request: HttpRequest | None) -> str:
    """Where a request comes from: what the nearest proxy says, where one is set. "" if unknown."""
    header = settings.NEWSROOM_PROXY_ADDRESS_HEADER or "REMOTE_ADDR"
    said = request.META.get(header, "").split(",")[-1].strip() if request else ""
    try:
        return str(ip_address(said))
    except ValueError:
        return ""


def is_shared(address: str) -> bool:
    """A proxy on this machine that does not say for whom it asks."""
    return bool(address) and ip_address(address).is_loopback


def begin_try(request: HttpRequest | None, name: str, kind: str = "") -> Access:
    """The row of a try that counts as failed until it has become something else. Raises
    ValidationError when there is a wait."""
    now, address = timezone.now(), address_of(request)
    shared = is_shared(address)
    row = Access.objects.begin(name, address, now=now, is_shared=shared, kind=kind)
    if row.wait_until:
        forgot = "" if kind == Access.Kind.CODE else FORGOT
        raise forms.ValidationError(wait_words(row.wait_until, now) + forgot, code="wait")
    return row


class LoginForm(AdminAuthenticationForm):
    """Says the same of accounts that there are and of those that there are not."""

    def clean(self) -> dict[str, Any]:
        name, password = (self.cleaned_data.get(field) for field in ("username", "password"))
        if not name or not password:
            return dict(super().clean())
        row = begin_try(self.request, name)
        data = dict(super().clean())
        user = self.get_user()
        row.become(Access.Kind.FIRST_STEP if two_factor.has(user) else Access.Kind.LOGIN, user)
        return data


def wait_words(until: datetime, now: datetime) -> str:
    minutes = math.ceil((until - now).total_seconds() / 60)
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    at = timezone.localtime(until)
    at_clock = f"{at:%H:%M:%S} ({zone_line(now)})"
    return f"Too many tries have failed. Try again in {wait}, after {at_clock}."
