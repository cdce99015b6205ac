"""Filters of the library."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

Choices = list[tuple[str, str]]


class _Words(admin.SimpleListFilter):
    """Each choice is a word of ImageQuerySet; what is none of them finds everything."""

    words: Choices = []

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return self.words

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        return self.found(queryset, value) if value in dict(self.words) else queryset

    def found(self, queryset: Any, word: str | None) -> Any:
        return getattr(queryset, word or "all")()


class UseFilter(_Words):
    title = "use"
    parameter_name = "use"
    words = [("used", "Used"), ("unused", "Unused")]


class NeedsFilter(_Words):
    title = "what it needs"
    parameter_name = "needs"
    words = [
        ("without_alt_text", "No alt text"),
        ("without_credit", "No credit"),
        ("too_small", "Too small for a hero"),
    ]


class RightsFilter(_Words):
    title = "rights"
    parameter_name = "rights"
    words = [
        ("expiring", "End within 30 days"),
        ("expired", "Have ended"),
        ("not_yet", "Not yet allowed"),
    ]

    def found(self, queryset: Any, word: str | None) -> Any:
        return getattr(queryset, word or "all")(timezone.localdate())


class AIFilter(_Words):
    title = "AI"
    parameter_name = "ai"
    words = [("made_by_ai", "Made or edited with AI")]


FILTERS: Any = [UseFilter, NeedsFilter, RightsFilter, AIFilter]
