"""What the site says on its console: `NEWSROOM_LOG` → LOGGING.

plain is for people, json for what collects logs: one object a line. Neither has query strings,
addresses of readers, or the part of a link that lets somebody in.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

MODES = ("plain", "json")
# Who knows the rest of these addresses gets in: shared links, new passwords.
SECRET = re.compile(r"(/preview/|/admin/reset/)[^\s?\"'\\<>]+")


def logging_for(mode: str) -> dict[str, Any]:
    ours = {"handlers": ["console"], "level": "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": Plain}, "json": {"()": Json}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": mode}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"django": ours, "newsroom": ours, "trends": ours},
    }


class Plain(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("{levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return hidden(super().format(record))


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"time": at.replace("+00:00", "Z"), "level": record.levelname}
        said |= {"logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return hidden(json.dumps(said | of_request(record), ensure_ascii=False))


def of_request(record: logging.LogRecord) -> dict[str, Any]:
    """What Django's records of requests carry, and ours: method, path, status, duration_ms."""
    request, known = getattr(record, "request", None), vars(record)
    said = {}
    if isinstance(request, HttpRequest):
        said = {"method": request.method, "path": request.path}
    names = {"status_code": "status", "duration_ms": "duration_ms"}
    return said | {names[name]: known[name] for name in names if name in known}


def hidden(line: str) -> str:
    return SECRET.sub(r"\1…", line)
