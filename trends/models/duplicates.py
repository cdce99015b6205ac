"""Live pieces that say nearly the same as another piece."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from .. import richtext
from ..likeness import ENOUGH, Shingles, nearly_same, shingles
from ..snapshot import Snapshot
from .edition import Edition

RECENT = timedelta(days=180)
NEWEST = 200  # live pieces looked at, so that a large archive does not make each check slow


class Said(NamedTuple):
    """What a live piece says first."""

    article_id: int
    title: str
    runs: Shingles


def near_duplicates(pieces: Sequence[tuple[int | None, Snapshot]], *, now: datetime) -> list[str]:
    """For each (id of the article, content) the title of a live piece like it, or "".

    One query, whatever the number of pieces; none where all of them are too short to tell.
    """
    said = [_said(content) for _, content in pieces]
    if all(len(runs) < ENOUGH for runs in said):
        return ["" for _ in pieces]
    others = _live(now, {content["head"]["topic"] for _, content in pieces})
    return [_like(pk, runs, others) for (pk, _), runs in zip(pieces, said, strict=True)]


def _said(content: Snapshot) -> Shingles:
    head = content["head"]
    return shingles(head["title"], head["standfirst"], _words(content["lede"]["text"]))


def _words(html: str | None) -> str:
    return richtext.CITATION.sub("", richtext.plain(html or ""))


def _live(now: datetime, topics: Iterable[int | None]) -> list[Said]:
    ids = {pk for pk in topics if pk is not None}
    rows = Edition.objects.live(now).recent_or_about(now - RECENT, ids).newest_first()
    found = rows.values_list("article_id", "title", "standfirst", "content__lede__text")
    return [
        Said(pk, title, shingles(title, standfirst, _words(lede)))
        for pk, title, standfirst, lede in found[:NEWEST]
    ]


def _like(pk: int | None, runs: Shingles, others: list[Said]) -> str:
    same = (one.title for one in others if one.article_id != pk and nearly_same(runs, one.runs))
    return next(same, "")
