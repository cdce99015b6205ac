"""Authors: the people credited in public."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import timezone

from ..models import Author, Edition
from ..models.merging import merge_author
from .names import UnresolvedNames
from .picture_field import PictureFields
from .widgets import without_side_doors


@admin.register(Author)
class AuthorAdmin(UnresolvedNames, PictureFields, admin.ModelAdmin):
    change_list_template = "admin/trends/author/change_list.html"
    list_display = ["name", "job_title", "user", "unresolved"]
    list_filter = ["unresolved"]
    list_select_related = ["user"]
    search_fields = ["name", "job_title"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False
    merge_needs = (
        "trends.change_author", "trends.assign_author", "trends.change_all_articles",
    )  # fmt: skip

    def view_on_site(self, obj: Author) -> str | None:
        is_public = Edition.objects.live(timezone.now()).by(obj).exists()
        return obj.get_absolute_url() if is_public else None

    def merge(self, old: Any, into: Any, request: HttpRequest) -> int:
        return merge_author(old, into, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def count_pieces(self, row: Any) -> int:
        return int(row.bylines.count())

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model()._default_manager.order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return without_side_doors(super().formfield_for_dbfield(db_field, request, **kwargs))
