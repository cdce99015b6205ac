"""What every public page is told, and how it is answered.

Templates never get the request: a page is the same for everybody, so shared caches may keep it.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse

from ..text import is_cut, whole_sentences
from . import policy, styles

Context = dict[str, Any]
INDEX = "max-image-preview:large, max-snippet:-1"
NOINDEX = "noindex"
DESCRIPTION = 200  # characters of a description that search engines show


def absolute(path: str) -> str:
    """The full address of a path of this site; one that is full already stays."""
    return urljoin(settings.NEWSROOM_BASE_URL + "/", path)


def bare() -> Context:
    """What a page without an address of its own gets: errors. No query, no request."""
    return {
        "site_name": settings.NEWSROOM_NAME,
        "base_url": settings.NEWSROOM_BASE_URL,
        "contact": settings.NEWSROOM_CONTACT,
        "path": "",
        "canonical": "",
        "description": "",
        "styles": styles.sheet(),
        "placeholder": None,
        "feed_url": "",
        "structured_data": "",
        "social": None,
        "og_type": "website",
        "robots_meta": NOINDEX,
    }


def common(path: str, *, description: str, **changes: Any) -> Context:
    """The context that all pages share (`path` may carry a query), with the page's own changes."""
    own = {
        "path": path.partition("?")[0],
        "canonical": absolute(path),
        "description": description,
        "feed_url": absolute(reverse("feed")),
        "robots_meta": INDEX,
    }
    return bare() | own | changes


def brief(text: str) -> str:
    """As many of the first sentences as a description holds; "" when not even one fits."""
    first = whole_sentences(text[: 5 * DESCRIPTION], DESCRIPTION)
    return "" if is_cut(first) else first


def render_page(template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A public page, the same for everybody."""
    response = HttpResponse(render_to_string(f"trends/{template}", dict(context)), status=status)
    response.headers["Cache-Control"] = policy.REVALIDATED
    placeholder = context["placeholder"]
    source = placeholder.csp_source if placeholder else ""
    response.headers["Content-Security-Policy"] = policy.csp(source)
    return response


def document(content: str, content_type: str) -> HttpResponse:
    """A feed or a sitemap: any site may read it."""
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    response.headers["Cache-Control"] = policy.REVALIDATED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def moved(path: str) -> HttpResponse:
    """301, asked again each time: an address may move once more."""
    response = HttpResponsePermanentRedirect(path)
    response.headers["Cache-Control"] = policy.REVALIDATED
    return response
