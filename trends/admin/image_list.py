"""The library: a grid of cards, and the zone that takes new pictures."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .image_cards import cards
from .image_filters import FILTERS


class PictureList(ChangeList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """All that the cards say, without a query a picture."""
        rows: Any = super().get_queryset(request, *args, **kwargs)
        return rows.with_use()


class LibraryList(admin.ModelAdmin):
    """The list of ImageAdmin."""

    search_fields = ["alt_text", "caption", "credit", "creator", "original_name"]
    list_filter = FILTERS
    list_per_page = 48
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a count for each choice would be a query for each

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PictureList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"title": "Pictures", **(extra_context or {})}
        response = super().changelist_view(request, context)
        shown: dict[str, Any] = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            shown["cards"] = cards(shown["cl"].result_list, timezone.localdate())
        return response
