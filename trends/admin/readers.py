"""Readers of a piece: how often it was opened, day by day, as a chart and as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ..models.day_views import MONTH, WEEK
from .access import seen_article
from .bar import article_url
from .times import zone_line

WIDE, HIGH, GAP = 20, 100, 4  # of a bar of the drawing, and what is left between two
LEAST = 1  # so that a day with one view is seen beside one with thousands


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the chart; the rest in the drawing's own units, from the left and from the top."""

    day: date
    views: int
    x: int
    y: float
    height: float


def bars(days: list[tuple[date, int]]) -> Iterator[Bar]:
    most = max((views for _, views in days), default=0)
    for place, (day, views) in enumerate(days):
        height = max(round(HIGH * views / most, 1), LEAST) if views else 0
        yield Bar(day, views, place * WIDE + GAP // 2, HIGH - height, height)


class ReadersPage(admin.ModelAdmin):
    """<id>/readers/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.readers_view)
        own = path("<int:object_id>/readers/", view, name="trends_article_readers")
        return [own, *super().get_urls()]

    @method_decorator(require_safe)
    def readers_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = seen_article(request, object_id)
        if not settings.NEWSROOM_COUNT_VIEWS:
            raise Http404("This site counts no views.")
        days = list(article.day_views.by_day(MONTH, timezone.localdate()))
        total, since = article.day_views.kept()
        context = self.admin_site.each_context(request) | {
            "title": f"Readers: {article.title}", "article": article, "opts": self.opts,
            "back": article_url(article), "zone": zone_line(), "bars": list(bars(days)),
            "width": WIDE * MONTH, "height": HIGH, "bar_width": WIDE - GAP,
            "most": max(views for _, views in days),
            "week": sum(views for _, views in days[-WEEK:]),
            "month": sum(views for _, views in days),
            "total": total, "since": since,
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/article/readers.html", context)
