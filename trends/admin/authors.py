"""Authors: the people credited in public."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from ..models import Author
from .picture_field import PictureFields
from .widgets import without_side_doors


@admin.register(Author)
class AuthorAdmin(PictureFields, admin.ModelAdmin):
    list_display = ["name", "job_title", "user", "unresolved"]
    list_filter = ["unresolved"]
    list_select_related = ["user"]
    search_fields = ["name", "job_title"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model()._default_manager.order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return without_side_doors(super().formfield_for_dbfield(db_field, request, **kwargs))
