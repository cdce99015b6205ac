"""Topics: what pieces are about."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from ..models import Article, Edition, Topic
from ..models.merging import merge_topic
from .merging import MergePages


@admin.register(Topic)
class TopicAdmin(MergePages, admin.ModelAdmin):
    list_display = ["name", "slug", "description"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False
    merge_needs = ("trends.change_topic", "trends.change_all_articles")

    def view_on_site(self, obj: Topic) -> str | None:
        is_public = Edition.objects.live(timezone.now()).about(obj).exists()
        return obj.get_absolute_url() if is_public else None

    def merge(self, old: Any, into: Any, request: HttpRequest) -> int:
        return merge_topic(old, into, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def count_pieces(self, row: Any) -> int:
        return Article.objects.about(row).count()


class CurrentTopicFilter(admin.RelatedFieldListFilter):
    """Topics to filter by, without those that became part of another one."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        ordering = self.field_admin_ordering(field, request, model_admin)
        current = {"merged_into": None}
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=current)
