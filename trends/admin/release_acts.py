"""What can be done with a release: by POST; what needs words or a time has a page that asks."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from ..models import Article, Refused, Release
from .back import calendar_back
from .no_script import blank_rows
from .release_form import AddForm, MoveForm
from .times import moment_in_words

SAID = {
    "plan": "All of it is planned.",
    "cancel": "Nothing of it is planned any more; its pieces stay together.",
    "take_out": "Taken out. It is not planned any more; the others stay as they are.",
    "add": "Added.",
}
AT_ONCE = ("plan", "cancel", "take_out")


class ReleaseActs(admin.ModelAdmin):
    """<id>/plan/, …/cancel/, …/take_out/, …/move/ and …/add_pieces/, for ReleaseAdmin."""

    def get_urls(self) -> list[URLPattern]:
        def page(name: str, view: Callable[..., HttpResponse]) -> URLPattern:
            address = f"<int:object_id>/{name}/"
            return path(address, self.admin_site.admin_view(view), name=f"trends_release_{name}")

        acts = [page(name, partial(self.act_view, act=name)) for name in AT_ONCE]
        asking = [page("move", self.move_view), page("add_pieces", self.add_pieces_view)]
        return [*acts, *asking, *super().get_urls()]

    def page_url(self, release: Release, page: str = "change") -> str:
        return reverse(f"admin:trends_release_{page}", args=[release.pk])

    def _found(self, request: HttpRequest, object_id: int) -> Release:
        if not self.has_change_permission(request):
            raise PermissionDenied
        release = Release.objects.filter(pk=object_id).first() if object_id < 2**63 else None
        if release is None:
            raise Http404("There is no such release.")
        return release

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, object_id: int, *, act: str) -> HttpResponse:
        release = self._found(request, object_id)
        given = (_piece(request),) if act == "take_out" else ()
        self._try(request, release, act, *given)
        return HttpResponseRedirect(self.page_url(release))

    def _try(self, request: HttpRequest, release: Release, act: str, *given: Any) -> str:
        """Do it and say so, or say why not; returns the refusal."""
        try:
            getattr(release, act)(*given, by=request.user)
        except Refused as refused:
            if act in AT_ONCE:
                messages.error(request, str(refused))
            return str(refused)
        moved = act == "move" and f"Moved to {moment_in_words(given[0], timezone.now())}."
        said = moved or SAID[act]
        self.log_change(request, release, said)
        messages.success(request, f"{release}: {said}")
        return ""

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def move_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        release = self._found(request, object_id)
        form = MoveForm(_posted(request), initial={"live_from": release.live_from})
        return self._ask(request, release, "move", "live_from", form)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def add_pieces_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        release = self._found(request, object_id)
        plain = bool(blank_rows(request))
        form = AddForm(_posted(request), user=request.user, plain=plain)
        return self._ask(request, release, "add", "articles", form)

    def _ask(
        self, request: HttpRequest, release: Release, act: str, name: str, form: forms.Form
    ) -> HttpResponse:
        """The page of an act; what was typed stays on it where it is refused."""
        status = 200
        if request.method == "POST" and form.is_valid():
            refusal = self._try(request, release, act, form.cleaned_data[name])
            if not refusal:
                back = calendar_back(request) if act == "move" else ""
                return HttpResponseRedirect(back or self.page_url(release))
            form.add_error(None, refusal)
            status = 409
        label = "Move all of it" if act == "move" else "Add pieces"
        context = self.admin_site.each_context(request) | {
            "title": f"{label}: {release}", "opts": self.opts, "release": release, "form": form,
            "label": label, "media": self.media + form.media,
            "back": calendar_back(request) or self.page_url(release),
            "pieces": release.articles.order_by("title").only("title"), "act": act,
        }  # fmt: skip
        template = "admin/trends/release/act.html"
        return TemplateResponse(request, template, context, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _piece(request: HttpRequest) -> Article:
    """The one to take out; one that is not there is in no release either."""
    pk = request.POST.get("article", "")
    return Article(pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
