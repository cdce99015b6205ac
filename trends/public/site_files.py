"""Small files at fixed addresses, which machines look for: no query.

robots.txt (RFC 9309), security.txt (RFC 9116), what machines may do with the texts, and which
links browsers may fetch before they are followed.
"""

import json
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from . import ai_policy, policy
from .context import absolute, document
from .errors import not_found
from .structured_data import language

# RFC 9116 asks for less than a year.
TRUSTED = timedelta(days=180)
# Pages with something to read. What carries parameters is left alone: lists of a filter or a
# search are many, and few of them are opened.
READ = ["/", "/trends/:slug/", "/topics/:slug/", "/authors/:slug/"]
PREFETCHED = {
    "prefetch": [
        {
            "where": {"href_matches": [{"pathname": path, "search": ""} for path in READ]},
            "eagerness": "moderate",  # when a pointer rests on a link, or presses it
        }
    ]
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Lists that a filter or a search gives may be asked for, as only so their "noindex" is read;
    shared links may not, since nobody must even look at what is not public."""
    shut = [reverse("admin:index"), reverse("shared", args=["x"]).removesuffix("x/")]
    maps = [reverse("sitemap"), reverse("news_sitemap")]
    lines = [
        "User-agent: *",
        "Allow: /",
        *(f"Disallow: {path}" for path in shut),
        *(f"Sitemap: {absolute(path)}" for path in maps),
    ]
    return plain(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    if not settings.NEWSROOM_SECURITY_CONTACT:
        return not_found(request)
    fields = {
        "Contact": settings.NEWSROOM_SECURITY_CONTACT,
        "Expires": f"{midnight(timezone.now()) + TRUSTED:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": language(),
        "Canonical": absolute(reverse("security")),
        "Policy": settings.NEWSROOM_SECURITY_POLICY,
    }
    return plain([f"{name}: {value}" for name, value in fields.items() if value])


def midnight(now: datetime) -> datetime:
    """The file stays the same for a day, so that readers can be told 304."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@require_safe
def tdmrep(request: HttpRequest) -> HttpResponse:
    return document(json.dumps(ai_policy.tdmrep()), "application/json")


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    return document(ai_policy.rsl(), ai_policy.RSL)


@require_safe
def speculation_rules(request: HttpRequest) -> HttpResponse:
    response = document(json.dumps(PREFETCHED), "application/speculationrules+json")
    response.headers["Cache-Control"] = policy.A_DAY
    return response


def plain(lines: list[str]) -> HttpResponse:
    return document("\n".join(lines) + "\n", "text/plain")
