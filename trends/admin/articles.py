"""Articles: the list of pieces and the form of one."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Article, Release
from ..models.article_queries import ArticleQuerySet
from ..models.day_views import WEEK
from ..models.fields import RichTextField
from .access import may_change
from .all_notes import AllNotesPage
from .article_form import ArticleForm
from .assign import AssignAction
from .assignment_fields import SavesAssignments
from .autosave import AutosavePages
from .calendar import CalendarPage
from .check import CheckPage
from .columns import Columns
from .counting import Capped
from .editor import ProseField
from .erase import ErasePages
from .export import Export
from .filters import AuthorFilter, BinFilter, PendingFilter, StatusFilter
from .handover import HandoverPage
from .health import HealthPage
from .history import HistoryPage
from .inlines import INLINES
from .mention import MentionPage
from .no_script import WithoutScript
from .notes import NotePages
from .page import conflict, open_questions, page_context
from .parts import fieldsets
from .picture_field import PictureFields
from .pinning import PinPage
from .preview import PreviewPage
from .queue import QueuePage
from .quick_evidence import QuickEvidence
from .readers import ReadersPage
from .related_trends import RelatedTrendPages
from .saving import Saving
from .shared_links import SharedLinkPages
from .step_panel import StepPanel
from .tabs import TabFilter, Tabs
from .topics import CurrentTopicFilter
from .verb_views import VerbViews
from .versions import VersionPages
from .widgets import LinesField, without_side_doors
from .withdrawn import WithdrawnPage

TEXTS = ("standfirst", "lede", "context", "analysis", "backstory", "disclosure")


class PieceList(ChangeList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """All that the columns say, without the texts and without a query a row."""
        rows: Any = super().get_queryset(request, *args, **kwargs)
        now = timezone.now()
        rows = rows.with_status(now).with_pending()
        if "views" in self.list_display:
            rows = rows.with_views(WEEK, timezone.localdate(now))
        return rows.defer(*TEXTS).prefetch_related("bylines__author")


@admin.register(Article)
class ArticleAdmin(
    QuickEvidence,
    Saving,
    AutosavePages,
    CheckPage,
    SavesAssignments,
    WithdrawnPage,
    StepPanel,
    VerbViews,
    VersionPages,
    HistoryPage,
    NotePages,
    MentionPage,
    AllNotesPage,
    PreviewPage,
    SharedLinkPages,
    RelatedTrendPages,
    QueuePage,
    CalendarPage,
    HandoverPage,
    HealthPage,
    ReadersPage,
    ErasePages,
    PinPage,
    AssignAction,
    Capped,
    Tabs,
    Export,
    Columns,
    PictureFields,
    WithoutScript,
    admin.ModelAdmin,
):
    form = ArticleForm
    inlines = INLINES
    change_form_template = "admin/trends/article/change_form.html"
    autocomplete_fields = ["topic"]
    formfield_overrides = {
        RichTextField: {"form_class": ProseField},
        models.TextField: {"form_class": LinesField, "widget": AdminTextareaWidget},
    }
    list_display = [
        "headline", "stage_chip", "public_status", "topic", "authors", "pending_chips",
        "views", "updated",
    ]  # fmt: skip
    list_filter = [
        TabFilter, BinFilter, "stage", StatusFilter, PendingFilter, AuthorFilter,
        ("topic", CurrentTopicFilter),
    ]  # fmt: skip
    list_select_related = ["topic"]
    list_per_page = 50
    search_fields = ["title", "slug", "standfirst"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a count for each choice would be a query for each
    actions = ["assign_author", "pin_to", "export_csv"]
    save_as = False

    def get_list_display(self, request: HttpRequest) -> Any:
        """Without figures where none are counted."""
        left_out = set() if settings.NEWSROOM_COUNT_VIEWS else {"views"}
        return [name for name in self.list_display if name not in left_out]

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        if is_autocomplete(request):
            if request.GET.get("model_name") == Release._meta.model_name:
                return Article.objects.seen_by(request.user).schedulable(timezone.now())
            return Article.objects.linkable_by(request.user, timezone.now())
        return Article.objects.seen_by(request.user).with_open_notes()

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        article = super().get_object(request, object_id, from_field)
        if article is None:
            self._refuse(object_id)
        return article

    def _refuse(self, object_id: str) -> None:
        """403 for a piece that is none of the user's business, 404 for none at all."""
        number = unquote(object_id)
        if number.isdecimal() and Article.objects.filter(pk=number[:18]).exists():
            raise PermissionDenied
        raise Http404("There is no such piece.")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # discard puts a piece into the bin, which keeps its revisions

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PieceList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Trends", **(extra_context or {})})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return fieldsets()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ["title"]}

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return without_side_doors(super().formfield_for_dbfield(db_field, request, **kwargs))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        stale = form.is_bound and form.is_stale
        if form.is_bound:
            context |= open_questions(context)
        context |= page_context(request, context)
        response = super().render_change_form(request, context, *args, **kwargs)
        return conflict(response) if stale and not form.is_restored else response


def is_autocomplete(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name == "autocomplete")
