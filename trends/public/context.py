"""What every public page is told, and how it is answered.

Templates never get the request: a page is the same for everybody, so shared caches may keep it.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string

from ..paths import path_to
from ..text import is_cut, whole_sentences
from . import ai_policy, policy, styles
from .feed import MEDIA_TYPES, NAMES

Context = dict[str, Any]
INDEX = "max-image-preview:large, max-snippet:-1"
NOINDEX = "noindex"
# First parts of addresses.
TWINNED = {"", "trends", "topics", "authors", "corrections", "archive", "search", "about"}
MASTHEAD = ("trends", "topics", "search", "corrections", "about")
DESCRIPTION = 200  # characters of a description that search engines show


def absolute(path: str) -> str:
    """The full address of a path of this site; one that is full already stays."""
    if path.startswith("/") and path[1:2] != "/" and "/." not in path:  # as most are
        return f"{settings.NEWSROOM_BASE_URL}{path}"
    return urljoin(settings.NEWSROOM_BASE_URL + "/", path)


def bare() -> Context:
    """What a page without an address of its own gets: errors. No query, no request."""
    return {
        "site_name": settings.NEWSROOM_NAME,
        "base_url": settings.NEWSROOM_BASE_URL,
        "contact": settings.NEWSROOM_CONTACT,
        "counts_views": settings.NEWSROOM_COUNT_VIEWS,
        "path": "",
        "canonical": "",
        "heading": "",
        "description": "",
        "styles": styles.sheet(),
        "placeholder": None,
        "feeds": [],
        "structured_data": "",
        "social": None,
        "og_type": "website",
        "robots_meta": NOINDEX,
        "markdown_url": "",
    }


def common(path: str, *, description: str, **changes: Any) -> Context:
    """The context that all pages share (`path` may carry a query), with the page's own changes."""
    own = {
        "path": in_masthead(path.partition("?")[0]),
        "canonical": absolute(path),
        "description": description,
        "feeds": feed_links("feed"),
        "robots_meta": INDEX,
        "markdown_url": twin_of(path),
    }
    return bare() | own | changes


def in_masthead(path: str) -> str:
    """The path if the masthead leads there, else "": it looks the same on all other pages."""
    return path if any(path == path_to(name) for name in MASTHEAD) else ""


def feed_links(name: str, *args: str) -> list[dict[str, str]]:
    """The feeds of a page in all formats: `url`, media `type`, and the `name` of the format."""
    return [
        {"url": absolute(path_to(name, *args, form)), "type": kind, "name": NAMES[form]}
        for form, kind in MEDIA_TYPES.items()
    ]


def twin_of(path: str) -> str:
    """The full address of a page's Markdown, with the page's query; "" where there is none."""
    stem, mark, query = path.partition("?")
    if stem.split("/")[1] not in TWINNED:
        return ""
    return absolute(f"{stem.rstrip('/') or '/index'}.md{mark}{query}")


def brief(text: str) -> str:
    """As many of the first sentences as a description holds; "" when not even one fits."""
    first = whole_sentences(text[: 5 * DESCRIPTION], DESCRIPTION)
    return "" if is_cut(first) else first


def render_page(
    template: str, context: Mapping[str, Any], *, status: int = 200, framed_by: str = "'none'"
) -> HttpResponse:
    """A public page, the same for everybody. framed_by: who may show it in a frame."""
    own_styles = styles.own_sheet(template)
    page = render_to_string(f"trends/{template}", {**context, "own_styles": own_styles})
    response = HttpResponse(page, status=status)
    response.headers["Cache-Control"] = policy.REVALIDATED
    placeholder = context["placeholder"]
    source = placeholder.csp_source if placeholder else ""
    own = styles.own_csp_source(template)
    response.headers["Content-Security-Policy"] = policy.csp(source, own, framed_by=framed_by)
    if context["canonical"]:  # a page of the site; not an error, nor what was shared in private
        response.headers["Speculation-Rules"] = f'"{path_to("speculation_rules")}"'
        ai_policy.tell(response)
    return response


def document(content: str, content_type: str) -> HttpResponse:
    """What machines read, a feed or a sitemap: any site may."""
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    response.headers["Cache-Control"] = policy.REVALIDATED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    ai_policy.tell(response)
    return response


def moved(path: str) -> HttpResponse:
    """301, asked again each time: an address may move once more."""
    response = HttpResponsePermanentRedirect(path)
    response.headers["Cache-Control"] = policy.REVALIDATED
    return response
