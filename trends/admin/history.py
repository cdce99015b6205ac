"""The history of a piece: what happened, what changed between two saves, what readers lack."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from ..models import Article, Revision
from ..snapshot import public, upgrade
from .access import seen_article
from .bar import article_url
from .timeline import NOTES, SAVES, STEPS, timeline
from .times import zone_line
from .words import SectionWords, differences

CHIPS = (("", "All"), (SAVES, "Saves"), (STEPS, "Steps"), (NOTES, "Notes"))
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one revision to a later one."""

    older: Revision
    newer: Revision
    words: list[SectionWords]


def compare_revisions(article: Article, one: str, other: str) -> Comparison | None:
    """None unless the numbers are those of two revisions of the piece."""
    numbers = [int(n) for n in (one, other) if n.isdecimal() and len(n) < 10]
    found = list(article.revisions.filter(number__in=numbers).order_by("number"))
    if len(found) != 2:
        return None
    older, newer = found
    return Comparison(older, newer, differences(upgrade(older.content), upgrade(newer.content)))


def change_for_readers(article: Article) -> list[SectionWords] | None:
    """What publishing the working copy would change; None for a piece that is not live."""
    edition = article.editions.live(timezone.now()).first()
    if edition is None:
        return None
    if edition.digest == article.public_digest:
        return []
    return differences(upgrade(edition.content), public(article.snapshot()))


class HistoryPage(admin.ModelAdmin):
    """<id>/history/ for ArticleAdmin."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        article = seen_article(request, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        given = request.GET
        page, show = _page_number(given.get("page", "")), given.get("show", "")
        shown = timeline(article, show=show if show in dict(CHIPS) else "", page=page)
        context = self.admin_site.each_context(request) | {
            "title": f"History: {article.title}", "article": article, "opts": self.opts,
            "events": shown.events, "page": page, "older_page": _older(shown.has_older, page),
            "chips": CHIPS, "show": show, "may_change": article.may_be_changed_by(request.user),
            "open_notes": article.notes.open().count(), "back": article_url(article),
            "zone": zone_line(),
        }  # fmt: skip
        context |= _compared(article, given.get("from", ""), given.get("to", ""))
        return TemplateResponse(request, "admin/trends/article/history.html", context)


def _compared(article: Article, one: str, other: str) -> dict[str, Any]:
    """What the page shows over the list: two revisions, or by default what readers lack."""
    if one or other:
        return {"asked": True, "comparison": compare_revisions(article, one, other)}
    return {"asked": False, "for_readers": change_for_readers(article)}


def _page_number(typed: str) -> int:
    number = int(typed) if typed.isdecimal() and len(typed) < 4 else 1
    return min(max(number, 1), MOST_PAGES)


def _older(has_older: bool, page: int) -> int:
    return page + 1 if has_older and page < MOST_PAGES else 0
