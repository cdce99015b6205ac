"""The trend page as it would be, for those who may see it before readers do."""

from django.http import HttpRequest, HttpResponse

from ..pages import TrendPage
from . import policy
from .context import NOINDEX, Context, render_page
from .trend import trend_context


def render_preview(
    request: HttpRequest, page: TrendPage, note: str, *, is_framed: bool = False
) -> HttpResponse:
    """The page of pages.preview_page(), under a banner that shows `note`. Kept by no cache. In a
    frame of the desk, which says itself what it is, it has no banner."""
    context = preview_context(page) | {"preview_note": note, "is_framed": is_framed}
    response = render_page("trend.html", context, framed_by="'self'" if is_framed else "'none'")
    if is_framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = policy.PRIVATE
    response.headers["X-Robots-Tag"] = NOINDEX
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def preview_context(page: TrendPage) -> Context:
    """What machines are told of a public page is left out, and what helps on slow lines only."""
    unsaid: Context = {"canonical": "", "feeds": [], "social": None, "structured_data": ""}
    unsaid |= {"placeholder": None}
    return trend_context(page) | unsaid | {"robots_meta": NOINDEX}
