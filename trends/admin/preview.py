"""The page as readers would see it if the last saved working copy were published now."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from ..pages import TrendPage, preview_page
from .access import seen_article

# The public side draws its pages: draw(request, page, note). Siblings don't import each other,
# so AppConfig.ready sets it.
draw: Callable[[HttpRequest, TrendPage, str], HttpResponse] | None = None


class PreviewPage(admin.ModelAdmin):
    """<id>/preview/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        page = path("<int:object_id>/preview/", view, name="trends_article_preview")
        return [page, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = seen_article(request, object_id)
        page = preview_page(article, timezone.now())
        revision = article.latest_revision
        note = f"It shows revision {revision.number}, the last that was saved." if revision else ""
        assert draw is not None, "AppConfig.ready has not run"
        response = draw(request, page, note)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
