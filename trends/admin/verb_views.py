"""One page per verb: GET asks, POST does. What can't be done now is said with its reason, and
what was typed stays."""

import hashlib
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from ..models import Article, Refused
from .access import changed_article
from .back import calendar_back, with_back
from .bar import article_url, workflow_bar
from .claims import second_eyes
from .outlook import outlook
from .steps import GRAVE, NAMES, PUBLISH_NOW, label_of, permissions_of, step_url, why_not
from .times import zone_line
from .verb_form import VerbForm
from .verb_words import explanation, said

# Verbs whose page shows what readers will get and what readiness finds.
PRESSING = (PUBLISH_NOW, "publish", "schedule", "correct")
CHECKED = ("submit", "approve", *PRESSING)
APPROVING = ("approve", *PRESSING)  # chosen sections that nobody has approved, too
AT_ONCE = (PUBLISH_NOW, "publish", "correct")


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
        form, sent = form_of(request, article, verb, now, request.POST), mark_of(verb, request.POST)
        if not form.is_valid():
            if article.done_already(by=request.user, now=now, sent=sent):
                return HttpResponseRedirect(article_url(article))
            return self._page(request, article, verb, now, form=form)
        given = form.options()
        try:
            step = getattr(article, verb)(by=request.user, sent=sent, **given, **grace_for(verb))
        except Refused as refused:
            return self._refused(request, article, verb, form, refused)
        messages.success(request, format_html("{}: {}", article.title, said(verb, given, now)))
        for name in step.details.get("stopped", ()):
            messages.warning(request, f"The release “{name}” is not planned any more.")
        return HttpResponseRedirect(calendar_back(request) or article_url(article))

    def _refused(
        self, request: HttpRequest, article: Article, verb: str, form: VerbForm, refused: Refused
    ) -> HttpResponse:
        """The page anew, for the piece as it is now, with what was typed."""
        fresh = Article.objects.get(pk=article.pk)
        now, data = timezone.now(), request.POST.copy()
        data["version"] = str(fresh.version)
        again = form_of(request, fresh, verb, now, data)
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
        context = self.admin_site.each_context(request) | {
            "title": f"{label_of(verb)}: {article.title}", "opts": self.opts,
        }  # fmt: skip
        with article.asked_once(now):
            context |= {"bar": workflow_bar(article, request.user, now)}
            context |= verb_context(request, article, verb, now, form)
        template = "admin/trends/article/verb.html"
        return TemplateResponse(request, template, context, status=status)


def verb_context(
    request: HttpRequest, article: Article, verb: str, now: datetime, form: VerbForm | None = None
) -> dict[str, Any]:
    """What asks for a verb, on a page of its own or in a panel; within asked_once()."""
    form = (form or form_of(request, article, verb, now)).dress()
    ahead = form.outlook if verb in CHECKED else None
    eyes = second_eyes(ahead.work.writers, request.user) if ahead and verb in APPROVING else ""
    return {
        "label": label_of(verb), "verb": verb, "article": article, "form": form,
        "action": with_back(step_url(article, verb), request), "eyes": eyes,
        "explanation": explanation(verb, article.held_together(now)),
        "why_not": why_not(article, verb, now), "outlook": ahead,
        "shows_change": verb in PRESSING, "is_grave": verb in GRAVE,
        "zone": zone_line(now), "back": article_url(article), "from": calendar_back(request),
    }  # fmt: skip


def form_of(
    request: HttpRequest, article: Article, verb: str, now: datetime, data: Any = None
) -> VerbForm:
    """A scheduled piece is looked at as of the end of its embargo: it can't begin before."""
    later = article.embargoed_until if verb == "schedule" else None
    starts = later if later and later > now else None
    look = partial(outlook, article, now, user=request.user, starts=starts)
    form = VerbForm(data, verb=verb, article=article, look=look, now=now)
    asked = request.GET.get("edition", "")
    if "edition" in form.fields and asked.isdecimal():
        form.fields["edition"].initial = asked
    return form


def grace_for(verb: str) -> dict[str, int]:
    return {"grace": settings.NEWSROOM_PUBLISH_GRACE} if verb in AT_ONCE else {}


def mark_of(verb: str, data: QueryDict) -> str:
    """The same for forms of a verb that say the same, whatever their token."""
    fields = sorted((n, *data.getlist(n)) for n in data if n != "csrfmiddlewaretoken")
    return hashlib.sha256(repr((verb, fields)).encode()).hexdigest()[:16]
