"""What tells production from a machine of one's own, and what production refuses.

There is no switch that one could forget: a site that answers to any other name than loopback ones
is in production.
"""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http.request import split_domain_port, validate_host

from newsroom.env import wrong

KEY_LENGTH = 50
# Beginnings of keys that stand in project templates and tutorials, and so are known to all.
KNOWN_KEYS = ("django-insecure", "change-me", "changeme", "change_me", "secret")
NEW_KEY = (
    "write one that `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` gives, "
    "and keep it to yourself"
)


def is_local(hosts: Sequence[str]) -> bool:
    return bool(hosts) and all(is_loopback(host) for host in hosts)


def is_loopback(host: str) -> bool:
    if host in ("localhost", ".localhost") or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_unsafe(
    *, secret_key: str, debug: bool, hosts: Sequence[str], base_url: str, https: bool
) -> None:
    """Raise for the first thing that no public site may have."""
    if "*" in hosts:
        remedy = "name each host, or write .example.org for all its subdomains"
        raise wrong("DJANGO_ALLOWED_HOSTS", "holds *, which lets anybody name this site", remedy)
    if debug:
        raise wrong("DJANGO_DEBUG", "is on, which shows settings to readers", "leave it out")
    refuse_weak(secret_key)
    refuse_elsewhere(base_url, hosts=hosts, https=https)


def refuse_weak(secret_key: str) -> None:
    if not secret_key:
        raise wrong("DJANGO_SECRET_KEY", "is missing", NEW_KEY)
    if secret_key.lower().startswith(KNOWN_KEYS):
        raise wrong("DJANGO_SECRET_KEY", "begins like a key that everybody knows", NEW_KEY)
    if len(secret_key) < KEY_LENGTH or len(set(secret_key)) < 10:
        problem = f"is too easy to guess (under {KEY_LENGTH} characters, or few different ones)"
        raise wrong("DJANGO_SECRET_KEY", problem, NEW_KEY)


def refuse_elsewhere(base_url: str, *, hosts: Sequence[str], https: bool) -> None:
    """Feeds, mails and canonical links are made from the base address: readers must get there."""
    name = "NEWSROOM_BASE_URL"
    parts = urlsplit(base_url)
    if not base_url:
        raise wrong(name, "is missing", "write the public address, as https://news.example.org")
    if https and parts.scheme != "https":
        remedy = "write https:// there, or NEWSROOM_HTTPS=off for a site without encryption"
        raise wrong(name, "does not begin with https://", remedy)
    if not validate_host(split_domain_port(parts.netloc)[0], list(hosts)):
        raise wrong(name, "names a host that is not allowed", "add it to DJANGO_ALLOWED_HOSTS")
