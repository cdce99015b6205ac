"""The tabs over the list of pieces: questions that are asked every day, with their counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models.article_queries import ArticleQuerySet
from .counting import up_to

Find = Callable[[ArticleQuerySet, Any, datetime], ArticleQuerySet]
MOST = 99  # more than this many are not counted
# How they are counted where there are more than LOOKED_AT pieces: all of them, by an index; among
# those that were changed last; or not, since nothing leads to them but a look at each piece.
IN_FULL, LATELY, NOT_AT_ALL = range(3)
LOOKED_AT = 100
LISTED_FROM = 20_000  # pieces changed last: where those of a tab counted LATELY are looked for
PARAMETER = "tab"


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    label: str
    find: Find
    counted: int = IN_FULL


QUESTIONS = (
    Question("mine", "Mine", lambda rows, user, now: rows.own(user)),
    Question("unassigned", "Unassigned", lambda rows, user, now: rows.nobody_assigned(), LATELY),
    Question(
        "evidence", "Pending evidence", lambda rows, user, now: rows.pending("evidence"), LATELY
    ),
    Question("review", "In review", lambda rows, user, now: rows.in_review()),
    Question("scheduled", "Scheduled", lambda rows, user, now: rows.planned(now)),
    Question(
        "changes",
        "Live with changes",
        lambda rows, user, now: rows.live_with_changes(now),
        LATELY,
    ),
    Question("corrected", "Corrected", lambda rows, user, now: rows.corrected()),
    Question("stale", "Stale", lambda rows, user, now: rows.stale(now), NOT_AT_ALL),
)
BY_NAME = {question.name: question for question in QUESTIONS}


class TabFilter(admin.SimpleListFilter):
    """A filter like the others, but shown over the list."""

    title = "tab"
    parameter_name = PARAMETER
    template = "admin/trends/article/no_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(question.name, question.label) for question in QUESTIONS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        question = BY_NAME.get(str(self.value()))
        if question is None:
            return queryset
        if question.counted == LATELY:
            queryset = queryset.lately_changed(LISTED_FROM)
        return question.find(queryset, request.user, timezone.now())


@dataclass(frozen=True, slots=True)
class Tab:
    """`count` is "" where none is known, or a search or a filter is on, which it would not heed."""

    label: str
    url: str
    count: str
    is_current: bool


class Tabs(admin.ModelAdmin):
    """For ArticleAdmin."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        shown: dict[str, Any] = getattr(response, "context_data", None) or {}
        if "cl" in shown and IS_POPUP_VAR not in request.GET:
            rows: Any = self.get_queryset(request)
            rows = rows.on_desk()
            shown["tabs"] = list(tabs(shown["cl"], rows, request.user, timezone.now()))
            shown["listed_from"] = listed_from(request.GET.get(PARAMETER, ""), rows)
        return response


def tabs(changelist: Any, rows: ArticleQuerySet, user: User | Any, now: datetime) -> Iterator[Tab]:
    """Links that keep search, filters and order."""
    current = changelist.params.get(PARAMETER, "")
    is_narrowed = bool(changelist.query or set(changelist.params) - {PARAMETER, "o"})
    has_more = not is_narrowed and up_to(rows, LOOKED_AT + 1) > LOOKED_AT
    few = rows.lately_changed(LOOKED_AT) if has_more else rows
    url = changelist.get_query_string({PARAMETER: None})
    yield Tab("All", url, "", current not in BY_NAME)
    for question in QUESTIONS:
        in_part = has_more and question.counted != IN_FULL
        among, found = few if in_part else rows, ""
        if not is_narrowed and not (has_more and question.counted == NOT_AT_ALL):
            found = capped(question.find(among, user, now), is_part=in_part)
        url = changelist.get_query_string({PARAMETER: question.name})
        yield Tab(question.label, url, found, current == question.name)


def listed_from(tab: str, rows: ArticleQuerySet) -> int | None:
    """In how many pieces those of a tab were looked for, where these are not all."""
    is_part = tab in BY_NAME and BY_NAME[tab].counted == LATELY
    return LISTED_FROM if is_part and up_to(rows, LISTED_FROM + 1) > LISTED_FROM else None


def capped(rows: QuerySet[Any], *, is_part: bool = False) -> str:
    """Their number, or "99+": the database stops counting there. is_part: there may be others."""
    count = up_to(rows, MOST + 1)
    return f"{min(count, MOST)}{'+' if is_part or count > MOST else ''}"
