"""Shared links of a piece: made, listed with what came of them, revoked."""

from typing import Any
from urllib.parse import urljoin

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..models import Article, Refused, SharedLink
from ..models.names import name_of
from .access import changed_article
from .bar import article_url
from .times import zone_line

SHARE, REVOKE = "trends.add_sharedlink", "trends.change_sharedlink"
SHOWN = 50
HOURS = (24, 72, 168, 336)
UNCLEAR, NOT_NOW = 422, 409


def in_words(hours: int) -> str:
    """Such as "24 hours", "3 days"."""
    number, unit = (hours // 24, "day") if hours > 24 and hours % 24 == 0 else (hours, "hour")
    return f"{number} {unit}{'s' if number > 1 else ''}"


class ShareForm(forms.Form):
    label = forms.CharField(
        label="For whom",
        max_length=SharedLink._meta.get_field("label").max_length,
        error_messages={"required": "Say for whom it is: the name stands on the shared page."},
        help_text="Such as “Legal” or “Dr Hale”. It stands on the shared page.",
    )
    hours = forms.TypedChoiceField(label="Ends after", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = settings.NEWSROOM_SHARED_LINK_HOURS
        choices = [(hours, in_words(hours)) for hours in sorted({first, *HOURS})]
        self.fields["hours"].choices, self.fields["hours"].initial = choices, first  # type: ignore[attr-defined]


class SharedLinkPages(admin.ModelAdmin):
    """<id>/links/ lists and makes, <id>/links/<link>/revoke/ ends one; for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages = [
            path("<int:object_id>/links/", view(self.links_view), name="trends_article_links"),
            path(
                "<int:object_id>/links/<int:link_id>/revoke/",
                view(self.revoke_link_view),
                name="trends_article_revoke_link",
            ),
        ]
        return pages + super().get_urls()

    def links_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """POST answers with the page itself: the address is shown this once."""
        article = changed_article(request, object_id, SHARE)
        form = ShareForm(request.POST or None)
        if request.method != "POST":
            return self._links_page(request, article, form)
        if not form.is_valid():
            return self._links_page(request, article, form, status=UNCLEAR)
        try:
            link, token = SharedLink.objects.share(article, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            return self._links_page(request, article, form, status=NOT_NOW)
        return self._links_page(request, article, ShareForm(), fresh=link, url=address_of(token))

    def revoke_link_view(self, request: HttpRequest, object_id: int, link_id: int) -> HttpResponse:
        article = changed_article(request, object_id, REVOKE)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        found = article.shared_links.filter(pk=link_id)
        link = found.first()
        if link is None:
            raise Http404("This piece has no such link.")
        found.revoke(by=request.user, now=timezone.now())
        messages.success(request, f"Revoked: the link for {link} shows nothing any more.")
        return HttpResponseRedirect(article_url(article, "links"))

    def _links_page(
        self, request: HttpRequest, article: Article, form: ShareForm, *, status: int = 200,
        fresh: SharedLink | None = None, url: str = "",
    ) -> HttpResponse:  # fmt: skip
        now = timezone.now()
        links = list(article.shared_links.for_desk(now)[:SHOWN])
        context = self.admin_site.each_context(request) | {
            "title": f"Shared links: {article.title}", "article": article, "opts": self.opts,
            "back": article_url(article), "form": form, "fresh": fresh, "url": url,
            "links": [_shown(link, link.state(now)) for link in links], "zone": zone_line(),
        }  # fmt: skip
        template = "admin/trends/article/links.html"
        return TemplateResponse(request, template, context, status=status)


def address_of(token: str) -> str:
    """The whole public address of a link."""
    return urljoin(settings.NEWSROOM_BASE_URL, reverse("shared", args=[token]))


def _shown(link: SharedLink, state: SharedLink.State) -> dict[str, Any]:
    return {
        "link": link, "state": state, "is_open": state == SharedLink.State.OPEN,
        "by": name_of(link.created_by),
        "revoked_by": name_of(link.revoked_by) if link.revoked_by else "",
    }  # fmt: skip
