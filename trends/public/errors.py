"""Pages for what went wrong. None of them says what was asked for, nor asks the database."""

import logging

from django.http import HttpRequest, HttpResponse

from ..models import Edition
from . import policy
from .context import bare, render_page

logger = logging.getLogger(__name__)
PLAIN = "<!doctype html><title>Something broke</title><h1>Something broke on our side</h1>"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: unknown and hidden alike, byte for byte."""
    return render_page("not_found.html", bare(), status=404)


def gone(edition: Edition) -> HttpResponse:
    """410 of a piece that was removed or that ended. The page gets no more than the sentence
    that an end leaves."""
    left = Edition(kind=edition.kind, notice=edition.notice) if edition.notice else None
    return render_page("gone.html", bare() | {"edition": left}, status=410)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent can't be read."""
    return _private(render_page("bad_request.html", bare(), status=400))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. It comes even when templates or style sheets are what broke."""
    try:
        return _private(render_page("error.html", bare(), status=500))
    except Exception:
        logger.exception("The page for errors can't be shown either")
        return _private(HttpResponse(PLAIN, status=500))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = policy.PRIVATE
    return response
