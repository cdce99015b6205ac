"""Sessions that have ended leave the database, once a day."""

from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings

from .registry import daily, handler


@handler("sessions", "Clearing out ended sessions", next_at=daily(4))
def clear_sessions(key: str, payload: dict[str, Any], now: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
