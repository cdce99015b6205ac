"""What public pages ask the database: queries that are compiled once, each called with the values
that its words name."""

from typing import Any

from ..models import Author, Edition, Image
from ..models.edition_queries import EditionQuerySet
from ..models.prepared import Prepared


def _linked(now: Any, article: Any, ids: Any) -> EditionQuerySet:
    live = Edition.objects.live(now).linked_from(article, ids)
    return live.whole().defer("content", "html", "text")


def _history(now: Any, article: Any) -> Any:
    rows = Edition.objects.begun(now).of([article]).order_by("-live_from", "-corrections")
    return rows.values_list(
        "live_from", "update_line", "corrections__text", "corrections__kind",
        "corrections__severity",
    )  # fmt: skip


def _named_author(now: Any, slug: Any) -> Any:
    people = Edition.objects.live(now).authors().filter(slug=slug)
    return people.with_volume().select_related("portrait")


# Of a piece
AUTHORS = Prepared(lambda ids: Author.objects.select_related("portrait").filter(pk__in=ids))
PICTURES = Prepared(lambda ids: Image.objects.filter(pk__in=ids))
LINKED = Prepared(_linked)
HISTORY = Prepared(_history)
# Of lists
LIVE_TOPICS = Prepared(lambda now: Edition.objects.live(now).topics())
LIVE_AUTHORS = Prepared(lambda now: Edition.objects.live(now).authors())
NAMED_TOPIC = Prepared(lambda now, slug: Edition.objects.live(now).topics().filter(slug=slug))
NAMED_AUTHOR = Prepared(_named_author)
