"""What an answer says of itself to the page store, in the WSGI environ of its request: how long it
holds though no row changes, of which piece it is a view, and on which rows alone it hangs."""

from collections.abc import Collection, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

UNTIL, ARTICLE, ASKED = "newsroom.until", "newsroom.article", "newsroom.asked"
Environ = MutableMapping[str, Any]


def holds_until(environ: Environ, moment: datetime | None, now: datetime) -> None:
    """At `moment` the answer may be another one. Starts of editions, pins and days need not be
    said: the store knows them (store/watch.py)."""
    if moment and moment >= now:
        environ[UNTIL] = min(moment.timestamp(), environ.get(UNTIL, float("inf")))


@dataclass(frozen=True, slots=True)
class Asked:
    """Ids of all rows that an answer asked for, whether they were there or not, shown or not.
    `article`: the piece that it is about; whatever may be related to that need not be named."""

    article: int
    articles: Collection[int]
    authors: Collection[int]
    topics: Collection[int]
    images: Collection[int]


def depends_on(environ: Environ, **ids: Any) -> None:
    """Nothing but a change of one of these rows (those of Asked) makes the answer another one.
    What does not call this hangs on everything that the public side shows."""
    environ[ASKED] = Asked(**ids)
