"""The page as readers would see it: of the last save, or of what is typed and not saved yet."""

from typing import Any, Protocol

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..models import Article
from ..pages import TrendPage, preview_page
from .access import changed_article, new_article, seen_article
from .bar import article_url
from .typed import typed_content


class Draw(Protocol):
    def __call__(
        self, request: HttpRequest, page: TrendPage, note: str, *, is_framed: bool = False
    ) -> HttpResponse: ...


# The public side draws its pages. Siblings don't import each other, so AppConfig.ready sets it.
draw: Draw | None = None


class PreviewPage(admin.ModelAdmin):
    """<id>/preview/ and add/preview/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        pages = [
            path("add/preview/", view, name="trends_article_add_preview"),
            path("<int:object_id>/preview/", view, name="trends_article_preview"),
        ]
        return pages + super().get_urls()

    def preview_view(self, request: HttpRequest, object_id: int | None = None) -> HttpResponse:
        """GET shows what was saved last; POST, in a frame of the form, the fields that are
        posted, which may be wrong. Nothing is saved."""
        if request.method == "POST":
            article = changed_article(request, object_id) if object_id else new_article(request)
            return _typed(request, article)
        if object_id is None:
            new_article(request)
            return HttpResponseNotAllowed(["POST"])
        return _saved(request, seen_article(request, object_id))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context["original"]
        if "title" in context["adminform"].form.fields and not context.get("is_popup"):
            add = "admin:trends_article_add_preview"
            context["preview_url"] = article_url(article, "preview") if article else reverse(add)
        return super().render_change_form(request, context, *args, **kwargs)


def _saved(request: HttpRequest, article: Article) -> HttpResponse:
    page = preview_page(article, timezone.now())
    revision = article.latest_revision
    note = f"It shows revision {revision.number}, the last that was saved." if revision else ""
    return _drawn(request, page, note)


def _typed(request: HttpRequest, article: Article) -> HttpResponse:
    page = preview_page(article, timezone.now(), typed_content(article, request.POST))
    return _drawn(request, page, "", is_framed=True)


def _drawn(request: HttpRequest, page: TrendPage, note: str, **how: bool) -> HttpResponse:
    assert draw is not None, "AppConfig.ready has not run"
    return draw(request, page, note, **how)
