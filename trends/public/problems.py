"""Errors of the API as "problem details" (RFC 9457): what is wrong, where, what to do."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from . import policy

API = "/api/"
# What may be kept by caches, as the pages of the same status are.
KEPT = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)


def problem(
    status: HTTPStatus, detail: str, *, errors: Sequence[dict[str, Any]] = ()
) -> HttpResponse:
    """`errors`: one for each parameter, {"parameter", "message"} and perhaps "allowed"."""
    found: dict[str, Any] = {
        "type": "about:blank", "title": status.phrase, "status": status, "detail": detail,
    }  # fmt: skip
    if errors:
        found["errors"] = errors
    response = HttpResponse(
        json.dumps(found, ensure_ascii=False),
        content_type="application/problem+json",
        status=status,
    )
    kept = status in KEPT
    response.headers["Cache-Control"] = policy.REVALIDATED if kept else policy.PRIVATE
    return open_to_all(response)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Scripts of any site may read it: it is the same for everybody."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
