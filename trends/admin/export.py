"""The list of pieces as CSV: those selected, or all that search and filters leave."""

import csv
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..models import Access, Article, Stage
from ..models.address import trend_path
from ..models.names import name_of
from ..snapshot import LABELS
from .access import may_all
from .login import address_of

log = logging.getLogger("trends.export")
COLUMNS = (
    "id", "title", "slug", "address", "stage", "public status", "topic", "authors",
    "pending sections", "first published", "updated", "owner",
)  # fmt: skip
# With these a spreadsheet takes a cell for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as something else
CHUNK = 500


def safe(value: Any) -> str:
    """The text of a cell, as text for every spreadsheet."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


class Line:
    """What csv writes to: it hands back each line."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A CSV file, line by line."""
    write = csv.writer(Line()).writerow
    yield BYTE_ORDER_MARK + str(write(COLUMNS))
    for row in rows:
        yield str(write([safe(value) for value in row]))


def cells(article: Article, site: str) -> list[Any]:
    """One row; of a queryset that pieces() made. `site`: where addresses begin."""
    row: Any = article
    return [
        article.pk, article.title, article.slug,
        site + trend_path(row.slug_in_force) if row.slug_in_force else "",
        Stage(article.stage).label, article.status().label, article.topic or "",
        ", ".join(byline.author.name for byline in article.bylines.all()),
        ", ".join(LABELS[name] for name in article.pending_sections()),
        _moment(row.first_published_at), _moment(row.public_updated_at),
        name_of(article.owner) if article.owner else "",
    ]  # fmt: skip


def pieces(queryset: Any, now: datetime) -> Iterator[Article]:
    """All that the cells say, in few queries for each chunk, whatever the number."""
    rows = queryset.with_status(now).with_pending().with_public_dates(now)
    rows = rows.select_related("topic", "owner").prefetch_related("bylines__author")
    found: Iterator[Article] = rows.iterator(chunk_size=CHUNK)
    return found


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


class Export(admin.ModelAdmin):
    """The action, and export/ for the list as it is filtered; for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="trends_article_export"), *super().get_urls()]

    @admin.action(description="Export as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: Any) -> HttpResponseBase:
        return _export(request, queryset, "selected in the list")

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """POST, since it is written down who took what; search and filters as in the list."""
        if not may_all(request.user, "trends.view_article"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            queryset = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return self._not_understood(request)
        return _export(request, queryset, request.GET.urlencode() or "all")

    def _not_understood(self, request: HttpRequest) -> HttpResponse:
        said = "Nothing is exported: the filters in the address say nothing. Select them again."
        messages.error(request, said)
        return HttpResponseRedirect(reverse("admin:trends_article_changelist"))


def _export(request: HttpRequest, queryset: Any, which: str) -> StreamingHttpResponse:
    now = timezone.now()
    _write_down(request, queryset.count(), which, now)
    site = request.build_absolute_uri("/").rstrip("/")
    rows = (cells(article, site) for article in pieces(queryset, now))
    name = f"trends-{timezone.localtime(now):%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _write_down(request: HttpRequest, count: int, which: str, now: datetime) -> None:
    """For the user's own recent actions, and for whoever reads the log."""
    user: Any = request.user
    words = f"{count} piece{'' if count == 1 else 's'} as CSV"
    LogEntry.objects.create(
        user_id=user.pk, content_type=ContentType.objects.get_for_model(Article),
        object_repr=words, action_flag=CHANGE, action_time=now,
        change_message=f"Exported: {which}",
    )  # fmt: skip
    Access.objects.note(
        Access.Kind.EXPORT, now=now, user=user, name=user.get_username().casefold(),
        address=address_of(request), detail=f"{words}: {which}",
    )  # fmt: skip
    log.info("%s exported %s (%s)", user.get_username(), words, which)
