"""Pages for what went wrong. None of them says what was asked for."""

import logging
import sys
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Edition
from . import policy
from .context import Context, bare, render_page
from .problems import is_api, problem

logger = logging.getLogger(__name__)
PLAIN = "<!doctype html><title>Something broke</title><h1>Something broke on our side</h1>"
LATEST = 5
SOON, LATER = 30, 600  # seconds until a reader, or a robot, had better come again


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: unknown and hidden alike, byte for byte. One query: what readers may read instead."""
    return render_page("not_found.html", bare() | ways_on(), status=404)


def gone(edition: Edition) -> HttpResponse:
    """410 of a piece that was removed or that ended. The page gets no more than the sentence
    that an end leaves. One query."""
    left = Edition(kind=edition.kind, notice=edition.notice) if edition.notice else None
    return render_page("gone.html", bare() | ways_on() | {"edition": left}, status=410)


def ways_on() -> Context:
    now = timezone.now()
    return {"editions": list(Edition.objects.live(now).newest_first().with_topics()[:LATEST])}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent can't be read."""
    if is_api(request):
        return problem(HTTPStatus.BAD_REQUEST, "This can't be read.")
    return _private(render_page("bad_request.html", bare(), status=400))


def not_allowed(allowed: str) -> HttpResponse:
    """405. `allowed`: the methods that the address takes, as in the Allow header (RFC 9110)."""
    response = _private(render_page("not_allowed.html", bare(), status=405))
    response.headers["Allow"] = allowed
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it is the database that is away. Neither asks it; and a page comes even
    when templates or style sheets are what broke."""
    is_down = is_away(sys.exception())
    if is_api(request):
        return _api_problem(is_down)
    try:
        if is_down:
            return unavailable(SOON)
        return _private(render_page("error.html", bare(), status=500))
    except Exception:
        logger.exception("The page for errors can't be shown either")
        return _private(HttpResponse(PLAIN, status=500))


def _api_problem(is_down: bool) -> HttpResponse:
    if not is_down:
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something broke on our side.")
    response = problem(HTTPStatus.SERVICE_UNAVAILABLE, "The database can't be reached now.")
    response.headers["Retry-After"] = str(SOON)
    return response


def is_away(error: BaseException | None) -> bool:
    """Whether the database can't be reached, or not now. SQLite also calls it operational when a
    table is missing, which no waiting mends."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"


def unavailable(seconds: int) -> HttpResponse:
    """503, for so many seconds."""
    context = bare() | {"is_planned": settings.NEWSROOM_MAINTENANCE}
    response = _private(render_page("unavailable.html", context, status=503))
    response.headers["Retry-After"] = str(seconds)
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = policy.PRIVATE
    return response
