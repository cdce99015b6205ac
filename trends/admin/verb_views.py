"""One page per verb: GET asks, POST does. What can't be done now is said with its reason, and
what was typed stays."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from ..models import Article, Refused
from .access import changed_article
from .bar import article_url, workflow_bar
from .outlook import Outlook, outlook
from .steps import GRAVE, NAMES, PUBLISH_NOW, label_of, permissions_of, why_not
from .times import zone_line
from .verb_form import VerbForm

# Verbs whose page shows what readers will get and what readiness finds.
PRESSING = (PUBLISH_NOW, "publish", "schedule", "correct")
CHECKED = ("submit", "approve", *PRESSING)
SAID = {
    "submit": "Submitted for review.",
    "return_to_writer": "Returned to the writer.",
    "approve": "Approved.",
    PUBLISH_NOW: "Published.",
    "publish": "Published.",
    "schedule": "Scheduled.",
    "reschedule": "Moved to the new time.",
    "cancel_schedule": "Nothing is scheduled any more.",
    "correct": "The correction is public.",
    "retract": "Retracted. Readers find the notice.",
    "reinstate": "Reinstated.",
    "remove": "Removed. Readers get “gone”.",
    "hold": "On hold. Nothing of it will be published.",
    "release": "Released.",
    "discard": "Put into the bin.",
    "recover": "Taken out of the bin.",
}


class VerbViews(admin.ModelAdmin):
    """Pages of the verbs at <id>/<verb>/, for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path(
                f"<int:object_id>/{name}/",
                self.admin_site.admin_view(partial(self.verb_view, verb=name)),
                name=f"trends_article_{name}",
            )
            for name in NAMES
        ]
        return pages + super().get_urls()

    def verb_view(self, request: HttpRequest, object_id: int, *, verb: str) -> HttpResponse:
        article = changed_article(request, object_id, *permissions_of(verb))
        now = timezone.now()
        if request.method != "POST":
            return self._page(request, article, verb, now)
        form = _form(article, verb, now, request.POST)
        if not form.is_valid():
            return self._page(request, article, verb, now, form=form)
        try:
            getattr(article, verb)(by=request.user, **form.options())
        except Refused as refused:
            return self._refused(request, article, verb, form, refused)
        messages.success(request, format_html("{}: {}", article.title, SAID[verb]))
        return HttpResponseRedirect(article_url(article))

    def _refused(
        self, request: HttpRequest, article: Article, verb: str, form: VerbForm, refused: Refused
    ) -> HttpResponse:
        """The page anew, for the piece as it is now, with what was typed."""
        fresh = Article.objects.get(pk=article.pk)
        now, data = timezone.now(), request.POST.copy()
        data["version"] = str(fresh.version)
        again = _form(fresh, verb, now, data)
        again.add_error(None, str(refused))
        return self._page(request, fresh, verb, now, form=again, status=409)

    def _page(
        self,
        request: HttpRequest,
        article: Article,
        verb: str,
        now: datetime,
        *,
        form: VerbForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        form = form or _form(article, verb, now)
        context = self.admin_site.each_context(request) | {
            "title": f"{label_of(verb)}: {article.title}",
            "label": label_of(verb), "verb": verb, "article": article, "form": form,
            "bar": workflow_bar(article, request.user, now),
            "why_not": why_not(article, verb, now),
            "outlook": form.outlook, "shows_change": verb in PRESSING,
            "shows_issues": verb in CHECKED, "is_grave": verb in GRAVE,
            "opts": self.opts, "zone": zone_line(now), "back": article_url(article),
        }  # fmt: skip
        template = "admin/trends/article/verb.html"
        return TemplateResponse(request, template, context, status=status)


def _form(article: Article, verb: str, now: datetime, data: Any = None) -> VerbForm:
    return VerbForm(data, verb=verb, article=article, outlook=_ahead(article, verb, now), now=now)


def _ahead(article: Article, verb: str, now: datetime) -> Outlook:
    """A scheduled piece is looked at as of the end of its embargo: it can't begin before."""
    later = article.embargoed_until if verb == "schedule" else None
    return outlook(article, now, starts=later if later and later > now else None)
