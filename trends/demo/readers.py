"""How often the demo's pieces were read: most in their first days, less on Sundays; always the
same for a piece and a day."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from ..models import Article, DayViews, Edition
from .content import World
from .story import Piece

DAY = timedelta(days=1)
AT_FIRST = (300, 2600)  # views on the first day, from–to
DAILY, LASTS = 0.74, 0.05  # what is left of them a day later, and what stays
WEEKDAYS = (1.0, 1.08, 1.1, 1.06, 0.95, 0.62, 0.55)


def read(pieces: Sequence[Piece], world: World) -> None:
    """As long as readers had them: up to now, or to the day when they were taken back."""
    rows: list[DayViews] = []
    for piece in pieces:
        article = world.articles[piece.key]
        if days := _days(article, world.now):
            rows.extend(_views(piece.key, article, days))
    DayViews.objects.bulk_create(rows)


def _days(article: Article, now: datetime) -> list[date]:
    begun = list(article.editions.begun(now).order_by("live_from"))
    if not begun:
        return []
    taken_back = [e.live_from for e in begun if e.kind != Edition.Kind.CONTENT]
    first = timezone.localdate(begun[0].live_from)
    last = timezone.localdate(min([now, *taken_back]))
    return [first + n * DAY for n in range((last - first).days + 1)]


def _views(key: str, article: Article, days: list[date]) -> Iterator[DayViews]:
    chance = Random(key)
    most = chance.uniform(*AT_FIRST)
    for n, day in enumerate(days):
        share = LASTS + (1 - LASTS) * DAILY**n
        views = most * share * WEEKDAYS[day.weekday()] * chance.uniform(0.85, 1.15)
        yield DayViews(article=article, day=day, views=round(views))
