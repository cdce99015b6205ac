"""The enrichment queue: every pending section, oldest first, and who owes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from ..models import Article, Status
from ..models.article_queries import ArticleQuerySet
from ..models.waiting import Waiting, waiting
from .access import may_all
from .assign import AssignAction
from .handover import RIGHTS as HANDOVER
from .queue_acts import AUTHOR, CLAIM, MANAGE, ActForm, Chosen, act_on, chosen_of, told
from .queue_filter import QueueForm

PIECES = 25  # on a page; each has seven sections at most
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A pending section as the page shows it. `value` is what its box posts."""

    value: str
    waiting: Waiting
    days_late: int
    can_claim: bool
    is_mine: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Piece:
    article: Article
    status: Status
    lines: list[Line]


class QueuePage(AssignAction):
    """queue/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.queue_view)
        return [path("queue/", view, name="trends_article_queue"), *super().get_urls()]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        if not may_all(request.user, "trends.view_article", "trends.change_article"):
            raise PermissionDenied
        if request.method != "POST":
            return self._queue(request, ActForm(user=request.user, chosen={}))
        claimed = request.POST.get("claim")
        data = {"act": CLAIM} if claimed else request.POST
        chosen = chosen_of([claimed] if claimed else request.POST.getlist("row"))
        form = ActForm(data, user=request.user, chosen=chosen)
        if not form.is_valid():
            return self._queue(request, form)
        if form.cleaned_data["act"] == AUTHOR:
            rows = Article.objects.seen_by(request.user).filter(pk__in=chosen)
            return self.ask_for_author(request, rows, back=request.get_full_path())
        return self._act(request, form.cleaned_data, chosen)

    def _act(self, request: HttpRequest, given: dict[str, Any], chosen: Chosen) -> HttpResponse:
        found = set(
            Article.objects.seen_by(request.user).filter(pk__in=chosen).values_list("pk", flat=True)
        )
        outcome = act_on(chosen, given, by=request.user)
        for level, sentence in told(given, outcome, missing=len(set(chosen) - found)):
            messages.add_message(request, messages.DEFAULT_LEVELS[level.upper()], sentence)
        return HttpResponseRedirect(request.get_full_path())

    def _queue(self, request: HttpRequest, acts: ActForm) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Queue", "opts": self.opts, "acts": acts,
            **_page(request, acts.chosen, timezone.now()),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/article/queue.html", context)


def _page(request: HttpRequest, chosen: Chosen, now: datetime) -> dict[str, Any]:
    """The pieces of one page with all that stands around them."""
    user, today = request.user, timezone.localdate(now)
    filters = QueueForm(request.GET, user=user)
    wanted = filters.wanted(today)
    rows = Article.objects.seen_by(user).to_enrich(wanted, now)
    if topic := filters.given.get("topic"):
        rows = rows.about(topic)
    count = rows.order_by().values("pk")[: COUNTED + 1].count()
    found = list(_from(rows, filters.given.get("after"))[: PIECES + 1])
    shown = found[:PIECES]
    lines = (_lines(one, user, today, chosen) for one in waiting(shown, wanted))
    return {
        "filters": filters,
        "count": f"{COUNTED:,}+" if count > COUNTED else str(count),
        "is_one": count == 1,
        "pieces": [
            Piece(article, article.status(now), list(theirs))
            for article, theirs in zip(shown, lines, strict=True)
        ],
        "next": _address(request, after=shown[-1].pk) if len(found) > PIECES else "",
        "first": _address(request) if filters.given.get("after") else "",
        "may_hand_over": may_all(user, *HANDOVER),
        "absent": filters.owner if _may_hand_over(user, filters.owner) else None,
    }


def _from(rows: ArticleQuerySet, after: int | None) -> ArticleQuerySet:
    """The page after a piece. Where that is gone, the first one."""
    last = Article.objects.filter(pk=after).first() if after else None
    return rows.came_after(last.created_at, last.pk) if last else rows


def _lines(found: list[Waiting], user: Any, today: date, chosen: Chosen) -> Iterator[Line]:
    for one in found:
        is_mine = one.owner == user
        yield Line(
            value=f"{one.article.pk}:{one.section}",
            waiting=one,
            days_late=one.days_late(today),
            can_claim=not is_mine and (one.owner is None or user.has_perm(MANAGE)),
            is_mine=is_mine,
            is_chosen=one.section in chosen.get(one.article.pk, ()),
        )


def _address(request: HttpRequest, **changes: Any) -> str:
    """This part of the queue, from another place on."""
    given = request.GET.copy()
    given.pop("after", None)
    for name, value in changes.items():
        given[name] = str(value)
    return f"?{given.urlencode()}"


def _may_hand_over(user: Any, owner: Any) -> bool:
    return isinstance(owner, User) and owner != user and may_all(user, *HANDOVER)
