"""What has changed since a cursor."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from .tables import SITE


class Change(NamedTuple):
    """The next `cursor`, and the keys (tables.py) of what changed; None: anything may have."""

    cursor: Any
    keys: frozenset[str] | None

    @classmethod
    def of(cls, cursor: Any, keys: Iterable[str | None], *, is_whole: bool) -> "Change":
        """`is_whole`: these are all keys. None is that of an edition that is gone."""
        found = frozenset(key for key in keys if key)
        return cls(cursor, found if is_whole and SITE not in found else None)
