"""What editors say of related trends: one is pinned, dropped, or left to the software again."""

from datetime import datetime
from typing import Any

from .article import Article
from .related_trend import DOZEN, RelatedTrend, in_order
from .stepping import Refused

Wish = RelatedTrend.Wish
LAST = 10_000  # a place behind all others
# What the history of the piece says.
SAID = {Wish.PINNED: "Pinned", Wish.DROPPED: "Dropped", Wish.NONE: "Left to the software again"}


def say(article: Article, other: Article, wish: str, *, by: Any, now: datetime) -> None:
    """Record it with the piece; what was said already is not said twice. Raises Refused where a
    dozen is pinned already."""
    with article.locked(now) as at:
        rows = list(RelatedTrend.objects.of(article.pk).order_by("place"))
        row = next((row for row in rows if row.other_id == other.pk), None)
        if (row.wish if row else Wish.NONE) == wish:
            return
        if wish == Wish.PINNED and sum(one.wish == Wish.PINNED for one in rows) >= DOZEN:
            raise Refused(f"{DOZEN} are pinned already. Unpin one of them first.")
        _write(article, other, wish, row)
        article.record("relate", by=by, now=at, note=f"{SAID[Wish(wish)]}: “{other.title}”")


def _write(article: Article, other: Article, wish: str, had: RelatedTrend | None) -> None:
    """The wish, and the places of all. What was only pinned by hand is gone without the pin.

    A job may write the same row at this moment: whoever comes second finds it and says this.
    """
    score = had.score if had else 0.0
    rows = RelatedTrend.objects.of(article.pk)
    if not wish and not score:
        rows.filter(other=other).delete()
    else:
        said = RelatedTrend(article=article, other=other, wish=wish, score=score, place=LAST)
        RelatedTrend.objects.bulk_create(
            [said], update_conflicts=True, unique_fields=["article", "other"],
            update_fields=["wish", "place"],
        )  # fmt: skip
    RelatedTrend.objects.bulk_update(in_order(rows), ["place"])
