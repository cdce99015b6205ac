"""What machines ask of a process: is it alive, may it get readers, are the jobs done?

They ask by the machine's address and without TLS, so they are answered before host names and
https are looked at. Plain text, kept by nobody; a reason names no host and no account.
"""

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import timezone

from ..models import Job
from ..models.migrated import missing
from . import policy
from .errors import is_away

Middleware = Callable[[HttpRequest], HttpResponseBase]
AWAY = "the database can't be reached"
UNMIGRATED = "migrations are not applied: run manage.py migrate"
LEFT_ALONE = "jobs wait and nobody does them: run manage.py work"


def alive(request: HttpRequest) -> HttpResponse:
    """/healthz: this process answers. A supervisor restarts one that does not, so nothing is
    asked that a restart can't mend: no database."""
    return said("alive")


def ready(request: HttpRequest) -> HttpResponse:
    """/readyz: readers may be sent here. One query. A worker that is away is no reason to send
    them elsewhere, and maintenance has a page that they shall see."""
    try:
        is_ready = not missing()
    except Error as error:
        return said(AWAY if is_away(error) else UNMIGRATED, status=503)
    return said("ready") if is_ready else said(UNMIGRATED, status=503)


def worked(request: HttpRequest) -> HttpResponse:
    """/workz: somebody does the jobs. One or two queries."""
    try:
        is_left_alone = Job.objects.are_left_alone(timezone.now())
    except Error as error:
        return said(AWAY if is_away(error) else UNMIGRATED, status=503)
    return said(LEFT_ALONE, status=503) if is_left_alone else said("done")


def said(words: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)
    response.headers["Cache-Control"] = policy.PRIVATE
    return response


PROBES = {"/healthz": alive, "/readyz": ready, "/workz": worked}


def answer_probes(get_response: Middleware) -> Middleware:
    """Stands before what looks at hosts and https. The patterns of the same names in urls.py say
    that the addresses are taken."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return probe(request)

    return answer
