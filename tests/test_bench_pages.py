"""`manage.py bench pages`: it asks each kind of page and prints its line. No time is asserted."""

import io
import re
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

pytestmark = pytest.mark.django_db
KINDS = (
    "front page", "list of trends", "trend", "topic", "author", "month", "search",
    "sitemap of a month", "archive", "corrections", "feed", "sitemap", "sitemap of lists",
)  # fmt: skip


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Client does: a request that ends would close the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def bench(*arguments: str) -> str:
    out = io.StringIO()
    call_command("bench", "pages", *arguments, "--seconds", "0", stdout=out)
    return out.getvalue()


def test_every_kind_of_page_has_a_line() -> None:
    call_command("make_archive", "2", stdout=io.StringIO())
    said = bench()
    lines = dict(re.findall(r"^(\S.*?) +\d+\.\d\d +\d+\.\d\d +(\d+) +\d+\.\d$", said, re.MULTILINE))
    assert tuple(lines) == KINDS
    assert lines["trend"] == "4"
    assert "2 live trends" in said


def test_a_page_that_is_not_there_is_told() -> None:
    with pytest.raises(CommandError, match="/nowhere/ answers 404"):
        bench("/nowhere/")
