"""The notes of a piece: read and written on a page of their own, or in a dialog over the form."""

import json
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import get_text_list

from ..models import Article, Note
from ..models.names import name_of
from ..snapshot import LABELS, SECTIONS
from .access import changed_article, may_all, seen_article
from .bar import article_url
from .note_form import (
    ADD,
    CLOSE,
    ERASE,
    HANDLE,
    LOOK,
    SEE_COMPLAINANT,
    AddressedForm,
    NoteForm,
    may_note,
)
from .rescue import handed_back
from .threads import SHOWN, Refused, Threads, days_form, outcome_form, reply_form

UNCLEAR = 422
# What can be done with a note, and what that needs besides changing the piece.
ACTS = {
    "reply": (ADD,),
    "close": (CLOSE,),
    "reopen": (CLOSE,),
    "days": (CLOSE,),
    "erase": (CLOSE, SEE_COMPLAINANT, ERASE),
}
FORMAL_ACTS = ("close", "reopen", "days")  # of a complaint: only who may handle them


class NotePages(admin.ModelAdmin):
    """<id>/notes/ shows the notes and takes one, <id>/notes/<note>/<act>/ does something with one;
    for ArticleAdmin. ?section= shows those about a section, ?part=1 only what a dialog needs."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        page = handed_back(view(self.notes_view))
        notes = path("<int:object_id>/notes/", page, name="trends_article_notes")
        acts = [
            path(
                f"<int:object_id>/notes/<int:note_id>/{act}/",
                handed_back(view(self.note_act_view)),
                {"act": act},
                name=f"trends_article_{act}_note",
            )
            for act in ACTS
        ]
        return [notes, *acts, *super().get_urls()]

    def notes_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if request.method != "POST":
            return self.notes_page(request, seen_article(request, object_id, LOOK))
        article = changed_article(request, object_id, ADD, CLOSE)
        form = note_form(request, article, request.POST)
        if not form.is_valid():
            return self.notes_page(request, article, form=form)
        given = {"by": cast(User, request.user), "now": timezone.now(), **form.cleaned_data}
        note = Note.objects.write(article, **given)
        messages.success(request, f"Your note is there for all who work on this piece.{told(form)}")
        return back_to(request, note)

    def note_act_view(
        self, request: HttpRequest, object_id: int, note_id: int, act: str
    ) -> HttpResponse:
        article = changed_article(request, object_id, *ACTS[act])
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        note = article.notes.threads().filter(pk=note_id).select_related("complainant").first()
        if note is None:
            raise Http404("This piece has no such note.")
        if act == "days" and not note.is_formal:
            raise Http404("This note has no deadline.")
        if note.is_formal and act in FORMAL_ACTS and not may_all(request.user, HANDLE):
            raise PermissionDenied
        if form := DOING[act](request, note):
            return self.notes_page(request, article, refused=Refused(note.pk, act, form))
        return back_to(request, note)

    def notes_page(
        self, request: HttpRequest, article: Article, *, form: Any = None,
        refused: Refused | None = None,
    ) -> HttpResponse:  # fmt: skip
        """`form`, `refused`: what was not taken, with what was typed."""
        is_part, section = "part" in request.GET, section_of(request)
        whole = {} if is_part else self.admin_site.each_context(request)
        threads, notes = Threads(request, article, refused), article.notes.all()
        rows = (notes.on(section) if section else notes).with_thread()
        context = whole | {
            "title": f"Notes: {article.title}", "article": article, "opts": self.opts,
            "back": article_url(article), "query": query_of(request), "section": section,
            "label": LABELS.get(section, ""), "counts": json.dumps(notes.open().counted()),
            "threads": list(threads.of(rows.open().most_urgent_first()[:SHOWN])),
            "closed": list(threads.of(rows.closed().last_closed_first()[:SHOWN])),
            "is_part": is_part,
            "may_note": threads.may_note, "form": form or note_form(request, article),
        }  # fmt: skip
        name = "notes_part" if is_part else "notes"
        status = UNCLEAR if form or refused else 200
        template = f"admin/trends/article/{name}.html"
        return TemplateResponse(request, template, context, status=status)


def section_of(request: HttpRequest) -> str:
    """The section that the page is about; "" for all of the piece."""
    asked = request.GET.get("section", "")
    return asked if asked in SECTIONS else ""


def query_of(request: HttpRequest) -> str:
    """What the address says besides, for forms and redirects."""
    said = {"section": section_of(request), "part": "1" if "part" in request.GET else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"?{query}" if query else ""


def note_form(request: HttpRequest, article: Article, data: Any = None) -> NoteForm:
    today = timezone.localdate()
    initial = {"section": section_of(request), "received_on": today}
    may_handle = may_note(request, article) and may_all(request.user, HANDLE)
    return NoteForm(data, article=article, may_handle=may_handle, initial=initial)


def back_to(request: HttpRequest, note: Note) -> HttpResponse:
    url = article_url(note.article, "notes")
    return HttpResponseRedirect(f"{url}{query_of(request)}#note-{note.reply_to_id or note.pk}")


def told(form: AddressedForm) -> str:
    """Such as " Wes and Pam have been told."."""
    names = [name_of(user) for user in form.named.seeing]
    if not names:
        return ""
    return f" {get_text_list(names, 'and')} {'have' if len(names) > 1 else 'has'} been told."


# --- what is done with a note; a form that was not taken comes back ---


def _reply(request: HttpRequest, note: Note) -> Any:
    form = reply_form(request.POST, note.article, note)
    if not form.is_valid():
        return form
    by, text = cast(User, request.user), form.cleaned_data["text"]
    Note.objects.write(note.article, text, by=by, now=timezone.now(), reply_to=note)
    messages.success(request, f"Your reply is there.{told(form)}")
    return None


def _close(request: HttpRequest, note: Note) -> Any:
    form, outcome = outcome_form(request.POST, note), ""
    if note.is_formal:
        if not form.is_valid():
            return form
        outcome = form.cleaned_data["outcome"]
    if note.close(by=cast(User, request.user), now=timezone.now(), outcome=outcome):
        messages.success(request, f"Closed: “{note}”.")
    else:
        messages.info(request, f"{name_of(note.closed_by)} has closed it already.")
    return None


def _reopen(request: HttpRequest, note: Note) -> Any:
    if note.reopen(by=cast(User, request.user), now=timezone.now()):
        messages.success(request, f"Open again: “{note}”.")
    else:
        messages.info(request, "It is open already.")
    return None


def _days(request: HttpRequest, note: Note) -> Any:
    form = days_form(request.POST, note)
    if not form.is_valid():
        return form
    given = {"by": cast(User, request.user), "now": timezone.now(), **form.cleaned_data}
    if note.set_days(**given):
        messages.success(request, f"Other days are set: “{note}”.")
    else:
        messages.info(request, "Nothing was changed: these are its days, or it is closed.")
    return None


def _erase(request: HttpRequest, note: Note) -> Any:
    who = getattr(note, "complainant", None)
    if who is None:
        raise Http404("Nobody wrote down who this note came from.")
    if who.erase(by=cast(User, request.user), now=timezone.now()):
        messages.success(request, "Who it came from is erased.")
    else:
        messages.info(request, "It was erased already.")
    return None


DOING: dict[str, Callable[[HttpRequest, Note], Any]] = {
    "reply": _reply, "close": _close, "reopen": _reopen, "days": _days, "erase": _erase,
}  # fmt: skip
