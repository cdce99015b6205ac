"""The calendar: what is planned, due, promised and out, by day. It works by links alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ..models import Article
from ..models.calendar import MOST, Kind, Span, entries
from .access import may_all
from .calendar_days import LIST, VIEWS, Day
from .calendar_filter import CalendarForm
from .releases import RIGHTS as RELEASES
from .steps import permissions_of
from .times import zone_line

Context = dict[str, Any]


class CalendarPage(admin.ModelAdmin):
    """calendar/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.calendar_view)
        return [path("calendar/", view, name="trends_article_calendar"), *super().get_urls()]

    @method_decorator(require_safe)
    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        if not may_all(request.user, "trends.view_article"):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        context |= _page(request, timezone.now())
        return TemplateResponse(request, "admin/trends/article/calendar.html", context)


def _page(request: HttpRequest, now: datetime) -> Context:
    today, user = timezone.localdate(now), request.user
    filters = CalendarForm(request.GET, user=user, today=today)
    part = filters.part
    pieces = Article.objects.seen_by(user)
    found = entries(Span(part.first, part.last, now, pieces, filters.owner, filters.about))
    days = list(part.days(found.entries, today))
    return {
        "title": "Calendar", "part": part, "filters": filters, "zone": zone_line(now),
        "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
        "days": _listed(days) if part.view == LIST else days,
        "has_entries": bool(found.entries), "is_table": part.view != LIST,
        "views": [(name, label, part.address(view=name)) for name, label in VIEWS.items()],
        "before": part.address(day=part.before), "after": part.address(day=part.after),
        "now": part.address(day=today),
        "capped": _capped(found.capped), "most": MOST,
        "may_move": may_all(user, *permissions_of("reschedule")),
        "may_release": may_all(user, *RELEASES),
        "here": f"{request.path}{part.address()}",
    }  # fmt: skip


def _listed(days: Iterable[Day]) -> list[Day]:
    """The list leaves out the days on which nothing is, but for today."""
    return [day for day in days if day.items or day.is_today]


def _capped(kinds: Iterable[Kind]) -> str:
    return ", ".join(kind.label.lower() for kind in kinds)
