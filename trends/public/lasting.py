"""What an answer says of itself to the page store, in the WSGI environ of its request: how long it
holds though no row changes, and of which piece it is a view."""

from collections.abc import MutableMapping
from datetime import datetime
from typing import Any

UNTIL, ARTICLE = "newsroom.until", "newsroom.article"
Environ = MutableMapping[str, Any]


def holds_until(environ: Environ, moment: datetime | None, now: datetime) -> None:
    """At `moment` the answer may be another one. Starts of editions, pins and days need not be
    said: the store knows them (store/watch.py)."""
    if moment and moment >= now:
        environ[UNTIL] = min(moment.timestamp(), environ.get(UNTIL, float("inf")))
