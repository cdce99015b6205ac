"""The Front page screen: what stands in each slot now and later, of the front page or a topic's
page, with the ways to change and unpin it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
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
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from ..models import Pin, Topic
from ..models.pin import place_name
from .access import may_all
from .pin_form import PinChangeForm, TimesForm, place_of
from .slots import slot_views, times_of
from .times import zone_line

# Who plans a page sees the titles of all that is planned for it.
RIGHTS = ("trends.view_article", "trends.change_all_articles", "trends.pin_article")


class FrontPage(admin.ModelAdmin):
    """front/ for ArticleAdmin; front/<pin>/ changes a pin, front/<pin>/unpin/ takes it away."""

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        pages = [
            path("front/", site.admin_view(self.front_view), name="trends_article_front"),
            path(
                "front/<int:pin_id>/",
                site.admin_view(self.change_pin_view),
                name="trends_article_change_pin",
            ),
            path(
                "front/<int:pin_id>/unpin/",
                site.admin_view(self.unpin_view),
                name="trends_article_unpin",
            ),
        ]
        return pages + super().get_urls()

    def front_view(self, request: HttpRequest) -> HttpResponse:
        check_rights(request)
        now = timezone.now()
        topics = list(Topic.objects.current().with_pins(now))
        topic = place_of(request.GET.get("topic"), topics)
        return self.pin_page(
            request,
            "front",
            title=place_name(topic),
            slots=list(slot_views(topic, now)),
            topic=topic,
            topics=topics,
            zone=zone_line(now),
            public_url=topic.get_absolute_url() if topic else reverse("home"),
        )

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def change_pin_view(self, request: HttpRequest, pin_id: int) -> HttpResponse:
        check_rights(request)
        pin, now = _pin(pin_id), timezone.now()
        form = PinChangeForm(request.POST if request.method == "POST" else None, pin=pin, now=now)
        if form.is_valid() and saved(request, form, [form.changed()]):
            return to_front(pin.topic)
        return self.pin_page(
            request,
            "change_pin",
            title=f"Pin of “{pin.article}”",
            form=form,
            pin=pin,
            times=times_of(pin, now),
        )

    def unpin_view(self, request: HttpRequest, pin_id: int) -> HttpResponse:
        check_rights(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            pin = _pin(pin_id)
        except Http404:
            messages.info(request, "This piece was unpinned already.")
            return to_front(None)
        pin.unpin(by=request.user, now=timezone.now())
        messages.success(request, f"“{pin.article}” is unpinned ({pin}).")
        return to_front(pin.topic)

    def pin_page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/trends/pin/{name}.html", context)


def check_rights(request: HttpRequest) -> None:
    if not may_all(request.user, *RIGHTS):
        raise PermissionDenied


def saved(request: HttpRequest, form: TimesForm, pins: list[Pin]) -> bool:
    """All of them, or none: then the form says why."""
    try:
        Pin.objects.put(pins, by=request.user, now=form.now)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    for pin in pins:
        messages.success(request, f"“{pin.article}” is pinned: {pin}, {times_of(pin, form.now)}.")
    return True


def to_front(topic: Topic | None) -> HttpResponse:
    place = f"?topic={topic.pk}" if topic else ""
    return HttpResponseRedirect(reverse("admin:trends_article_front") + place)


def _pin(pin_id: int) -> Pin:
    try:
        return Pin.objects.select_related("article", "topic").get(pk=pin_id)
    except (Pin.DoesNotExist, OverflowError):
        raise Http404("There is no such pin. Somebody may have unpinned it.") from None
