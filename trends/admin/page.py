"""What the page of a piece shows besides Django's own: sections, bar, what is to decide."""

from typing import Any

from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Article
from .access import may_all
from .article_form import STALE
from .bar import workflow_bar
from .conflicts import merged_message, sides
from .merged_post import FORM_KEY, RESTORED
from .note_form import LOOK
from .parts import HIDDEN
from .sections import section_views
from .step_panel import step_panel

Context = dict[str, Any]


def page_context(request: HttpRequest, context: Context) -> Context:
    """`context` is the one of a change form of the admin."""
    adminform, article = context["adminform"], context["original"]
    form = adminform.form
    # As it is saved: after a refused form, the instance at hand holds what was typed.
    saved: Article | None = article
    if article and form.is_bound:
        saved = Article.objects.get(pk=article.pk)
    may_read = bool(saved) and may_all(request.user, LOOK)
    notes = saved.notes.open().counted() if saved and may_read else None
    fresh: Context = {
        "sections": section_views(adminform, context["inline_admin_formsets"], saved, notes),
        "may_read_notes": may_read,
        "open_notes": sum((notes or {}).values()),
        "hidden": [form[name] for name in (*HIDDEN, FORM_KEY) if name in form.fields],
        "show_save_and_add_another": False,
    }
    if saved:
        bar = workflow_bar(saved, request.user, timezone.now())
        fresh |= {"bar": bar, "title": saved.title, "subtitle": None}
        fresh |= step_panel(request, saved)
    return fresh


def open_questions(context: Context) -> Context:
    """What is to decide, and what was merged in, for a form that is not saved yet. Its section
    of the page says all of it, so that it is no error of the form besides."""
    form, inlines = context["adminform"].form, context["inline_admin_formsets"]
    said = form.errors.as_data().get(NON_FIELD_ERRORS, [])
    others = [error for error in said if error.code not in (STALE, RESTORED)]
    form.errors.pop(NON_FIELD_ERRORS, None)
    if others:
        form.add_error(None, others)
    return {
        "stale": sides(form),
        "restored": form.is_restored,
        "merged": merged_message(form.arrival),
        "errors": AdminErrorList(form, [inline.formset for inline in inlines]),
    }


def conflict(response: HttpResponse) -> HttpResponse:
    response.status_code = 409
    return response
