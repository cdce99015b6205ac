"""Pinning: from the list, from a piece, from a slot of the Front page screen."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from ..models import Article, Pin, RelatedLink, Status
from .access import may_all
from .front import RIGHTS, FrontPage, check_rights, saved, to_front
from .pin_form import AT_MOST, PinForm, slot_field
from .slots import times_of


class PinPage(FrontPage):
    """front/pin/?piece=… and the bulk action that leads there, for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.pin_view)
        return [path("front/pin/", view, name="trends_article_pin"), *super().get_urls()]

    def has_pin_permission(self, request: HttpRequest) -> bool:
        return may_all(request.user, *RIGHTS)

    @admin.action(description="Pin to…", permissions=["pin"])
    def pin_to(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        pieces = list(queryset.order_by().values_list("pk", flat=True)[: AT_MOST + 1])
        if len(pieces) > AT_MOST:
            said = f"A page has {AT_MOST} slots. Select at most {AT_MOST} pieces to pin."
            messages.error(request, said)
            return None
        asked = QueryDict(mutable=True)
        asked.setlist("piece", [str(pk) for pk in pieces])
        return HttpResponseRedirect(f"{reverse('admin:trends_article_pin')}?{asked.urlencode()}")

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def pin_view(self, request: HttpRequest) -> HttpResponse:
        check_rights(request)
        articles = _asked(request.GET.getlist("piece"))
        if not articles:
            return self._choose_piece(request)
        now, first = timezone.now(), {"place": request.GET.get("topic", "")}
        if request.GET.get("slot", "").isdecimal():
            first[slot_field(articles[0])] = request.GET["slot"]
        data = request.POST if request.method == "POST" else None
        form = PinForm(data, articles=articles, now=now, initial=first)
        if form.is_valid():
            pins = form.pins()
            if saved(request, form, pins):
                return to_front(pins[0].topic)
        known = Pin.objects.filter(article__in=articles).not_over(now)
        return self.pin_page(
            request,
            "pin",
            title=f"Pin “{articles[0]}”" if len(articles) == 1 else "Pin to…",
            form=form,
            pieces=[(article, article.status(now)) for article in articles],
            pinned=[(pin, times_of(pin, now)) for pin in known.select_related("topic")],
            hidden=[a for a in articles if a.status(now) != Status.LIVE],
        )

    def _choose_piece(self, request: HttpRequest) -> HttpResponse:
        form = ChooseForm(initial=request.GET.dict(), site=self.admin_site)
        media = self.media + form.media
        return self.pin_page(request, "choose", title="Pin a piece", form=form, media=media)


class ChooseForm(forms.Form):
    """Which piece; it leads on to the page that pins it."""

    piece = forms.ModelChoiceField(Article.objects.none(), label="Trend")
    slot = forms.CharField(required=False, widget=forms.HiddenInput)
    topic = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, site: admin.AdminSite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        select = AutocompleteSelect(RelatedLink._meta.get_field("target"), site)
        select.choices = self.fields["piece"].widget.choices
        self.fields["piece"].widget = select


def _asked(numbers: list[str]) -> list[Article]:
    """Pieces on the desk with these numbers, in their order, no more than a page has slots."""
    known = [int(number) for number in numbers if number.isdecimal() and len(number) < 19]
    rows = Article.objects.on_desk().with_status(timezone.now()).select_related("topic")
    found = {row.pk: row for row in rows.filter(pk__in=known[:AT_MOST])}
    return [found[pk] for pk in dict.fromkeys(known) if pk in found]
