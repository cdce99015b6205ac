"""System checks: what a deployer can misconfigure is said at start, with what to do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.files.storage import storages
from django.db import connections

from .models import by_trigger, invalidation, search_index
from .public import policies, policy, typeface
from .readiness import RULES


@register()
def readiness_levels(**_: Any) -> Sequence[CheckMessage]:
    """trends.E001, E002: NEWSROOM_READINESS_LEVELS names rules that exist and may be changed."""
    found: list[CheckMessage] = []
    for code in settings.NEWSROOM_READINESS_LEVELS:
        if code not in RULES:
            hint = "docs/readiness.md lists the codes."
            message = f"NEWSROOM_READINESS_LEVELS names “{code}”, which is no readiness rule."
            found.append(Error(message, hint=hint, id="trends.E001"))
        elif RULES[code].final:
            message = f"NEWSROOM_READINESS_LEVELS changes “{code}”, which always blocks."
            found.append(Error(message, hint="Take it out.", id="trends.E002"))
    return found


@register()
def card_font(**_: Any) -> Sequence[CheckMessage]:
    """trends.E003: NEWSROOM_CARD_FONT is a typeface that can be opened."""
    path = settings.NEWSROOM_CARD_FONT
    try:
        if path:
            typeface.face(24)
    except (OSError, ValueError) as error:
        message = f"NEWSROOM_CARD_FONT is “{path}”, which can’t be opened as a typeface: {error}."
        hint = "Write the whole path of a TTF or OTF file that this user may read."
        return [Error(message, hint=hint, id="trends.E003")]
    return []


@register()
def picture_storages(**_: Any) -> Sequence[CheckMessage]:
    """trends.E004: the storages of pictures can be made; trends.E005: readers can reach them."""
    found: list[CheckMessage] = []
    for alias, prefix in {"default": "NEWSROOM_MEDIA", "originals": "NEWSROOM_ORIGINALS"}.items():
        try:
            storages[alias]
        except Exception as error:  # whatever a backend says of its options
            message = f"{prefix}_BACKEND can’t be used: {error}"
            hint = f"Look at {prefix}_BACKEND and {prefix}_OPTIONS; is the package installed?"
            found.append(Error(message, hint=hint, id="trends.E004"))
    return found or _reachable()


def _reachable() -> Sequence[CheckMessage]:
    try:
        policy.media_origin()
    except Exception as error:
        message = f"The storage of NEWSROOM_MEDIA_BACKEND gives no web addresses: {error}"
        hint = "Name the public address in NEWSROOM_MEDIA_OPTIONS; docs/running.md shows how."
        return [Error(message, hint=hint, id="trends.E005")]
    return []


@register()
def templates_folder(**_: Any) -> Sequence[CheckMessage]:
    """trends.E006: NEWSROOM_TEMPLATES_DIR is a folder."""
    name = settings.NEWSROOM_TEMPLATES_DIR
    if not name or Path(settings.BASE_DIR, name).is_dir():
        return []
    message = f"NEWSROOM_TEMPLATES_DIR is “{name}”, where there is no folder."
    hint = "Make the folder, or name the one that holds the templates you have written."
    return [Error(message, hint=hint, id="trends.E006")]


@register(deploy=True)
def policy_gaps(**_: Any) -> Sequence[CheckMessage]:
    """trends.W001: the policies say what only the site can say; W002: readers can write to it."""
    found: list[CheckMessage] = []
    gaps = [f"{template}: {wanted}" for template, wanted in policies.gaps()]
    if gaps:
        message = "Pages about this publication have gaps:\n    " + "\n    ".join(gaps)
        hint = "Write them in a folder of your own, NEWSROOM_TEMPLATES_DIR: docs/policies.md."
        found.append(Warning(message, hint=hint, id="trends.W001"))
    if not settings.NEWSROOM_CONTACT:
        message = "Readers are told to report errors, but not where."
        found.append(Warning(message, hint="Set NEWSROOM_CONTACT.", id="trends.W002"))
    return found


@register(deploy=True)
def security_contact(**_: Any) -> Sequence[CheckMessage]:
    """trends.W011: whoever finds a hole in a public site can tell somebody."""
    if settings.LOCAL or settings.NEWSROOM_SECURITY_CONTACT:
        return []
    message = "NEWSROOM_SECURITY_CONTACT is not set, so /.well-known/security.txt is not there."
    hint = "Write the e-mail address, or the https address of a form, to which holes are reported."
    return [Warning(message, hint=hint, id="trends.W011")]


@register()
def cdn(**_: Any) -> Sequence[CheckMessage]:
    """trends.E007: what is said about purging a CDN says where; W014: and who asks for it."""
    url, token = settings.NEWSROOM_CDN_PURGE_URL, settings.NEWSROOM_CDN_PURGE_TOKEN
    if token and not url:
        message = "NEWSROOM_CDN_PURGE_TOKEN is set and NEWSROOM_CDN_PURGE_URL is not."
        hint = "Write the address at which your CDN is told to drop pages, or take the token out."
        return [Error(message, hint=hint, id="trends.E007")]
    if url.startswith("https:") and not token:
        message = "NEWSROOM_CDN_PURGE_URL is set without NEWSROOM_CDN_PURGE_TOKEN."
        hint = "Write the key with which your CDN lets you purge; else it keeps what is old."
        return [Warning(message, hint=hint, id="trends.W014")]
    return []


@register(Tags.database)
def every_letter_fits(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """trends.E008: a database of PostgreSQL holds UTF-8. `migrate` stops at it, before there is a
    table: later the first word that is searched for or published would."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
        if encoding != "UTF8":
            message = f"The database’s encoding is {encoding}: the site needs UTF8."
            hint = "Make another one: createdb --encoding UTF8 --template template0 NAME"
            found.append(Error(message, hint=hint, id="trends.E008"))
    return found


@register(Tags.database)
def search_index_is_there(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """trends.W003: the search index and the triggers that fill it. A warning, since `migrate`,
    which makes them, would stop at an error."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        known = by_trigger.is_migrated(connection, "0017_search")
        if known and (missing := search_index.missing(connection)):
            message = f"The search index lacks {', '.join(sorted(missing))}: it does not follow."
            hint = "Run `manage.py migrate`, which makes it anew and fills it."
            found.append(Warning(message, hint=hint, id="trends.W003"))
    return found


@register(Tags.database)
def changes_are_noted(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """trends.W013: the triggers without which the page store stays off. A warning, as W003."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        known = by_trigger.is_migrated(connection, invalidation.SINCE)
        if known and (missing := invalidation.missing(connection)):
            message = f"Changes are not noted: {', '.join(sorted(missing))}. The page store is off."
            hint = "Run `manage.py migrate`, which makes what is missing."
            found.append(Warning(message, hint=hint, id="trends.W013"))
    return found
