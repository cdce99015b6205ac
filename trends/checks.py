"""System checks: what a deployer can misconfigure is said at start, with what to do."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.files.storage import storages
from PIL import ImageFont

from .public import policy
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
            ImageFont.truetype(path, 24)
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
