"""What the desk can look at and never change: editions, corrections, addresses, imports."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import Address, Article, Correction, Edition, LegacyDocument


class Record(admin.ModelAdmin):
    """Read-only; of pieces that the user sees. `actions` such as deleting are gone with it."""

    list_select_related = ["article"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if request.user.has_perm("trends.change_all_articles"):
            return rows
        return rows.filter(article__in=Article.objects.seen_by(request.user).values("pk"))


@admin.register(Edition)
class EditionAdmin(Record):
    list_display = ["title", "kind", "change", "live_from", "slug", "words"]
    list_filter = ["kind", "change"]
    search_fields = ["title", "slug"]
    date_hierarchy = "live_from"
    fields = [
        "article", "kind", "change", "live_from", "title", "standfirst", "slug", "topic", "hero",
        "revision", "pressed_at", "first_published_at", "public_updated_at", "update_line",
        "notice", "text", "words",
    ]  # fmt: skip


@admin.register(Correction)
class CorrectionAdmin(Record):
    list_display = ["at", "article", "kind", "severity", "text"]
    list_filter = ["kind", "severity"]
    search_fields = ["text", "article__title"]


@admin.register(Address)
class AddressAdmin(Record):
    list_display = ["path", "article"]
    search_fields = ["path"]


@admin.register(LegacyDocument)
class LegacyDocumentAdmin(Record):
    list_display = ["source_name", "article", "imported_at", "parser_version"]
    search_fields = ["source_name", "legacy_id"]
