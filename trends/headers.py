"""Security headers of every response, and the nonce of each request to the desk."""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from .public import policy

Middleware = Callable[[HttpRequest], HttpResponseBase]

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": (
        "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # What says nothing else is nobody's to keep.
    "Cache-Control": policy.PRIVATE,
}
DESK = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'nonce-{nonce}'",
        "style-src 'self' 'nonce-{nonce}'",
        "img-src {pictures} blob: data:",
        "frame-src 'self'",  # the live preview
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


def security_headers(get_response: Middleware) -> Middleware:
    """Stands first, so that no answer gets round it. What a view has set itself stays."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.csp_nonce = SimpleLazyObject(new_nonce)  # type: ignore[attr-defined]
        response = get_response(request)
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", csp(request))
        return response

    return answer


def csp(request: HttpRequest) -> str:
    match = request.resolver_match
    if match and match.route.startswith("admin/"):
        pictures = " ".join(policy.picture_sources())
        nonce = request.csp_nonce  # type: ignore[attr-defined]
        return DESK.format(nonce=nonce, pictures=pictures)
    return policy.csp()


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def csp_nonce(request: HttpRequest) -> dict[str, Any]:
    """For templates of the desk: <script nonce="{{ csp_nonce }}">."""
    return {"csp_nonce": getattr(request, "csp_nonce", "")}
