"""What the page of a piece shows besides Django's own: sections, bar, both texts of a late save."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Article
from .bar import workflow_bar
from .parts import HIDDEN
from .saving import OVER
from .sections import section_views
from .stale import stale_context

Context = dict[str, Any]


def page_context(request: HttpRequest, context: Context) -> Context:
    """`context` is the one of a change form of the admin."""
    adminform, article = context["adminform"], context["original"]
    # As it is saved: after a refused form, the instance at hand holds what was typed.
    saved = Article.objects.get(pk=article.pk) if article else None
    fresh: Context = {
        "sections": section_views(adminform, context["inline_admin_formsets"], saved),
        "hidden": [adminform.form[name] for name in HIDDEN if name in adminform.form.fields],
        "is_over": "stale" in context or OVER in request.POST,
        "show_save_and_add_another": False,
    }
    if saved:
        bar = workflow_bar(saved, request.user, timezone.now())
        fresh |= {"bar": bar, "title": saved.title, "subtitle": None}
    return fresh


def refused(context: Context) -> Context:
    """Both texts of a save that came too late. The form carries on from the version that is
    saved now, so that it can be saved over it on purpose."""
    form, inlines = context["adminform"].form, context["inline_admin_formsets"]
    form.data = form.data.copy()
    saved = Article.objects.only("version").get(pk=form.instance.pk)
    form.data["loaded"] = str(saved.version)
    return stale_context(form, [inline.formset for inline in inlines])


def conflict(response: HttpResponse) -> HttpResponse:
    response.status_code = 409
    return response
