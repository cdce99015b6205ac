"""Which rows a trend page asked for, shown or not: what it hangs on (docs/decisions/0031)."""

from typing import Any

from .. import richtext
from ..models import Edition
from ..snapshot import PROSE, pictures
from .parts import TrendPage


def targets(edition: Edition) -> set[int]:
    """Articles that the piece leads to: by "Also Read", by links in its texts."""
    ids = {row["target"] for row in edition.content["related"]["rows"]} - {None}
    for name in PROSE:
        ids |= richtext.trend_links(edition.html[name])
    return ids


def asked_by(page: TrendPage) -> dict[str, Any]:
    """Sets of ids by kind. Of related trends only those that are shown; the store asks for the
    rest, and for all that begins later."""
    edition, content = page.edition, page.edition.content
    links = [*page.related, *page.related_trends]
    shown = [edition, *(link.edition for link in links if link.edition)]
    authors = {row["author"] for row in content["author"]["rows"]}
    heroes = {row.hero_id for row in shown} | {author.portrait_id for author in page.authors}
    return {
        "article": edition.article_id,
        "articles": {row.article_id for row in shown} | targets(edition),
        "authors": authors - {None},
        "topics": {row.topic_id for row in shown} - {None},
        "images": (heroes | set(pictures(content))) - {None},
    }
