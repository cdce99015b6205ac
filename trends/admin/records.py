"""What the desk can look at and never change: editions, corrections, addresses, imports, logins."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Access, Address, Article, Correction, Edition, LegacyDocument


class ReadOnly(admin.ModelAdmin):
    """`actions` such as deleting are gone with the permissions."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":  # before anything is looked up: the answer tells nothing
            raise PermissionDenied
        return super().changeform_view(request, *args, **kwargs)


class Record(ReadOnly):
    """Of pieces that the user sees."""

    list_select_related = ["article"]

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

    def view_on_site(self, obj: Edition) -> str | None:
        """The page that readers have of the piece now, whichever edition that is."""
        live = Edition.objects.live(timezone.now()).filter(article=obj.article_id).first()
        return live.get_absolute_url() if live else None


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


@admin.register(Access)
class AccessAdmin(ReadOnly):
    list_display = ["when", "kind", "name", "user", "address", "detail"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    list_per_page = 50
    search_fields = ["name", "address"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Access log", **(extra_context or {})})

    @admin.display(description="when", ordering="at")
    def when(self, row: Access) -> str:
        return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S %Z}"
