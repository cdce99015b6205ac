"""Names to resolve: the people whom an import found, each asked for once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from ..models import Author
from ..models.namesakes import suggestions
from .merging import MergePages, pieces_in_words

MOST = 100


@dataclass(frozen=True, slots=True)
class Name:
    """A name that waits, and who it may be."""

    author: Author
    waiting: str
    may_be: list[Author]


class UnresolvedNames(MergePages, admin.ModelAdmin):
    """unresolved/ and <id>/known/ for AuthorAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("unresolved/", view(self.unresolved_view), name="trends_author_unresolved"),
            path("<int:object_id>/known/", view(self.known_view), name="trends_author_known"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        shown: dict[str, Any] = {}
        if self.may_merge(request):
            shown["unresolved"] = Author.objects.unresolved().count()
        return super().changelist_view(request, shown | (extra_context or {}))

    @method_decorator(require_safe)
    def unresolved_view(self, request: HttpRequest) -> HttpResponse:
        """Those with the most pieces first, a hundred at a time."""
        if not self.may_merge(request):
            raise PermissionDenied
        rows = Author.objects.unresolved().most_named_first()
        first = list(rows[:MOST])
        near = suggestions(first)
        context = self.admin_site.each_context(request) | {
            "title": "Names to resolve", "opts": self.opts, "list": self.page_url("changelist"),
            "names": [Name(a, pieces_in_words(a.pieces), near[a.pk]) for a in first],
            "more": max(Author.objects.unresolved().count() - MOST, 0),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/author/unresolved.html", context)

    @method_decorator(require_POST)
    def known_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Somebody new: no name of an import any more, but an author like the others."""
        if not self.may_merge(request):
            raise PermissionDenied
        author = self.found(object_id)
        if author.merged_into:
            return self.led_on(request, author)
        if author.resolve():
            self.log_change(request, author, "Resolved: somebody new.")
        messages.success(request, f"“{author}” is an author now. Enter a few words for readers.")
        return HttpResponseRedirect(self.page_url("change", author.pk))
