"""What all addresses of the API have in common: they are read, by programs of any site."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from ..one_moment import of_one_moment
from ..problems import open_to_all, problem
from .asked import faults_of, refused

METHODS = "GET, HEAD, OPTIONS"
A_DAY = "86400"
ANYTHING = "*"
View = Callable[..., HttpResponse]


def reads(*known: str) -> Callable[[View], View]:
    """A view that only reads. `known`: the parameters that it takes; ANYTHING for all."""

    def decorate(view: View) -> View:
        whole = of_one_moment(view)

        @csrf_exempt  # else a POST would be told that a token is missing
        @wraps(view)
        def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return preflight()
            if request.method not in ("GET", "HEAD"):
                return not_allowed()
            if ANYTHING not in known and (wrong := faults_of(request, known)):
                return refused(wrong)
            try:
                return open_to_all(whole(request, *args, **kwargs))
            except Http404:
                return unknown_name(request)

        return reading

    return decorate


def preflight() -> HttpResponse:
    """What a browser asks before a script of another site may send If-None-Match."""
    response = open_to_all(HttpResponse(status=HTTPStatus.NO_CONTENT))
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = A_DAY
    return response


def not_allowed() -> HttpResponse:
    detail = "This API only reads: use GET."
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail)
    response.headers["Allow"] = METHODS
    return response


def unknown_name(request: HttpRequest) -> HttpResponse:
    """404: unknown and hidden alike, byte for byte."""
    return problem(HTTPStatus.NOT_FOUND, "There is nothing here. The API begins at /api/v1/.")
