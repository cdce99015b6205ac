"""`EMAIL_URL` → how mail leaves the site."""

from email.utils import formataddr
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from newsroom.env import wrong

Mailer = dict[str, Any]  # as in Django's MAILERS

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"smtp": 25, "smtps": 465}
SWITCHES = {"1": True, "on": True, "0": False, "off": False}
TIMEOUT = 10  # seconds


def mailer(url: str) -> Mailer:
    """`smtp://user:password@host:587?tls=1` (STARTTLS), `smtps://…` (TLS from the start),
    `file:///folder`, or `off`. The address is never repeated in an error: it holds a password."""
    if url == "off":
        return {"BACKEND": NO_MAIL, "OPTIONS": {}}
    try:
        parts = urlsplit(url)
        if parts.scheme == "file":
            return files(parts)
        if parts.scheme in PORTS:
            return smtp(parts)
    except ValueError:
        pass  # a bracket without its partner, a port that is no number
    raise refused("is not the address of a mail server")


def files(parts: SplitResult) -> Mailer:
    folder = unquote(parts.path)
    if parts.netloc or folder == "/" or not folder.startswith("/"):
        raise refused("names no folder: it takes three slashes, file:///folder")
    return {"BACKEND": FILES, "OPTIONS": {"file_path": folder}}


def smtp(parts: SplitResult) -> Mailer:
    if not parts.hostname or parts.path.strip("/"):
        raise refused("names no mail server")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    tls = query.pop("tls", "0")
    if query or tls not in SWITCHES:
        raise refused("may only have ?tls=1 or ?tls=0 behind the host")
    is_wrapped = parts.scheme == "smtps"
    if is_wrapped and SWITCHES[tls]:
        raise refused("asks for TLS twice: smtps:// begins with it, so leave ?tls=1 out")
    return {
        "BACKEND": SMTP,
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": SWITCHES[tls],
            "use_ssl": is_wrapped,
            "timeout": TIMEOUT,
        },
    }


def sender(address: str, *, name: str, base_url: str) -> str:
    """Who mails are from. Without an address, nobody at the site's own host, who reads no
    answers."""
    host = urlsplit(base_url).hostname or "localhost"
    return formataddr((name, address or f"no-reply@{host}"))


def refused(problem: str) -> ImproperlyConfigured:
    remedy = "write smtp://user:password@host:587?tls=1, smtps://…, file:///folder or off"
    return wrong("EMAIL_URL", problem, remedy)
