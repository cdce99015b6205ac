"""Finding related trends: of one piece when readers get it, of all of them by a command.

Reads editions and nothing else, in portions, and writes in short transactions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction

from ..kinship import Kin, Pool, Told, Vocabulary, counted
from .edition import Edition
from .edition_byline import EditionByline
from .edition_queries import EditionQuerySet
from .related_trend import DOZEN, RelatedTrend, in_order

PORTION = 200
POOL = 50_000  # the newest pieces, among which the command looks: some 30 MB
NEWEST, OF_TOPIC, OF_AUTHORS = 300, 300, 100  # among which a piece looks that is just published
NEIGHBOURS = 60  # pieces that may take it into their dozen
READ = ("article", "topic", "title", "standfirst", "text", "first_published_at")
Found = Mapping[int, Sequence[tuple[int, float]]]  # article → (other, score), the nearest first


def relate_piece(key: str, payload: dict[str, Any], now: datetime) -> Callable[[], None] | None:
    """Find those of a piece, and let its neighbours know it. A job; it reads before the
    transaction of its end, which would keep all who write on SQLite waiting."""
    return relating(payload["article"], now)


def relating(article: int, now: datetime) -> Callable[[], None] | None:
    """What writes the related trends of a piece; None where readers have no such piece."""
    live = Edition.objects.live(now)
    edition = live.of([article]).with_bylines().select_related("topic").first()
    if edition is None:
        return None
    told = list(_told(_near(live, edition)))
    own = next(one for one in told if one.pk == article)
    return partial(_introduce, article, pool_of(lambda: told).kin(own))


def _near(live: EditionQuerySet, edition: Edition) -> list[Edition]:
    """Newest first, the piece itself among them."""
    newest = live.newest_first().only(*READ)
    parts: list[Iterable[Edition]] = [[edition], newest[:NEWEST]]
    if edition.topic:
        parts.append(newest.about(edition.topic)[:OF_TOPIC])
    parts += [newest.by(author)[:OF_AUTHORS] for author in edition.authors]
    found = {row.pk: row for part in parts for row in part}
    return sorted(found.values(), key=lambda row: (row.first_published_at, row.pk), reverse=True)


def relate_all(
    now: datetime, *, pool_size: int = POOL, say: Callable[[str], None] = lambda _: None
) -> tuple[int, int]:
    """(pieces, those of them whose related trends changed). Can be stopped at any time."""
    live = Edition.objects.live(now)
    total = live.count()
    say(f"reading the newest {min(total, pool_size)} of {total} pieces")
    pool = pool_of(lambda: islice(_told_of_all(live), pool_size))
    done = changed = 0
    for portion in _portions(live):
        found = {told.pk: pool.kin(told)[: 3 * DOZEN] for told in _told(portion)}
        changed += keep({pk: [(k.pk, k.score) for k in kin] for pk, kin in found.items()})
        done += len(portion)
        say(f"{done}/{total}")
    return done, changed


def pool_of(read: Callable[[], Iterable[Told]]) -> Pool:
    """Reads twice, newest first: for what words are rare, and for who has them."""
    vocabulary = Vocabulary()
    for told in read():
        vocabulary.learn(told.words)
    pool = Pool(vocabulary)
    for told in read():
        pool.add(told)
    return pool


def _told_of_all(live: EditionQuerySet) -> Iterator[Told]:
    for portion in _portions(live):
        yield from _told(portion)


def _portions(live: EditionQuerySet) -> Iterator[list[Edition]]:
    """Keyset pages, newest first: no transaction stays open."""
    rows = live.newest_first().only(*READ)
    portion = list(rows[:PORTION])
    while portion:
        yield portion
        last = portion[-1]
        assert last.first_published_at is not None
        portion = list(rows.older_than(last.first_published_at, last.pk)[:PORTION])


def _told(editions: Sequence[Edition]) -> Iterator[Told]:
    authors: defaultdict[int, set[int]] = defaultdict(set)
    bylines = EditionByline.objects.filter(edition__in=editions)
    for edition, author in bylines.order_by().values_list("edition_id", "author_id"):
        authors[edition].add(author)
    for row in editions:
        words = counted(row.title, row.standfirst, row.text)
        assert row.first_published_at is not None
        yield Told(
            row.article_id, row.topic_id, frozenset(authors[row.pk]), row.first_published_at, words
        )


def _introduce(article: int, kin: Sequence[Kin]) -> None:
    """Write those of a piece, and the piece into each dozen of others in which it has a place."""
    near = sorted(kin, key=lambda one: -one.back)[:NEIGHBOURS]
    back = {one.pk: one.back for one in near}
    others = RelatedTrend.objects.filter(article__in=back).suggested().exclude(other=article)
    scores = defaultdict(list, {pk: [(article, score)] for pk, score in back.items()})
    for row in others:
        scores[row.article_id].append((row.other_id, row.score))
    stale = RelatedTrend.objects.filter(other=article).suggested()
    with transaction.atomic():
        stale.exclude(article__in=back).delete()
        keep({article: [(one.pk, one.score) for one in kin[: 3 * DOZEN]]} | scores)


def keep(found: Found) -> int:
    """Write the dozens of some pieces; what editors said of any of them stands. How many changed.

    The rows are locked in one order, so that two of these don't wait for each other.
    """
    with transaction.atomic():
        had: defaultdict[int, list[RelatedTrend]] = defaultdict(list)
        rows = RelatedTrend.objects.filter(article__in=found).order_by("pk")
        for row in rows.select_for_update():
            had[row.article_id].append(row)
        return sum(_keep(pk, had[pk], found[pk]) for pk in sorted(found))


def _keep(article: int, had: Sequence[RelatedTrend], found: Sequence[tuple[int, float]]) -> bool:
    said = [row for row in had if row.wish]
    before = {row.other_id: row for row in had if not row.wish}
    room = DOZEN - sum(row.wish == RelatedTrend.Wish.PINNED for row in said)
    taken = {row.other_id for row in said}
    best = sorted((pair for pair in found if pair[0] not in taken), key=lambda pair: -pair[1])
    wanted = [
        RelatedTrend(article_id=article, other_id=other, score=score)
        for other, score in best[: max(room, 0)]
    ]
    wanted = [row for row in in_order([*said, *wanted]) if not row.wish]
    if [_facts(row) for row in wanted] == [_facts(row) for row in before.values()]:
        return False
    RelatedTrend.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
    RelatedTrend.objects.bulk_create(wanted, ignore_conflicts=True)
    return True


def _facts(row: RelatedTrend) -> tuple[int, int, float]:
    return row.other_id, row.place, row.score
