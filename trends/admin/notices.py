"""Notices: what somebody was told, and how often they get mail about it. Everybody's own."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
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

from ..models import Member, Notice

SHOWN = 50
OPEN, READ, ALL = "open", "read", "all"


class WishForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ["mail"]
        widgets = {"mail": forms.RadioSelect}
        labels = {"mail": "Mail me"}


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """No permission is asked for: `admin_view` lets active staff in, and nobody gets to see or
    mark what others were told."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.notices_view), name="trends_notice_changelist"),
            path("mail/", view(self.mail_view), name="trends_notice_mail"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # nav.html has the link, with the number of unread ones

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # no page does that, but an account goes with its notices

    def notices_view(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return _mark(request)
        return self._page(request, WishForm(instance=Member.of(_me(request))))

    def mail_view(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        member, _ = Member.objects.get_or_create(user=_me(request))
        form = WishForm(request.POST, instance=member)
        if not form.is_valid():
            return self._page(request, form, status=422)
        form.save()
        messages.success(request, f"Mail: {member.get_mail_display()}.")
        return HttpResponseRedirect(reverse("admin:trends_notice_changelist"))

    def _page(self, request: HttpRequest, wish: WishForm, status: int = 200) -> HttpResponse:
        rows = Notice.objects.of(request.user)
        if before := request.GET.get("before", ""):
            rows = rows.before(_mine(request, before))
        found = list(rows[: SHOWN + 1])
        shown = found[:SHOWN]
        context = self.admin_site.each_context(request) | {
            "title": "Notices", "opts": self.opts, "notices": shown, "wish": wish,
            "unread": any(notice.read_at is None for notice in shown),
            "older": shown[-1].pk if len(found) > SHOWN else None, "is_first": not before,
            "sends_mail": settings.SENDS_MAIL,
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/notice/notices.html", context, status=status)


def _mark(request: HttpRequest) -> HttpResponse:
    """Read: one, one that is opened by that, or all up to the newest that was shown."""
    now, mine = timezone.now(), Notice.objects.of(request.user)
    here = HttpResponseRedirect(request.get_full_path())
    if ALL in request.POST:
        newest = _mine(request, request.POST[ALL])
        (mine.filter(pk=newest.pk) | mine.before(newest)).read(now)
        return here
    act = OPEN if OPEN in request.POST else READ
    notice = _mine(request, request.POST.get(act, ""))
    mine.filter(pk=notice.pk).read(now)
    return HttpResponseRedirect(notice.desk_url) if act == OPEN else here


def _mine(request: HttpRequest, number: str) -> Notice:
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    notice = Notice.objects.of(request.user).filter(pk=number).first() if is_number else None
    if notice is None:
        raise Http404("You have no such notice.")
    return notice


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)
