"""Releases: sets of pieces that go live together; a list, a form, and a page of each."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html

from ..models import Refused, Release
from ..models.release_check import members_of
from .access import may_all
from .no_script import blank_rows
from .release_acts import ReleaseActs
from .release_form import ReleaseForm
from .times import moment_in_words

State = Release.State
# A release names pieces and moves them, so it is for those who may publish every piece.
RIGHTS = ("trends.view_article", "trends.change_all_articles", "trends.publish_article")
# State → the class of its chip.
LOOKS = {State.OPEN: "pending", State.PLANNED: "approved", State.OUT: "live"}
ONE_BUTTON = {"show_save_and_continue": False, "show_save_and_add_another": False}


@admin.register(Release)
class ReleaseAdmin(ReleaseActs, admin.ModelAdmin):
    form = ReleaseForm
    change_form_template = "admin/trends/release/change_form.html"
    list_display = ["name", "starts", "state_chip", "number"]
    search_fields = ["name"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_pieces()

    # --- who may ---

    def _may(self, request: HttpRequest) -> bool:
        return may_all(request.user, *RIGHTS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is planned is cancelled first; what is out has happened."""
        return self._may(request) and obj is not None and obj.state() == State.OPEN

    # --- the list ---

    @admin.display(description="Live from", ordering="live_from")
    def starts(self, release: Release) -> str:
        return f"{timezone.localtime(release.live_from):%Y-%m-%d %H:%M %Z}"

    @admin.display(description="State")
    def state_chip(self, release: Release) -> str:
        state = release.state()
        return format_html(
            '<span class="chip {}">{}</span>', LOOKS[state], state.label.capitalize()
        )

    @admin.display(description="Pieces")
    def number(self, release: Any) -> int:
        return int(release.pieces)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Releases", **(extra_context or {})})

    # --- the form and the page ---

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        fields = ["name"] if obj else ["name", "live_from", "articles"]
        form: Any = super().get_form(request, obj, change, **{"fields": fields} | kwargs)
        form.user, form.plain = request.user, bool(blank_rows(request))
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name"] if obj else ["name", "live_from", "articles"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Of one that is there the name alone: the rest is what acts make of it meanwhile."""
        if change:
            obj.save(update_fields=["name"])
        else:
            obj.created_by = request.user
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if change:
            return
        try:
            form.instance.add(form.cleaned_data["articles"], by=request.user)
        except Refused as refused:  # somebody was quicker
            messages.warning(request, f"It holds no piece yet. {refused}")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        extra = {"title": "New release"} | ONE_BUTTON
        return super().add_view(request, form_url, extra | (extra_context or {}))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, f"It is called “{obj}” now.")
        return HttpResponseRedirect(self.page_url(obj))

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(
            request, f"“{obj}” is there. Nothing of it is planned yet: look at its pieces below."
        )
        return HttpResponseRedirect(self.page_url(obj))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        release = self.get_object(request, object_id)
        extra = self._panel(request, release) if release else {}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def _panel(self, request: HttpRequest, release: Release) -> dict[str, Any]:
        """What the page shows over the form of the name."""
        now = timezone.now()
        state, members = release.state(now), members_of(release, now)
        is_past = release.live_from <= now
        return {
            "release": release, "state": state, "members": members,
            "starts": None if is_past else moment_in_words(release.live_from, now),
            "is_open": state == State.OPEN, "is_out": state == State.OUT, "look": LOOKS[state],
            "stopping": sum(bool(member.why) for member in members),
            "is_past": is_past, "title": release.name, "subtitle": None,
        } | ONE_BUTTON  # fmt: skip
