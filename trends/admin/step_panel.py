"""The form of a verb on the page of the piece itself: nobody has to leave it to publish."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from ..models import Article
from .access import may_all
from .bar import article_url
from .steps import PUBLISH_NOW, permissions_of
from .verb_views import verb_context

# Posted by the button "Save and publish…".
SAVE_AND_PUBLISH = "_publish"
OFFERED = (PUBLISH_NOW, "submit", "approve", "schedule")


class StepPanel(admin.ModelAdmin):
    """For ArticleAdmin."""

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return _to_panel(request, obj) or super().response_change(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return _to_panel(request, obj) or super().response_add(request, obj, post_url_continue)


def _to_panel(request: HttpRequest, article: Article) -> HttpResponse | None:
    if SAVE_AND_PUBLISH not in request.POST or not _may(request.user, PUBLISH_NOW):
        return None
    return HttpResponseRedirect(panel_url(article, PUBLISH_NOW))


def panel_url(article: Article, step: str) -> str:
    return f"{article_url(article)}?step={step}#step-heading"


def step_panel(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the page of a piece shows when its address asks for a step (?step=publish_now)."""
    offered: dict[str, Any] = {"may_publish": _may(request.user, PUBLISH_NOW)}
    step, now = request.GET.get("step", ""), timezone.now()
    may = step in OFFERED and _may(request.user, step) and article.may_be_changed_by(request.user)
    if request.method != "GET" or not may:
        return offered
    with article.asked_once(now):
        return offered | {"panel": verb_context(request, article, step, now)}


def _may(user: Any, step: str) -> bool:
    return may_all(user, *permissions_of(step))
