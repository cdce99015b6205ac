"""Jobs: what waits for the worker, what it has in hand, and what went wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
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

from ..jobs.registry import HANDLERS
from ..models import Job
from ..models.names import name_of
from .access import may_all

VIEW, CHANGE, REMOVE = "trends.view_job", "trends.change_job", "trends.delete_job"
SHOWN = 50  # of each group
# So long may a job be due before somebody should look whether a worker runs.
PATIENCE = 300  # seconds


@dataclass(frozen=True, slots=True)
class Line:
    job: Job
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """Jobs in the same state; `count` says how many there are, of which some are shown."""

    name: str
    title: str
    lines: list[Line]
    count: int


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.jobs_view), name="trends_job_changelist"),
            path("<int:job_id>/again/", view(self.again_view), name="trends_job_again"),
            path("<int:job_id>/remove/", view(self.remove_view), name="trends_job_remove"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def jobs_view(self, request: HttpRequest) -> HttpResponse:
        if not may_all(request.user, VIEW):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        now = timezone.now()
        found = groups(now)
        context = self.admin_site.each_context(request) | {
            "title": "Jobs", "opts": self.opts, "groups": found, "late": _is_late(now),
            "is_empty": not any(group.count for group in found),
            "may_change": may_all(request.user, CHANGE),
            "may_remove": may_all(request.user, REMOVE),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/job/jobs.html", context)

    def again_view(self, request: HttpRequest, job_id: int) -> HttpResponse:
        job = _posted(request, job_id, CHANGE)
        if isinstance(job, HttpResponse):
            return job
        if Job.objects.filter(pk=job.pk).begin_anew(timezone.now()):
            self.log_change(request, job, "Try again now.")
            messages.success(request, f"{label_of(job)}: it is tried again in a moment.")
        else:
            messages.info(request, f"{label_of(job)}: a worker has it in hand just now.")
        return _to_jobs()

    def remove_view(self, request: HttpRequest, job_id: int) -> HttpResponse:
        job = _posted(request, job_id, REMOVE)
        if isinstance(job, HttpResponse):
            return job
        self.log_deletions(request, Job.objects.filter(pk=job.pk))
        job.delete()
        messages.success(request, f"{label_of(job)} is off the list and will not be done.")
        return _to_jobs()


def groups(now: datetime) -> list[Group]:
    """What needs somebody comes first. One query for all the names."""
    waiting = Job.objects.filter(lease="", given_up_at=None)
    silent = Job.objects.exclude(lease="").filter(leased_until__lte=now, given_up_at=None)
    found = [
        ("given_up", "Given up", Job.objects.given_up()),
        ("failed", "Failed, to be tried again", waiting.exclude(error="")),
        ("silent", "Its worker is silent: another one takes it over", silent),
        ("in_hand", "In hand", Job.objects.in_hand(now)),
        ("waiting", "Waiting", waiting.filter(error="")),
    ]
    shown = {name: list(rows[:SHOWN]) for name, _, rows in found}
    names = names_of(chain.from_iterable(shown.values()))
    return [_group(name, title, rows, shown[name], names) for name, title, rows in found]


def _group(name: str, title: str, rows: Any, jobs: list[Job], names: dict[str, str]) -> Group:
    lines = [Line(job, label_of(job, names)) for job in jobs]
    return Group(name, title, lines, rows.count() if len(lines) == SHOWN else len(lines))


def _is_late(now: datetime) -> bool:
    """Something is due for so long that no worker seems to run."""
    first = Job.objects.due(now).values_list("run_at", flat=True).first()
    return bool(first and (now - first).total_seconds() > PATIENCE)


def names_of(jobs: Iterable[Job]) -> dict[str, str]:
    """Key → name, of jobs for accounts that there are."""
    of_accounts = {kind for kind, handler in HANDLERS.items() if handler.is_of_account}
    keys = {job.key for job in jobs if job.kind in of_accounts and job.key.isdecimal()}
    people = User.objects.filter(pk__in=keys) if keys else User.objects.none()
    return {str(user.pk): name_of(user) for user in people}


def label_of(job: Job, names: dict[str, str] | None = None) -> str:
    """Such as "Mail of notices to account Wes". `names`: as names_of() gives them."""
    handler = HANDLERS.get(job.kind)
    known = names_of([job]) if names is None else names
    who = known.get(job.key) if handler and handler.is_of_account else None
    return f"{handler.label if handler else job.kind} {who or job.key}".rstrip()


def _posted(request: HttpRequest, job_id: int, permission: str) -> Job | HttpResponse:
    """The job that a button asks about, or the answer to what is no POST."""
    if not may_all(request.user, VIEW, permission):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise Http404("There is no such job: it is done, or somebody removed it.")
    return job


def _to_jobs() -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:trends_job_changelist"))
