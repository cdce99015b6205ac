"""The trend page as it would be, for those who may see it before readers do."""

from django.http import HttpRequest, HttpResponse

from ..pages import TrendPage
from . import policy
from .context import NOINDEX, render_page
from .trend import trend_context


def render_preview(request: HttpRequest, page: TrendPage, note: str) -> HttpResponse:
    """The page of pages.preview_page(), under a banner that shows `note`. Kept by no cache."""
    changes = {"robots_meta": NOINDEX, "structured_data": "", "preview_note": note}
    response = render_page("trend.html", trend_context(page) | changes)
    response.headers["Cache-Control"] = policy.PRIVATE
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
