"""Handlers that only tests know."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from trends.jobs.registry import HANDLERS, Work, handler

Register = Callable[..., None]


@pytest.fixture
def register() -> Iterator[Register]:
    """register(work, slow=…): jobs of the kind "test" are done by that function."""
    before = dict(HANDLERS)
    HANDLERS.clear()

    def put(work: Work, kind: str = "test", **options: Any) -> None:
        handler(kind, "A test", **options)(work)

    yield put
    HANDLERS.clear()
    HANDLERS.update(before)
