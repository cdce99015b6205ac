"""Everything that happened to a piece, newest first: saves and steps in one list. And what
changed between two saves."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime

from ..models import Article, Revision, Transition
from ..snapshot import LABELS, upgrade
from .access import seen_article
from .bar import article_url
from .steps import label_of
from .times import zone_line
from .words import SectionWords, differences


@dataclass(frozen=True, slots=True)
class Event:
    """A save (`number` of its revision) or a step of the workflow (0)."""

    at: datetime
    who: str
    what: str
    note: str
    number: int = 0
    details: list[str] = field(default_factory=list)


def timeline(article: Article) -> list[Event]:
    """Newest first; of one moment, the save that a step followed stands below it."""
    saves = article.revisions.select_related("created_by").defer("content")
    steps = article.transitions.select_related("by")
    events = [*map(_step, steps), *map(_save, saves)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _save(revision: Revision) -> Event:
    what = f"Saved revision {revision.number}"
    return Event(
        revision.created_at, _name(revision.created_by), what, revision.note, revision.number
    )


def _step(step: Transition) -> Event:
    what = "Embargo" if step.verb == "embargo" else label_of(step.verb)
    return Event(step.at, _name(step.by), what, step.note, details=_details(step.details))


def _details(details: dict[str, Any]) -> list[str]:
    """What a step decided besides, in words."""
    lines = [
        f"Sections: {', '.join(LABELS[name] for name in details.get('sections', ()))}",
        f"Cancelled: {_moments(details.get('settled'))}",
        f"Kept for later: {_moments(details.get('carried'))}",
        f"From {_moments([details.get('from')])} to {_moments([details.get('to')])}",
        f"Until {_moments([details.get('until')])}",
        f"In spite of what readiness found: {details.get('override', '')}",
        "Approved by somebody who changed it" if details.get("four_eyes") else "",
    ]
    given = ("sections", "settled", "carried", "from", "until", "override", "four_eyes")
    return [line for line, name in zip(lines, given, strict=True) if details.get(name)]


def _moments(values: Any) -> str:
    moments = [parse_datetime(value) for value in values or () if value]
    return ", ".join(f"{at:%Y-%m-%d %H:%M %Z}" for at in moments if at)


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else "the software"


def changes_between(article: Article, older: str, newer: str) -> list[SectionWords] | None:
    """What changed from one revision to another; None unless both numbers are ones of the piece."""
    numbers = [int(n) for n in (older, newer) if n.isdecimal() and len(n) < 10]
    found = article.revisions.filter(number__in=numbers).order_by("number")
    contents = [upgrade(content) for content in found.values_list("content", flat=True)]
    return differences(contents[0], contents[1]) if len(contents) == 2 else None


class HistoryPage(admin.ModelAdmin):
    """<id>/history/ for ArticleAdmin."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        article = seen_article(request, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        older, newer = request.GET.get("from", ""), request.GET.get("to", "")
        context = self.admin_site.each_context(request) | {
            "title": f"History: {article.title}", "article": article, "opts": self.opts,
            "events": timeline(article), "older": older, "newer": newer,
            "changes": changes_between(article, older, newer),
            "back": article_url(article), "zone": zone_line(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/article/history.html", context)
