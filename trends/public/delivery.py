"""How public answers travel: compressed, with a strong ETag for each encoding, or as 304."""

import gzip
import hashlib
import re
import time
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response, patch_vary_headers

from . import policy
from .errors import LATER, bad_request, not_allowed, unavailable
from .lasting import UNTIL

Middleware = Callable[[HttpRequest], HttpResponseBase]
# What no database takes: NUL, and half of a surrogate pair.
_BROKEN = re.compile(r"\0|%00|%ed%[ab][0-9a-f]", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*([a-z*]+)\s*(?:;\s*q=([0-9.]+)\s*)?", re.IGNORECASE)
OF_THE_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}
SHORT = 200  # bytes; compression would make it longer


def refuse_broken(get_response: Middleware) -> Middleware:
    """400 for an address that no page could even look up."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = request.path_info + "?" + request.META.get("QUERY_STRING", "")
        return bad_request(request) if _BROKEN.search(asked) else get_response(request)

    return answer


def keep_closed(get_response: Middleware) -> Middleware:
    """503 for everything while the site is in maintenance."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return unavailable(LATER) if settings.NEWSROOM_MAINTENANCE else get_response(request)

    return answer


def explain_refusals(get_response: Middleware) -> Middleware:
    """A page where Django answers 405 with nothing but the header."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_bare = isinstance(response, HttpResponseNotAllowed) and not response.content
        return not_allowed(response.headers["Allow"]) if is_bare else response

    return answer


def deliver(get_response: Middleware) -> Middleware:
    """Answers that shared caches may keep; all others pass as they are."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.headers.get("Cache-Control") != policy.REVALIDATED:
            return response
        assert isinstance(response, HttpResponse)
        until = request.META.get(UNTIL, float("inf"))
        for name, value in policy.for_cdn(until, time.time()).items():
            response.headers[name] = value
        compress(response, request.headers.get("Accept-Encoding", ""))
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
        response.headers["ETag"] = etag
        return unchanged(request, response) or response

    return answer


def unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """304 for a reader that has it. With all headers of the page: browsers put them in the place
    of those that they kept, so a policy without the page's own hashes would break it."""
    etag = response.headers["ETag"]
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is None or answer.status_code != 304:
        return answer
    for name, value in response.headers.items():
        if name not in OF_THE_BODY:
            answer.headers.setdefault(name, value)
    return answer


def compress(response: HttpResponse, accepted: str) -> None:
    """Encode the body in the best way that the reader takes."""
    patch_vary_headers(response, ["Accept-Encoding"])
    coding = best(accepted)
    if coding and len(response.content) > SHORT:
        response.content = CODINGS[coding](response.content)
        response.headers["Content-Encoding"] = coding
    response.headers["Content-Length"] = str(len(response.content))


def best(accepted: str) -> str:
    """The coding to use for an Accept-Encoding header; "" for none."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        match = _WEIGHT.fullmatch(part)
        if match:
            weights[match[1]] = weight(match[2])
    return next((name for name in CODINGS if weights.get(name, weights.get("*", 0)) > 0), "")


def weight(written: str | None) -> float:
    try:
        return float(written) if written else 1.0
    except ValueError:
        return 0.0


# The same bytes for the same page, as a strong ETag promises: gzip without its clock.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
