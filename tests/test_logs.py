"""What the site says on its console, and to the tools of a browser."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from newsroom.logs import Json, Plain

LOGGERS = ("newsroom", "django")


@pytest.fixture
def written(settings: Settings) -> Iterator[StringIO]:
    """As with NEWSROOM_LOG=json."""
    settings.MIDDLEWARE = ["newsroom.requests.log_requests", *settings.MIDDLEWARE]
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Json())
    for name in LOGGERS:
        logging.getLogger(name).addHandler(handler)
    yield out
    for name in LOGGERS:
        logging.getLogger(name).removeHandler(handler)


def test_a_request_is_one_line_that_tells_nothing_of_whoever_asks(
    client: Client, written: StringIO, db: None
) -> None:
    """Nor what lets somebody in."""
    client.get("/trends/?q=a+secret+search", headers={"user-agent": "Otto's browser"})
    client.get("/preview/topsecret/?x=1")
    client.get("/admin/reset/MQ/topsecret-reset/")
    client.get("/healthz")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    ours = [line for line in lines if line["logger"] == "newsroom.requests"]
    assert [(line["method"], line["path"], line["status"]) for line in ours] == [
        ("GET", "/trends/", 200), ("GET", "/preview/…", 404), ("GET", "/admin/reset/…", 200),
    ]  # fmt: skip
    assert all(line["duration_ms"] >= 0 and line["time"].endswith("Z") for line in ours)
    (missed,) = (line for line in lines if line["logger"] == "django.request")
    assert (missed["level"], missed["message"]) == ("WARNING", "Not Found: /preview/…")
    for word in ("secret", "Otto", "127.0.0.1"):
        assert word not in written.getvalue()


def record(message: str, *arguments: Any, exc_info: Any = None) -> logging.LogRecord:
    return logging.LogRecord("trends", logging.ERROR, "", 0, message, arguments, exc_info)


def test_an_exception_stays_in_its_line() -> None:
    try:
        raise ValueError("two\nlines of “text” at /preview/topsecret/")
    except ValueError:
        broken = record("It broke in %s", "the worker", exc_info=sys.exc_info())
    line = Json().format(broken)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["message"]) == ("ERROR", "It broke in the worker")
    assert "lines of “text”" in said["exception"]
    assert "topsecret" not in line + Plain().format(broken)


def test_how_long_it_took_is_told_to_staff_at_the_desk_alone(
    client: Client, settings: Settings, pam: User
) -> None:
    assert "Server-Timing" not in client.get("/admin/login/")
    settings.MIDDLEWARE = ["newsroom.requests.server_timing", *settings.MIDDLEWARE]
    paths = ("/", "/healthz", "/nowhere/", "/admin/login/", "/admin/")
    assert not any("Server-Timing" in Client().get(path) for path in paths)
    desk = Client()
    desk.force_login(pam)
    said = desk.get("/admin/trends/topic/")["Server-Timing"]
    assert "db;dur=" in said
    assert ", total;dur=" in said
    assert "0 queries" not in said.replace("10 queries", "")
    assert "Server-Timing" not in desk.get("/trends/")
