"""What is typed and not saved: kept every few seconds, brought back or thrown away; and who else
is at work."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from ..models import Article, Autosave, Revision
from ..models.autosave import NEW
from ..models.names import name_of
from .merged_post import RESTORED
from .rescue import rescued
from .ticket import FOR_AUTOSAVE, FOR_RESCUE, NAME, Ticket, own_ticket, ticket_in, typed_fields
from .unsaved import names, sentence, unsaved_context

MOST = 1024 * 1024  # bytes of a form that autosave takes
FORMS = ("trends_article_add", "trends_article_change")
# Posted to the form itself: the place of a text to bring back.
BRING_BACK = "_bring_back"
# The places of forms that were saved, for the browser that may hold a copy.
SAVED_COOKIE = "desk-saved"


class AutosavePages(admin.ModelAdmin):
    """For ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("add/autosave/", not_too_long(view(self.autosave_view)),
                 name="trends_article_add_autosave"),
            path("<int:object_id>/autosave/", not_too_long(view(self.autosave_view)),
                 name="trends_article_autosave"),
            path("autosave/throw-away/", view(self.throw_away_view),
                 name="trends_article_throw_away"),
        ]  # fmt: skip
        pages: list[URLPattern] = super().get_urls()
        for page in pages:
            if page.name in FORMS:
                page.callback = rescued(page.callback)
        return own + pages

    def autosave_view(self, request: HttpRequest, object_id: int | None = None) -> HttpResponse:
        """Permissions are the ticket's: whoever got it may change the piece."""
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        ticket = own_ticket(request, object_id, age=FOR_AUTOSAVE)
        if ticket is None:
            raise PermissionDenied
        now = timezone.now()
        newer = _newer(request, object_id)
        kept = "_seen" not in request.POST and not _is_made(ticket)
        if kept:
            _keep(ticket, typed_fields(request.POST), now)
        elif object_id:
            Autosave.objects.see(ticket.user, object_id, now=now)
        others = Autosave.objects.at_work(object_id or 0, besides=ticket.user, now=now)
        said = [sentence(names(others)) if object_id else "", newer]
        at = int(now.timestamp() * 1000) if kept else 0
        return JsonResponse({"kept": at, "said": " ".join(filter(None, said))})

    def throw_away_view(self, request: HttpRequest) -> HttpResponse:
        """For good. Each throws away what is his or hers."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        place = request.POST.get("place", "")
        gone, _ = Autosave.objects.texts(request.user).filter(place=place).delete()
        said = "It is thrown away." if gone else "There was nothing to throw away any more."
        messages.info(request, said)
        return HttpResponseRedirect(_form_of(place))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if BRING_BACK in request.POST and not bring_back(request, f"article:{object_id}:"):
            return self._nothing_there(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if BRING_BACK in request.POST and not bring_back(request, NEW):
            return self._nothing_there(request)
        return super().add_view(request, form_url, extra_context)

    def _nothing_there(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, "There is nothing to bring back: it was saved or thrown away.")
        return HttpResponseRedirect(request.get_full_path())

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if "title" in form.fields and not context.get("is_popup"):  # else there is only to look
            context |= unsaved_context(request, form)
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        begun = Autosave.objects.begun(request.user).count()
        return super().changelist_view(request, {"begun": begun, **(extra_context or {})})

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        return settled(request, obj, super().response_add(request, obj, *args, **kwargs))

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return settled(request, obj, super().response_change(request, obj))


def not_too_long(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Look at the length before anything reads the form; `view` checks the token by itself."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MOST:
            said = "This piece is too long to be kept while you type. Save it, or split it."
            return HttpResponse(said, status=413, content_type="text/plain")
        return view(request, *args, **kwargs)

    return checked


def bring_back(request: HttpRequest, about: str) -> bool:
    """Put a kept text in place of what was posted, as if the form came in with it now."""
    place = request.POST[BRING_BACK]
    row = Autosave.objects.texts(request.user).filter(place=place).first()
    if row is None or not place.startswith(about):
        return False
    data = QueryDict(row.form, mutable=True)
    data[RESTORED] = "1"
    data[NAME] = Ticket(row.user_id, place).signed()
    request.POST = data  # type: ignore[assignment]
    return True


def settled(request: HttpRequest, article: Article, response: HttpResponse) -> HttpResponse:
    """The form is saved: nothing of it is left to bring back, here or in the browser. The form of
    a new piece that is sent twice changes the piece that it made."""
    ticket = ticket_in(request.POST, age=FOR_RESCUE)
    if ticket is None or ticket.user != request.user.pk:
        return response
    if ticket.article not in (None, article.pk):
        return response
    Autosave.objects.settle(request.user, ticket.place, now=timezone.now())
    earlier = request.COOKIES.get(SAVED_COOKIE, "").split("|")[-9:]
    response.set_cookie(
        SAVED_COOKIE, "|".join(filter(None, [*earlier, ticket.place])),
        path=reverse("admin:index"), samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _keep(ticket: Ticket, form: str, now: datetime) -> None:
    try:
        Autosave.objects.keep(ticket.user, ticket.place, ticket.article, form=form, now=now)
    except IntegrityError:
        raise Http404("The piece is gone.") from None


def _newer(request: HttpRequest, article_id: int | None) -> str:
    """A sentence where the piece was saved after this form was opened."""
    last = Revision.objects.filter(article=article_id).select_related("created_by", "article")
    by = [f"created_by__{name}" for name in ("username", "first_name", "last_name")]
    found = last.only("number", "article__version", *by).first() if article_id else None
    if article_id and found is None:  # each piece has one, unless it is erased
        raise Http404("The piece is gone.")
    if found is None or request.POST.get("loaded") == str(found.article.version):
        return ""
    is_theirs = str(found.number) != request.POST.get("base")
    who = name_of(found.created_by) if is_theirs and found.created_by else "Somebody"
    return f"{who} has saved a newer version. What you typed is merged into it when you save."


def _is_made(ticket: Ticket) -> bool:
    """The new piece was saved while its form was still sending."""
    key = ticket.place.removeprefix(NEW)
    return ticket.article is None and Article.objects.filter(form_key=key).exists()


def _form_of(place: str) -> str:
    number = place.split(":")[1] if place.startswith("article:") else ""
    if number.isdecimal() and len(number) < 19:
        return reverse("admin:trends_article_change", args=[number])
    return reverse("admin:trends_article_add")
