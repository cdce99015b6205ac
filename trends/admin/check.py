"""The readiness panel of the form, for what is typed and not saved yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..models import Article, Assignment
from ..models.content import ROW_NAMES
from ..snapshot import ROW_FIELDS, Snapshot
from .access import changed_article, may_all, new_article
from .bar import article_url
from .outlook import Found, found_in, grouped
from .posted_content import name_rows
from .posted_rows import last, rows_of
from .sections import section_states
from .steps import PUBLISH_NOW, permissions_of
from .typed import typed_content

PANEL = "admin/trends/article/panel.html"
CHECK = "check"  # ?check=1 draws the panel without a script


class CheckPage(admin.ModelAdmin):
    """For ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.check_view)
        own = [
            path("add/check/", view, name="trends_article_add_check"),
            path("<int:object_id>/check/", view, name="trends_article_check"),
        ]
        return [*own, *super().get_urls()]

    def check_view(self, request: HttpRequest, object_id: int | None = None) -> HttpResponse:
        """The panel for the fields that are posted, which may be wrong; nothing is saved."""
        article = changed_article(request, object_id) if object_id else new_article(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        data = request.POST.copy()
        name_rows(data)
        rows = dict(_places(data))
        content = typed_content(article, data)
        found = [_to_field(one, rows) for one in faults(article, content, timezone.now())]
        context = {"groups": grouped(found), "summary": summary(found)}
        return render(request, PANEL, context | {"states": section_states(content, owed(article))})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The panel is filled when the form is open; at once only for who asks for that."""
        article = context["original"]
        if "title" in context["adminform"].form.fields and not context.get("is_popup"):
            own = (
                article_url(article, "check")
                if article
                else reverse("admin:trends_article_add_check")
            )
            context["check_url"] = own
            # The add page has no bar that says so.
            context.setdefault("may_publish", may_all(request.user, *permissions_of(PUBLISH_NOW)))
            if article and CHECK in request.GET:
                found = faults(article, article.snapshot(), timezone.now())
                context |= {"groups": grouped(found), "summary": summary(found)}
        return super().render_change_form(request, context, *args, **kwargs)


def faults(article: Article, content: Snapshot, now: datetime) -> list[Found]:
    """What the checker finds in this content of a piece, and what of it stops publishing now."""
    live = article.editions.live(now).first() if article.pk else None
    return found_in(article, content, live, now, None)


def summary(found: Iterable[Found]) -> str:
    """Such as "2 things before publishing"."""
    waiting = sum(one.issue.group == "before" for one in found)
    if not waiting:
        return "Nothing is left to do before publishing"
    return f"{waiting} thing{'s' if waiting > 1 else ''} before publishing"


def owed(article: Article) -> list[str]:
    """Sections that somebody still has to write."""
    if not article.pk:
        return []
    rows = Assignment.objects.open().filter(article=article)
    return list(rows.values_list("section", flat=True))


def _places(data: QueryDict) -> Iterator[tuple[str, str]]:
    """(key of a row, the id of its element in the form)."""
    for section in ROW_FIELDS:
        for index, row in enumerate(rows_of(data, ROW_NAMES[section]) or ()):
            yield last(row, "key"), f"{ROW_NAMES[section]}-{index}"


def _to_field(found: Found, rows: Mapping[str, str]) -> Found:
    """With the place of the very field, where there is one."""
    issue = found.issue
    if issue.section in ROW_FIELDS and issue.key in rows:
        row = rows[issue.key]
        return replace(found, place=f"#id_{row}-{issue.field}" if issue.field else f"#{row}")
    return found
