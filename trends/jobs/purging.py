"""The CDN in front of the site is told that pages changed: it drops what it keeps of them.

The worker looks with each round whether it has to be told (`look`), which costs a question or two.
Pages never wait for it, and while it can't be reached the job is tried again as any other.
"""

import json
from collections.abc import Callable
from datetime import datetime
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from ..models import Job, Purge
from .registry import handler

PURGE = "purge"
SECONDS = 10.0


class NotPurged(Exception):
    """The CDN did not do it."""


def look(now: datetime, *, anyway: bool = False) -> None:
    """Put the job on the list if it is due, or `anyway`: whoever starts again may have other
    templates, or another database. One that waits for its next attempt is left to wait."""
    if not settings.NEWSROOM_CDN_PURGE_URL:
        return
    if Job.objects.filter(kind=PURGE, given_up_at=None).exists():
        return
    if anyway or Purge.objects.is_due(now):
        Job.objects.add(PURGE, "", run_at=now)


@handler(PURGE, "Telling the CDN that pages changed", slow=True)
def purge(key: str, payload: dict[str, Any], now: datetime) -> Callable[[], None] | None:
    """Look first: what changes while it is told is told next time. Told twice does no harm."""
    if not settings.NEWSROOM_CDN_PURGE_URL:
        return None
    told = Purge.objects.look(now)
    tell()
    return told.save


def tell() -> None:
    """One POST; not through proxies of the environment, and to no other address."""
    parts = urlsplit(settings.NEWSROOM_CDN_PURGE_URL)
    assert parts.hostname
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, json.dumps(settings.NEWSROOM_CDN_PURGE_BODY), headers())
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotPurged(f"The CDN answered {status}.")


def headers() -> dict[str, str]:
    found = {"Content-Type": "application/json", "User-Agent": "Newsroom"}
    token, name = settings.NEWSROOM_CDN_PURGE_TOKEN, settings.NEWSROOM_CDN_PURGE_HEADER
    if token:
        found[name] = f"Bearer {token}" if name.lower() == "authorization" else token
    return found
