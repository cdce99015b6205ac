"""The second step of the login, and the page where members of staff set it up for themselves.

Whoever has given no more than the password is logged in for Django, and let into none of the
admin's pages: has_permission() stands before each of them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ..models import two_factor
from .two_factor_forms import CodeForm, PasswordForm, SetUpForm

View = Callable[[HttpRequest], HttpResponse]
THROUGH = "two_factor"  # in a session that came through the second step
SECRET = "two_factor_secret"  # in one that is setting it up


class TwoFactor(admin.AdminSite):
    """For the Desk."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_through(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"two_factor": two_factor.is_on()}

    def get_urls(self) -> list[Any]:
        own = [
            path("two_factor/", self._behind_password(self.own_view), name="two_factor"),
            path("two_factor/code/", self._behind_password(self.code_view), name="two_factor_code"),
        ]
        return own + super().get_urls()

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """All refused pages lead here. Who has given the password already takes the next step."""
        is_half = super().has_permission(request) and not is_through(request)
        if is_half and request.method == "GET":
            return HttpResponseRedirect(next_step(request))
        return super().login(request, extra_context)

    def _behind_password(self, view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            if not two_factor.is_on():
                raise Http404
            if not super(TwoFactor, self).has_permission(request):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            return view(request)

        return answer

    def code_view(self, request: HttpRequest) -> HttpResponse:
        """The second step."""
        if "leave" in request.POST:
            logout(request)
            return HttpResponseRedirect(reverse("admin:login"))
        if is_through(request):
            return HttpResponseRedirect(wanted(request))
        if not has_it(request):
            return HttpResponseRedirect(next_step(request))
        form = CodeForm(request.POST or None, request=request)
        if form.is_valid():
            let_through(request)
            return HttpResponseRedirect(wanted(request))
        return self._page(request, "code", "Enter your code", form=form)

    def own_view(self, request: HttpRequest) -> HttpResponse:
        if not has_it(request):
            return self._set_up(request)
        if not is_through(request):
            return HttpResponseRedirect(next_step(request))
        form = PasswordForm(request.POST or None, request=request)
        if not form.is_valid():
            left = two_factor.codes_left(request.user)
            return self._page(request, "own", "Two-factor login", form=form, left=left)
        if form.turns_off:
            two_factor.reset(request.user)
            del request.session[THROUGH]
            request.session.cycle_key()
            return HttpResponseRedirect(request.path)
        return self._codes(request, "New recovery codes", two_factor.renew_codes(request.user))

    def _set_up(self, request: HttpRequest) -> HttpResponse:
        secret = request.session.setdefault(SECRET, two_factor.new_secret())
        form = SetUpForm(request.POST or None, request=request, secret=secret)
        if form.is_valid():
            codes = two_factor.turn_on(request.user, secret, last=form.cleaned_data["code"])
            let_through(request)
            return self._codes(request, "Two-factor login is on", codes, is_new=True)
        link = two_factor.link_of(request.user, secret)
        return self._page(
            request, "set_up", "Set up two-factor login", form=form, link=link,
            key=in_groups(secret), picture=two_factor.picture_of(link),
            is_required=settings.NEWSROOM_TWO_FACTOR == "required",
        )  # fmt: skip

    def _codes(
        self, request: HttpRequest, title: str, codes: list[str], **more: Any
    ) -> HttpResponse:
        """The one time that they are shown."""
        return self._page(request, "codes", title, codes=[*map(in_groups, codes)], **more)

    def _page(self, request: HttpRequest, name: str, title: str, **more: Any) -> HttpResponse:
        context = self.each_context(request) | {"title": title, "next": wanted(request)} | more
        return TemplateResponse(request, f"admin/two_factor/{name}.html", context)


def is_through(request: HttpRequest) -> bool:
    """Nothing more is asked of whoever gave the password."""
    wish = settings.NEWSROOM_TWO_FACTOR
    if wish == "off" or request.session.get(THROUGH):
        return True
    return bool(wish == "on" and not has_it(request))


def has_it(request: HttpRequest) -> bool:
    """Asked once a request: the admin asks for permission several times."""
    known = request.__dict__
    if "has_two_factor" not in known:
        known["has_two_factor"] = two_factor.has(request.user)
    return bool(known["has_two_factor"])


def let_through(request: HttpRequest) -> None:
    request.session.pop(SECRET, None)
    request.session[THROUGH] = True
    request.session.cycle_key()  # a key that somebody saw before is good for nothing


def in_groups(code: str) -> str:
    """Of four: easier to read and to type."""
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4))


def next_step(request: HttpRequest) -> str:
    url = reverse("admin:two_factor_code" if has_it(request) else "admin:two_factor")
    return f"{url}?{urlencode({'next': wanted(request)})}"


def wanted(request: HttpRequest) -> str:
    """Where somebody was going: an address of the desk."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if ours and not to.startswith(reverse("admin:login")) else reverse("admin:index")
