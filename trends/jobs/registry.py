"""Which function does which kind of job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from ..models.job import next_at_hour

Work = Callable[[str, dict[str, Any], datetime], Any]
Next = Callable[[datetime], datetime]
AnyWork = TypeVar("AnyWork", bound=Work)


@dataclass(frozen=True, slots=True)
class Handler:
    work: Work
    label: str
    is_slow: bool
    next_at: Next | None
    is_of_account: bool


HANDLERS: dict[str, Handler] = {}


def handler(
    kind: str,
    label: str,
    *,
    slow: bool = False,
    next_at: Next | None = None,
    of_account: bool = False,
) -> Callable[[AnyWork], AnyWork]:
    """Register `work(key, payload, now)` for a kind of job; the label is for Administrators.

    It runs in one transaction with the end of its job: what it writes is written exactly once.
    What waits for others (mail, the network) is `slow`: it runs before that transaction, which
    would keep all who write on SQLite waiting, may happen twice, and returns a function for what
    is to be written with the end of the job (or None).
    `of_account`: its key is the id of an account, whose name can stand for it.
    `next_at(now)` makes it a job that comes back by itself, with the key "".
    """

    def register(work: AnyWork) -> AnyWork:
        HANDLERS[kind] = Handler(work, label, slow, next_at, of_account)
        return work

    return register


def daily(hour: int) -> Next:
    """Each day at that hour in the site's time zone."""
    return partial(next_at_hour, hour)


def hourly(now: datetime) -> datetime:
    return now + timedelta(hours=1)
