"""Typed reading of environment variables.

A wrong value is refused with one sentence: what is wrong, where, what to do. Secrets are never
repeated in it. An empty value counts as not set, as in container files.
"""

import difflib
import json
import os
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

Environ = Mapping[str, str]

ON = {"1", "true", "yes", "on"}
OFF = {"0", "false", "no", "off"}
HOST = re.compile(r"(\*|\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\])", re.IGNORECASE)


def wrong(name: str, problem: str, remedy: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {problem}: {remedy}.")


def text(name: str, default: str = "", *, environ: Environ = os.environ) -> str:
    return environ.get(name, "").strip() or default


def flag(name: str, *, default: bool, environ: Environ = os.environ) -> bool:
    value = text(name, "on" if default else "off", environ=environ).lower()
    if value not in ON | OFF:
        raise wrong(name, f"is {value!r}, which is neither on nor off", "write on or off")
    return value in ON


def number(name: str, default: int, *, low: int, high: int, environ: Environ = os.environ) -> int:
    value = text(name, str(default), environ=environ)
    if not re.fullmatch(r"[0-9]{1,12}", value) or not low <= int(value) <= high:
        raise wrong(name, f"is {value!r}", f"write a whole number from {low} to {high}")
    return int(value)


def choice(
    name: str, options: Collection[str], default: str, *, environ: Environ = os.environ
) -> str:
    value = text(name, default, environ=environ).lower()
    if value not in options:
        raise wrong(name, f"is {value!r}, which is not a choice", f"write {either(options)}")
    return value


def items(name: str, default: str = "", *, environ: Environ = os.environ) -> list[str]:
    """The parts of a comma list, without blanks and empty parts."""
    parts = text(name, default, environ=environ).split(",")
    return [part.strip() for part in parts if part.strip()]


def hosts(name: str, default: str, *, environ: Environ = os.environ) -> list[str]:
    found = [host.lower() for host in items(name, default, environ=environ)]
    for host in found:
        if not HOST.fullmatch(host):
            remedy = "write names only, with commas between, such as news.example.org"
            raise wrong(name, f"holds {host!r}, which is not a host name", remedy)
    return found


def levels(name: str, options: Collection[str], *, environ: Environ = os.environ) -> dict[str, str]:
    """`code=level,code=level` as a dictionary; each level is one of the options."""
    pairs = [part.partition("=") for part in items(name, environ=environ)]
    for code, sign, level in pairs:
        if not (code.strip() and sign and level.strip() in options):
            remedy = f"write code=level, the level being {either(options)}"
            raise wrong(name, f"holds {code + sign + level!r}", remedy)
    return {code.strip(): level.strip() for code, _, level in pairs}


def origin(name: str, default: str = "", *, environ: Environ = os.environ) -> str:
    """A public origin without a final slash: scheme, host and perhaps a port; nothing behind."""
    value = text(name, default, environ=environ).rstrip("/").lower()
    if value and not is_origin(value):
        remedy = "write scheme and host only, such as https://news.example.org"
        raise wrong(name, f"is {value!r}", remedy)
    return value


def is_origin(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port else ""
    whole = f"{parts.scheme}://{netloc}"
    return parts.scheme in ("http", "https") and value == whole and bool(host)


def email(name: str, *, environ: Environ = os.environ) -> str:
    value = text(name, environ=environ)
    if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", value):
        raise wrong(name, f"is {value!r}", "write an e-mail address, such as desk@example.org")
    return value


def contact(name: str, *, environ: Environ = os.environ) -> str:
    """How to reach somebody, as a URI: an e-mail address as mailto:, else an https address."""
    value = text(name, environ=environ)
    if value.startswith("https://"):
        return address(name, environ=environ)
    value = email(name, environ={name: value.removeprefix("mailto:")})
    return f"mailto:{value}" if value else ""


def address(name: str, *, environ: Environ = os.environ) -> str:
    """A whole https address."""
    value = text(name, environ=environ)
    if value and not re.fullmatch(r"https://[^\s/?#]+[^\s]*", value):
        raise wrong(name, f"is {value!r}", "write an address that begins with https://")
    return value


def endpoint(name: str, *, environ: Environ = os.environ) -> str:
    """Where a program of one's own or a service is told something: an http or https address."""
    value = text(name, environ=environ)
    if value and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s#]*)?", value):
        raise wrong(name, "is no address", "write one that begins with https:// or http://")
    return value


def zone(name: str, default: str, *, environ: Environ = os.environ) -> str:
    value = text(name, default, environ=environ)
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        remedy = "write a name of the time zone database, such as Europe/Berlin"
        raise wrong(name, f"is {value!r}, which is no time zone", remedy) from None


def language(name: str, default: str, *, environ: Environ = os.environ) -> str:
    value = text(name, default, environ=environ).lower().replace("_", "-")
    if value not in dict(global_settings.LANGUAGES):
        remedy = "write the code of a language that Django speaks, such as en, en-gb or de"
        raise wrong(name, f"is {value!r}", remedy)
    return value


def proxy_header(name: str, *, environ: Environ = os.environ) -> tuple[str, str] | None:
    """The header that a proxy sets to https, as Django wants it: X-Forwarded-Proto gives
    ("HTTP_X_FORWARDED_PROTO", "https")."""
    value = header(name, environ=environ)
    return (value, "https") if value else None


def header(name: str, *, environ: Environ = os.environ) -> str:
    """The name of a request header as Django keeps it: X-Real-IP gives "HTTP_X_REAL_IP"."""
    value = header_name(name, environ=environ)
    return "HTTP_" + value.upper().replace("-", "_") if value else ""


def header_name(name: str, default: str = "", *, environ: Environ = os.environ) -> str:
    value = text(name, default, environ=environ)
    if not re.fullmatch(r"[A-Za-z0-9-]*", value):
        raise wrong(name, f"is {value!r}", "write a header's name, such as X-Forwarded-Proto")
    return value


def storage(
    backend_name: str,
    options_name: str,
    backend: str,
    options: Mapping[str, Any],
    *,
    environ: Environ = os.environ,
) -> dict[str, Any]:
    """An entry of STORAGES from two variables. The default options belong to the default backend:
    another one starts without any."""
    named = text(backend_name, backend, environ=environ)
    if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", named):
        remedy = "write the dotted path of a class, such as storages.backends.s3.S3Storage"
        raise wrong(backend_name, f"is {named!r}", remedy)
    given = json_object(options_name, environ=environ)
    return {"BACKEND": named, "OPTIONS": dict(options if named == backend else {}) | given}


def json_object(
    name: str, default: Mapping[str, Any] | None = None, *, environ: Environ = os.environ
) -> dict[str, Any]:
    """Its value is not repeated in a refusal: it may hold keys."""
    remedy = 'write an object, such as {"bucket_name": "pictures"}'
    try:
        value = json.loads(text(name, json.dumps(default or {}), environ=environ))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise wrong(name, f"is not JSON (look at {place})", remedy) from None
    if not isinstance(value, dict):
        raise wrong(name, "is JSON, but not an object", remedy)
    return value


def refuse_unknown(prefix: str, known: Collection[str], *, environ: Environ = os.environ) -> None:
    """A misspelt variable would silently leave its default in force."""
    for name in sorted(environ):
        if name.startswith(prefix) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            remedy = f"did you mean {near[0]}?" if near else "see docs/running.md for the names"
            raise ImproperlyConfigured(f"{name} is not a setting of this site: {remedy}")


def either(options: Collection[str]) -> str:
    first = list(options)
    return f"{', '.join(first[:-1])} or {first[-1]}"
