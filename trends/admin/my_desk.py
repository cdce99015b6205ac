"""My desk: the first page of the admin. What is mine to do, what stands in the way, what is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from ..models import Article, Assignment, Autosave, Member, Notice, Transition
from ..models import agenda as ask
from ..models.agenda import MOST, News
from ..models.readership import most_read
from ..snapshot import LABELS
from .access import may_all
from .all_notes import line
from .bar import article_url
from .note_form import HANDLE, LOOK
from .steps import permissions_of
from .timeline import Event, save_event, step_event

LINES = 3  # of one piece among the news
TEXTS = 5  # not saved
TOLD = 8  # notices


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the page, and whether there is more of it."""

    rows: list[Any]
    has_more: bool

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Part":
        found = list(rows)
        return cls(found[:MOST], len(found) > MOST)


@dataclass(frozen=True, slots=True)
class Owed:
    """A section that somebody owes. `url` leads to its field; `state`: pending or drafting."""

    article: Article
    label: str
    url: str
    state: str
    due_on: date | None
    days_late: int
    owner: Any


@dataclass(frozen=True, slots=True)
class Headlines:
    """What others did to one piece: the newest of it, and how much more there is."""

    title: str
    url: str
    events: list[Event]
    more: int


def my_desk(user: Any, now: datetime) -> dict[str, Any]:
    """What the page shows above the lists."""
    since = Member.of(user).arrive(now)
    told = Notice.objects.of(user).unread().select_related("article", "by")[:TOLD]
    if not may_all(user, "trends.view_article", "trends.change_article"):
        return {"told": told, "has_pieces": False}
    today = timezone.localdate(now)
    return {
        "told": told,
        "has_pieces": True,
        "since": since,
        "may_add": may_all(user, "trends.add_article"),
        "unsaved": Autosave.objects.texts(user).select_related("article").defer("form")[:TEXTS],
        "owed": Part.of(_owed(row, today) for row in ask.owed(user, now)),
        "begins": Part.of(ask.begins_today(user, now)),
        "news": [_headlines(one) for one in ask.news(user, since)],
        "most_read": most_read(now) if _sees_figures(user) else [],
        **_by_permission(user, now, today),
    }


def _sees_figures(user: Any) -> bool:
    """Those of all pieces; a writer finds those of his or her own in the list."""
    return settings.NEWSROOM_COUNT_VIEWS and may_all(user, "trends.change_all_articles")


def _by_permission(user: Any, now: datetime, today: date) -> dict[str, Part]:
    """What depends on who may do it."""
    approves, publishes = (may_all(user, *permissions_of(name)) for name in ("approve", "publish"))
    manages = may_all(user, "trends.change_assignment")
    looks, handles = may_all(user, LOOK), may_all(user, LOOK, HANDLE)
    return {
        "notes": Part.of(map(line, ask.open_notes(user, may_handle=handles) if looks else ())),
        "look_again": Part.of(ask.look_again(user, now, may_publish=publishes)),
        "review": Part.of(ask.to_review(user) if approves else ()),
        "blocked": Part.of(ask.blocked(user, now, may_publish=publishes)),
        "late": Part.of(_owed(row, today) for row in (ask.late(user, now) if manages else ())),
    }


def _owed(row: Assignment, today: date) -> Owed:
    is_pending = row.section in row.article.pending_sections()
    return Owed(
        article=row.article,
        label=LABELS[row.section],
        url=f"{article_url(row.article)}#section-{row.section}",
        state="pending" if is_pending else "drafting",
        due_on=row.due_on,
        days_late=row.days_late(today),
        owner=row.owner,
    )


def _headlines(news: News) -> Headlines:
    rows = news.rows[:LINES]
    events = [step_event(r) if isinstance(r, Transition) else save_event(r) for r in rows]
    url = article_url(news.article, "history")
    return Headlines(news.article.title, url, events, len(news.rows) - len(rows))
