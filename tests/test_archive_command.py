"""`manage.py make_archive`: what it writes is what the verbs would have left; and the months."""

import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from trends.demo import archive
from trends.demo.archive_words import ABSENT, COMMON, GUESTS, PEOPLE, RARE
from trends.models import Article, Edition, Job, RelatedTrend, Status, search_index
from trends.models.making import make_article
from trends.models.searching import find
from trends.search import parse
from trends.snapshot import digest, public

pytestmark = pytest.mark.django_db


def made(count: int, *options: str) -> str:
    out = io.StringIO()
    call_command("make_archive", str(count), *options, stdout=out)
    return out.getvalue()


def test_its_pieces_are_as_if_they_were_published(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "BATCH", 5)
    assert "12 of 12\n12 invented trends are here" in made(12)
    now, pieces = timezone.now(), list(Article.objects.order_by("legacy_id"))
    assert len({piece.title for piece in pieces}) == Edition.objects.live(now).count() == 12
    for piece in pieces:
        assert piece.status(now) == Status.LIVE
        assert not piece.has_unpublished_changes(now)
        assert piece.record_revision(by=None) is None  # the working copy is its revision
        assert piece.created_at == piece.updated_at == piece.editions.get().first_published_at
        assert piece.addresses.get().path == f"/trends/{piece.slug}/"
    assert not RelatedTrend.objects.exists()
    assert not Job.objects.exists()
    call_command("rebuild_search", "--check", stdout=io.StringIO())
    page = client.get(f"/trends/{pieces[0].slug}/").text
    assert pieces[0].title in page
    assert 'id="e1"' in page
    # The same numbers tell the same stories; another call goes on where this one ended.
    before = [piece.title for piece in pieces]
    made(1)
    assert Article.objects.get(legacy_id="archive:00000012").title not in before
    Edition.objects.all().delete()
    for piece in Article.objects.all():
        piece.addresses.all().delete()
        piece.delete()
    made(12)
    assert list(Article.objects.order_by("legacy_id").values_list("title", flat=True)) == before


@pytest.fixture
def three_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "WHOLE", GUESTS + 3)
    monkeypatch.setattr(archive, "COPIES", 4)


def test_what_follows_are_copies_with_titles_of_their_own(
    client: Client, three_patterns: None
) -> None:
    made(GUESTS + 12)
    now = timezone.now()
    # Three patterns by turns: 15 has the same place among threes as 0, the first of them.
    pieces = Article.objects.order_by("legacy_id")
    pattern, copy = pieces[GUESTS], pieces[15]
    assert copy.title != pattern.title
    assert copy.title.split()[1:] == pattern.title.split()[1:]
    assert copy.standfirst == pattern.standfirst.replace(pattern.title, copy.title)
    assert copy.snapshot()["context"] == pattern.snapshot()["context"]
    for piece in Article.objects.all():
        assert piece.status(now) == Status.LIVE
        assert not piece.has_unpublished_changes(now)
        assert digest(public(piece.snapshot())) == piece.public_digest
        edition = piece.editions.get()
        assert edition.content["head"]["title"] == edition.title == piece.title
        assert piece.created_at == piece.updated_at == edition.first_published_at
        assert piece.addresses.get().path == f"/trends/{piece.slug}/"
    assert not search_index.missing(connection)
    call_command("rebuild_search", "--check", stdout=io.StringIO())
    assert copy.title in client.get(f"/trends/{copy.slug}/").text
    # Who writes after it is in the index again by trigger.
    text = "The ferries of the outer islands leave half an hour later from Monday on."
    make_article("Late ferries", standfirst=text, lede=text, publish=True)
    call_command("rebuild_search", "--check", stdout=io.StringIO())


def test_copies_go_on_where_they_ended(three_patterns: None) -> None:
    made(GUESTS + 7)
    made(4)
    numbers = Article.objects.order_by("legacy_id").values_list("legacy_id", "title")
    assert [legacy_id for legacy_id, _ in numbers] == [
        archive.legacy_id(n) for n in range(GUESTS + 11)
    ]
    Edition.objects.filter(article__legacy_id=archive.legacy_id(GUESTS)).update(title="Changed")
    Edition.objects.filter(article__legacy_id=archive.legacy_id(GUESTS)).update(digest="")
    with pytest.raises(CommandError, match="was changed"):
        made(1)


def test_words_to_search_for(three_patterns: None) -> None:
    made(GUESTS + 5)
    live = Edition.objects.live(timezone.now())
    counts = [len(find(live, parse(word)).rows) for word in (COMMON, RARE, ABSENT)]
    assert counts[0] > GUESTS / 2
    assert counts[1:] == [GUESTS, 0]
    guest = next(row for row in live.authors() if row.name == PEOPLE[-1])
    assert live.by(guest).count() == GUESTS


def test_it_does_not_mix_with_work_of_people(ada: User) -> None:
    make_article("A pump house", by=ada)
    with pytest.raises(CommandError, match="pieces of people's own"):
        made(1)
    assert Article.objects.count() == 1
    assert "1 invented trends are here" in made(1, "--yes")
    with pytest.raises(CommandError, match="at least 1"):
        made(0)


ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati"]


def test_months_are_those_of_the_zone() -> None:
    """Pieces at every quarter of an hour round the turns of three months, one with a leap day."""
    turns = [datetime(2024, m, 1, tzinfo=UTC) for m in (1, 3, 11)]
    moments = [turn + timedelta(minutes=15 * n) for turn in turns for n in range(-60, 61)]
    publish(moments)
    for zone in ZONES:
        with timezone.override(zone):
            months = (at.astimezone(ZoneInfo(zone)).date().replace(day=1) for at in moments)
            found = list(Edition.objects.live(timezone.now()).by_month())
        assert found == sorted(Counter(months).items(), reverse=True), zone


def publish(moments: list[datetime]) -> None:
    pieces: Any = Article.objects.bulk_create(
        Article(title=f"Piece {n}", slug=f"piece-{n}") for n in range(len(moments))
    )
    Edition.objects.bulk_create(
        Edition(
            article=piece, slug=piece.slug, live_from=at, pressed_at=at, first_published_at=at,
            public_updated_at=at,
        )
        for piece, at in zip(pieces, moments, strict=True)
    )  # fmt: skip
