"""Notes across pieces: what is one's business, complaints and legal notes with their deadlines."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst

from ..models import Note
from ..models.note_queries import NoteQuerySet
from .access import may_all
from .bar import article_url
from .note_form import LOOK
from .tabs import Tab, capped
from .threads import deadline_words, is_late, state_words

LINES = 50  # on a page
MINE, FORMAL, EVERY = "", "formal", "all"
LABELS = {MINE: "For me", FORMAL: "Complaints and legal notes", EVERY: "All"}
OPEN, CLOSED, LATE = "", "closed", "late"


class FilterForm(forms.Form):
    """Which notes; the values stand in the address. What makes no sense is ignored."""

    show = forms.ChoiceField(required=False, choices=list(LABELS.items()), widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        required=False,
        choices=[("", "All kinds"), *((v, capfirst(label)) for v, label in Note.Kind.choices)],
    )
    state = forms.ChoiceField(
        required=False, choices=[(OPEN, "Open"), (LATE, "Open and late"), (CLOSED, "Closed")]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=200, widget=forms.HiddenInput)

    @property
    def given(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    def notes(self, user: Any) -> NoteQuerySet:
        given, today = self.given, timezone.localdate()
        rows = shown(given["show"], user)
        rows = rows.of_kind(given["kind"]) if given["kind"] else rows
        if given["state"] == CLOSED:
            return rows.closed().last_closed_first()
        rows = rows.late(today) if given["state"] == LATE else rows.open()
        return rows.most_urgent_first()


def shown(show: str, user: Any) -> NoteQuerySet:
    """The notes behind a tab."""
    if show == MINE:
        return Note.objects.for_desk_of(user)
    rows = Note.objects.seen_by(user)
    return rows.formal() if show == FORMAL else rows


@dataclass(frozen=True, slots=True)
class Line:
    """A note as the page shows it. `url` leads to its thread; `state` is "" for an open one."""

    note: Note
    url: str
    state: str
    deadline: str
    is_late: bool


class AllNotesPage(admin.ModelAdmin):
    """notes/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.all_notes_view)
        return [path("notes/", view, name="trends_article_all_notes"), *super().get_urls()]

    def all_notes_view(self, request: HttpRequest) -> HttpResponse:
        if not may_all(request.user, "trends.view_article", LOOK):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        filters = FilterForm(request.GET, auto_id="notes_%s")
        given = filters.given
        page = given["page"] or 1
        rows = filters.notes(request.user).with_piece()
        found = list(rows[(page - 1) * LINES : page * LINES + 1])
        context = self.admin_site.each_context(request) | {
            "title": "Notes", "opts": self.opts, "filters": filters, "show": given["show"],
            "tabs": tabs(request, given["show"]), "lines": [line(note) for note in found[:LINES]],
            "newer": address(request, page=page - 1) if page > 1 else "",
            "older": address(request, page=page + 1) if len(found) > LINES else "",
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/article/all_notes.html", context)


def line(note: Note) -> Line:
    today = timezone.localdate()
    url = f"{article_url(note.article, 'notes')}#note-{note.pk}"
    state = state_words(note) if note.closed_at else ""
    return Line(note, url, state, deadline_words(note, today), is_late(note, today))


def tabs(request: HttpRequest, current: str) -> list[Tab]:
    """With the number of open ones."""
    return [
        Tab(label, f"?show={name}" if name else "?", capped(shown(name, request.user).open()),
            name == current)
        for name, label in LABELS.items()
    ]  # fmt: skip


def address(request: HttpRequest, *, page: int) -> str:
    """The same list, another page of it."""
    given: QueryDict = request.GET.copy()
    given["page"] = str(page)
    return f"?{given.urlencode()}"
