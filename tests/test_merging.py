"""Two authors, or two topics, turn out to be one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.pictures import on_record
from trends.models import Article, Author, Edition, Pin, Refused, Stage, Topic
from trends.models.making import make_article, make_author
from trends.models.merging import merge_author, merge_topic

TEXT = {"standfirst": "The maker of robots leaves the coast, and takes a town along.", "lede": "So"}


@pytest.fixture
def lee(db: None) -> Author:
    return make_author("A. Lee", bio="Wrote once.")


@pytest.fixture
def ann(db: None) -> Author:
    return make_author("Ann Lee", bio="Writes.")


@pytest.fixture
def robots(db: None) -> Topic:
    return Topic.objects.create(name="Robots", slug="robots")


@pytest.fixture
def machines(db: None) -> Topic:
    return Topic.objects.create(name="Machines", slug="machines", description="What moves.")


def merge(old: Any, into: Any, by: User | None = None) -> int:
    merging: Any = merge_author if isinstance(old, Author) else merge_topic
    return int(merging(old, into, by=by, now=timezone.now()))


def names(rows: Any) -> list[str]:
    return [row.author.name for row in rows.all()]


def ids(content: Any) -> list[int]:
    return [row["author"] for row in content["author"]["rows"]]


def live(article: Article) -> Edition:
    edition = article.edition_in_force()
    assert edition is not None
    return edition


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


# --- authors ---


def test_everything_names_the_other_author(lee: Author, ann: Author, ada: User) -> None:
    article = make_article("A piece", author=[lee], publish=True, **TEXT)
    draft = make_article("A draft", author=[lee])
    assert merge(lee, ann, by=ada) == 2
    assert names(article.bylines) == names(live(article).bylines) == ["Ann Lee"]
    assert ids(live(article).content) == [ann.pk]
    assert names(draft.bylines) == ["Ann Lee"]
    assert again(lee).current == ann


def test_nothing_seems_unpublished_through_it(lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee], publish=True, **TEXT)
    merge(lee, ann)
    assert not again(article).has_unpublished_changes()
    with pytest.raises(Refused, match="Readers see this text already"):
        article.publish_now(by=None)


def test_what_was_unpublished_still_is(lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee], publish=True, **TEXT)
    article.context = "<p>More.</p>"
    article.save()
    article.record_revision(by=None)
    merge(lee, ann)
    assert again(article).has_unpublished_changes()


def test_what_is_planned_names_the_other_too(lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee], **TEXT)
    for step in ("submit", "approve"):
        getattr(article, step)(by=None)
    article.schedule(by=None, live_from=timezone.now() + timedelta(days=1))
    merge(lee, ann)
    (planned,) = article.planned()
    assert (ids(planned.content), names(planned.bylines)) == ([ann.pk], ["Ann Lee"])


@pytest.mark.parametrize("first", ["A. Lee", "Ann Lee"])
def test_nobody_is_printed_twice(lee: Author, ann: Author, first: str) -> None:
    order = sorted([lee, ann], key=lambda author: author.name != first)
    rows = [
        {"author": order[0], "role": "Reporting"},
        {"author": make_author("Bo Ek")},
        {"author": order[1], "role": "Data"},
    ]
    article = make_article("A piece", author=rows, publish=True, **TEXT)
    merge(lee, ann)
    assert names(article.bylines) == names(live(article).bylines) == ["Ann Lee", "Bo Ek"]
    assert [row.role for row in article.bylines.all()] == ["Reporting", ""]
    assert again(article).snapshot()["author"] == article.revisions.all()[0].content["author"]
    assert not again(article).has_unpublished_changes()


def test_history_says_so_and_the_next_save_adds_nothing(
    lee: Author, ann: Author, ada: User
) -> None:
    article = make_article("A piece", by=ada, author=[lee])
    merge(lee, ann, by=ada)
    last = article.latest_revision
    assert last is not None
    assert (last.note, last.created_by) == ("“A. Lee” merged into “Ann Lee” by Ada", None)
    assert last.sections == ["author"]
    assert again(article).record_revision(by=ada) is None


def test_version_and_approval_stay(lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee], **TEXT)
    article.submit(by=None)
    article.approve(by=None)
    before = again(article)
    merge(lee, ann)
    after = again(article)
    assert (after.version, after.stage) == (before.version, Stage.APPROVED)
    assert after.updated_at == before.updated_at


def test_older_revisions_stay_and_restoring_one_resolves_it(lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee])
    first = article.latest_revision
    assert first is not None
    merge(lee, ann)
    article.bylines.all().delete()
    article.record_revision(by=None)
    assert ids(again(first).content) == [lee.pk]
    assert article.restore(first, by=None) == []
    assert names(article.bylines) == ["Ann Lee"]


def test_a_restored_byline_names_nobody_twice(lee: Author, ann: Author) -> None:
    article = make_article("A piece", author=[lee, ann])
    first = article.latest_revision
    assert first is not None
    merge(lee, ann)
    article.restore(first, by=None)
    assert names(article.bylines) == ["Ann Lee"]


def test_the_other_keeps_what_it_says_and_takes_what_it_lacks(ann: Author, wes: User) -> None:
    picture = on_record()
    lee = make_author("A. Lee", bio="Old.", job_title="Reporter", portrait=picture, user=wes)
    merge(lee, ann)
    ann.refresh_from_db()
    lee.refresh_from_db()
    assert (ann.bio, ann.job_title) == ("Writes.", "Reporter")
    assert (ann.portrait, ann.user, lee.portrait, lee.user) == (picture, wes, None, None)


@pytest.mark.parametrize(("old", "into", "still"), [(1, 0, 0), (0, 1, 0), (1, 1, 1)])
def test_known_is_who_one_of_them_is_known_to_be(db: None, old: int, into: int, still: int) -> None:
    one, other = (make_author(f"Lee {n}", unresolved=bool(n)) for n in (old, into * 10))
    merge(one, other)
    assert again(other).unresolved is bool(still)
    assert not again(one).unresolved


def test_a_chain_is_one_hop(lee: Author, ann: Author) -> None:
    last = make_author("Ann Mary Lee")
    merge(lee, ann)
    merge(ann, last)
    assert again(lee).current == again(ann).current == last


def test_lists_and_imports_leave_it_out(lee: Author, ann: Author) -> None:
    merge(lee, ann)
    assert list(Author.objects.current()) == [ann]
    assert Author.objects.called("a. lee") == Author.objects.called("Ann Lee") == [ann]


def test_what_can_not_be_merged(lee: Author, ann: Author) -> None:
    with pytest.raises(Refused, match="itself"):
        merge(ann, ann)
    merge(lee, ann)
    with pytest.raises(Refused, match=r"“A\. Lee” is merged into “Ann Lee” already"):
        merge(lee, ann)
    with pytest.raises(Refused, match="already"):
        merge(ann, lee)
    assert again(ann).merged_into is None


# --- topics ---


def test_a_topic_becomes_part_of_another(robots: Topic, machines: Topic) -> None:
    article = make_article("A piece", topic=machines, publish=True, **TEXT)
    assert merge(machines, robots) == 1
    assert again(article).topic == live(article).topic == robots
    assert live(article).content["head"]["topic"] == robots.pk
    assert not again(article).has_unpublished_changes()
    assert again(robots).description == "What moves."
    assert list(Topic.objects.current()) == [robots]


def test_a_retraction_keeps_its_topic_current(robots: Topic, machines: Topic) -> None:
    article = make_article("A piece", topic=machines, publish=True, **TEXT)
    article.retract(by=None, note="Wrong.", notice="It was wrong.")
    merge(machines, robots)
    assert (live(article).topic, live(article).content) == (robots, {})


def test_a_merged_topic_does_not_come_back(robots: Topic, machines: Topic) -> None:
    article = make_article("A piece", topic=machines)
    first = article.latest_revision
    assert first is not None
    merge(machines, robots)
    article.restore(first, by=None)
    assert again(article).topic == robots
    Article.objects.filter(pk=article.pk).update(topic=machines)  # as an older form would
    article.refresh_from_db()
    assert article.record_revision(by=None) is None
    assert again(article).topic == robots


def test_pins_move_to_the_page_of_the_other(robots: Topic, machines: Topic, ada: User) -> None:
    old, other, theirs = (make_article(title, topic=machines) for title in ("A", "B", "C"))
    now = timezone.now()

    def pin(article: Article, topic: Topic, slot: int, starts_at: datetime = now) -> Pin:
        made = Pin(article=article, topic=topic, slot=slot, starts_at=starts_at)
        Pin.objects.put([made], by=ada, now=now)
        return made

    moved = [pin(old, machines, 0, now - timedelta(1)), pin(old, machines, 1)]
    given_up, stays = pin(other, machines, 0), pin(theirs, robots, 0)
    merge(machines, robots, by=ada)
    assert set(Pin.objects.on(robots)) == {*moved, stays}
    assert not Pin.objects.filter(pk=given_up.pk).exists()
    unpinned = other.transitions.get(verb="unpin")
    assert (unpinned.by, unpinned.details["pin"]) == (ada, "Page of Machines, Lead")


def test_the_cost_does_not_grow_with_the_pieces(db: None, ann: Author) -> None:
    def cost(pieces: int) -> int:
        old = make_author(f"Lee {pieces}")
        for n in range(pieces):
            make_article(f"Piece {pieces}-{n}", author=[old], publish=True, **TEXT)
        with CaptureQueriesContext(connection) as asked:
            merge(old, ann)
        return len(asked)

    assert cost(1) == cost(6)
