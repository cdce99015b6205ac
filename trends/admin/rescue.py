"""A form that can't be saved is never lost: its session ended, its token is an old one, the
database is away, or something broke.

A forged form must never become a click of its victim. So a button that sends a form again stands
only where the form can't be forged: it passed the check of its token, or it brought the ticket of
the very user who is logged in (whose pages nobody else can read). A text goes into the autosave of
nobody but its ticket's owner.
"""

import logging
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from .. import richtext
from ..models import Autosave
from ..snapshot import PROSE
from .ticket import FOR_RESCUE, NAME, Ticket, ticket_in, typed_fields

View = Callable[..., HttpResponse]
logger = logging.getLogger(__name__)
CHUNK = 64 * 1024  # bytes
# Fields that the form itself fills in: nobody typed them.
MACHINE = ("loaded", "base", "form_key", NAME, "csrfmiddlewaretoken")
MACHINE_STARTS = ("_", "initial-", "was_")
MACHINE_ENDS = ("_FORMS", "-id", "-key", "-position", "-article")
TYPED_IN_NOTES = ("text", "outcome", "name", "contact")  # other fields are quickly chosen again


def rescued(view: View) -> View:
    """The view of a form with a ticket, which answers to every POST with what was typed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        posted = request.POST
        try:
            return _strayed(request) or drawn(view(request, *args, **kwargs))
        except (Http404, SuspiciousOperation):
            raise
        except Exception as error:
            request.POST = posted  # the merge put another in its place
            is_forbidden = isinstance(error, PermissionDenied)
            return _forbidden(request) if is_forbidden else _broken(request, error)

    return answer


def handed_back(view: View) -> View:
    """The view of a small form without a ticket, such as a note's: when its session has ended,
    what was typed is on the answer, to copy. There is no button to send it again: the token
    changes with the login."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.method == "POST" and any(map(request.POST.get, TYPED_IN_NOTES))
        if not typed or admin.site.has_permission(request):
            return view(request, *args, **kwargs)
        back = reverse("admin:trends_article_notes", args=[kwargs["object_id"]])
        return page(request, "logged_out", status=403, copy=True, only=TYPED_IN_NOTES, back=back)

    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW. Logging in in another tab makes every open form's token old."""
    ticket = ticket_in(request.POST, age=FOR_RESCUE)
    if not is_form(request) or ticket is None:
        return page(request, "refused", status=403)
    strayed = _strayed(request)
    if strayed:
        return strayed
    keep(request, ticket)
    if reason.startswith(("Origin", "Referer")):  # it would be refused again
        return page(request, "not_from_here", status=403)
    return page(request, "old_token", status=403, again=True)


def too_long(request: HttpRequest) -> HttpResponse:
    """For a form that exceeds DATA_UPLOAD_MAX_…, which nobody has read. It is read to its end,
    since a browser that can't send all of it shows no answer."""
    while request.read(CHUNK):
        pass
    return page(request, "too_long", status=413)


def is_form(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name in ("trends_article_add", "trends_article_change"))


def drawn(response: HttpResponse) -> HttpResponse:
    """Rendered already, so that what breaks in a template is caught as well."""
    render = getattr(response, "render", None)
    return render() if callable(render) else response


def keep(request: HttpRequest, ticket: Ticket) -> bool:
    if not User.objects.filter(pk=ticket.user, is_active=True).exists():
        return False
    typed = typed_fields(request.POST)
    Autosave.objects.keep(ticket.user, ticket.place, ticket.article, form=typed, now=timezone.now())
    return True


def _strayed(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form whose owner is not the one who is logged in, or has not entered the
    code yet; None for all others."""
    ticket = ticket_in(request.POST, age=FOR_RESCUE)
    is_theirs = ticket is not None and ticket.user == request.user.pk
    is_in = is_theirs and admin.site.has_permission(request)
    if ticket is None or is_in or not keep(request, ticket):
        return None
    if request.user.is_authenticated and not is_theirs:
        return page(request, "somebody_else", status=403)
    said = "You were logged out. What you typed is kept: log in, and it is offered to you."
    messages.warning(request, said)
    return redirect_to_login(request.get_full_path(), reverse("admin:login"))


def _forbidden(request: HttpRequest) -> HttpResponse:
    """Somebody else's piece by now: whoever typed may take the words away."""
    ticket = ticket_in(request.POST, age=FOR_RESCUE)
    if ticket is None or ticket.user != request.user.pk:
        raise PermissionDenied
    return page(request, "forbidden", status=403, copy=True)


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("A form could not be saved", exc_info=error)
    got_request_exception.send(sender=None, request=request)
    if isinstance(error, DatabaseError):
        response = page(request, "database", status=503, again=True)
        response.headers["Retry-After"] = "30"
        return response
    _keep_if_it_goes(request)
    return page(request, "broken", status=500, again=True)


def _keep_if_it_goes(request: HttpRequest) -> None:
    """Whoever closes the page with the text on it is offered it again. The page matters more, and
    what broke the form may break this as well."""
    ticket = ticket_in(request.POST, age=FOR_RESCUE)
    try:
        with transaction.atomic():
            if ticket:
                keep(request, ticket)
    except Exception:
        logger.exception("Nor could its text be kept")


def page(
    request: HttpRequest, why: str, *, status: int, again: bool = False, copy: bool = False,
    only: Collection[str] = (), back: str = "",
) -> HttpResponse:  # fmt: skip
    """A page that asks the database nothing. `again`: with all fields and a button that sends
    them once more; `copy`: with what was typed, to copy, or of it `only` these fields; `back`:
    where to go after a login."""
    posted = [(name, values) for name, values in request.POST.lists() if not only or name in only]
    fields = [(name, value) for name, values in posted for value in values]
    context = {
        "why": why, "path": request.get_full_path(), "back": back, "home": reverse("admin:index"),
        "login": reverse("admin:login"), "nonce": getattr(request, "csp_nonce", ""),
        "fields": [f for f in fields if f[0] != "csrfmiddlewaretoken"] if again else [],
        "texts": readable(fields) if again or copy else [],
        "csrf_token": get_token(request) if again else "",
    }  # fmt: skip
    body = render_to_string("admin/desk/rescue.html", context)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store, private"})


def readable(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a person typed: (name of the field, plain words)."""
    typed = [
        (name, richtext.readable(value) if name in PROSE else value)
        for name, value in fields
        if value.strip() and not value.isdecimal() and name not in MACHINE
        and not name.startswith(MACHINE_STARTS) and not name.endswith(MACHINE_ENDS)
    ]  # fmt: skip
    return [(name.replace("_", " ").replace("-", " "), value) for name, value in typed]
