"""What a request cost: a line of the log, and `Server-Timing` for the tools of a browser
(https://www.w3.org/TR/server-timing/). Each is a middleware that stands only where it is asked
for."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from trends.public.probes import PROBES

Middleware = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)


def log_requests(get_response: Middleware) -> Middleware:
    """Probes come every few seconds and are logged only when they say no."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        if request.path_info not in PROBES or response.status_code >= 400:
            took = round((time.perf_counter() - began) * 1000, 1)
            extra = {"request": request, "duration_ms": took, "status_code": response.status_code}
            logger.info("%s %s", request.method, request.path, extra=extra)
        return response

    return answer


class Stopwatch:
    """Of all queries of a request; a wrapper as connection.execute_wrapper() takes it."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1


def server_timing(get_response: Middleware) -> Middleware:
    def answer(request: HttpRequest) -> HttpResponseBase:
        began, database = time.perf_counter(), Stopwatch()
        with connection.execute_wrapper(database):
            response = get_response(request)
        if may_know(request):
            took = (time.perf_counter() - began) * 1000
            said = f'db;dur={database.seconds * 1000:.1f};desc="{database.queries} queries"'
            response.headers["Server-Timing"] = f"{said}, total;dur={took:.1f}"
        return response

    return answer


def may_know(request: HttpRequest) -> bool:
    """Staff at the desk. Not on public pages, which shared caches keep for everybody, and where
    to ask who it is would cost queries that readers don't pay."""
    match, user = request.resolver_match, getattr(request, "user", None)
    is_desk = match is not None and match.route.startswith("admin/")
    return settings.DEBUG or bool(is_desk and user and user.is_staff)
