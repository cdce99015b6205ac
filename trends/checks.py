"""System checks: what a deployer can misconfigure is said at start, with what to do."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

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
