"""Related trends: found when readers get a piece, found anew by a command; wishes stand."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.workflow.conftest import READY, approve, edit
from trends.jobs.registry import HANDLERS
from trends.models import Article, Job, Refused, RelatedTrend, Topic
from trends.models import relating as module
from trends.models.making import make_article
from trends.models.related_trend import DOZEN, RELATE
from trends.models.related_wish import say
from trends.models.relating import relate_all, relating

pytestmark = pytest.mark.django_db
TIDES = "Tidal turbine number {} turns in the sound of Havn"


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Tides", slug="tides")


@pytest.fixture
def publish(pam: User, topic: Topic) -> Callable[..., Article]:
    """publish(3) is the third piece about tides; the first is the newest."""

    def make(number: int, **content: Any) -> Article:
        then = timezone.now() - timedelta(hours=number + 1)
        content = READY | {"topic": topic, "slug": f"tides-{number}"} | content
        return make_article(TIDES.format(number), by=pam, publish=True, now=then, **content)

    return make


def kept(article: Article) -> list[int]:
    rows = RelatedTrend.objects.of(article.pk).kept()
    return list(rows.order_by("place").values_list("other_id", flat=True))


def do_jobs() -> None:
    """What is due of them."""
    now = timezone.now()
    for job in list(Job.objects.filter(kind=RELATE).due(now)):
        if write := HANDLERS[RELATE].work(job.key, job.payload, now):
            write()
        job.delete()


def relate(**options: Any) -> str:
    out = StringIO()
    call_command("relate", stdout=out, **options)
    return out.getvalue()


def test_publishing_finds_them_and_tells_the_neighbours(publish: Any) -> None:
    old, new = publish(2), publish(1)
    assert kept(new) == []  # not while somebody waits for the page
    do_jobs()
    assert (kept(new), kept(old)) == ([old.pk], [new.pk])
    newest = publish(0)
    do_jobs()
    assert kept(newest) == [new.pk, old.pk]
    assert newest.pk in kept(old)


def test_a_job_done_twice_changes_nothing(publish: Any) -> None:
    one, other = publish(1), publish(0)
    do_jobs()
    before = list(RelatedTrend.objects.values_list())
    for article in (one, other):
        relating(article.pk, timezone.now())()  # type: ignore[misc]
    assert list(RelatedTrend.objects.values_list()) == before


def test_a_plan_is_read_when_it_begins_whatever_was_planned_before(publish: Any, pam: User) -> None:
    article = publish(1)
    Job.objects.filter(kind=RELATE).delete()
    edit(article, by=pam, lede="<p>It turns.</p>")
    approve(article, by=pam)
    first, later = (timezone.now() + timedelta(days=days) for days in (1, 2))
    article.schedule(by=pam, live_from=first)
    article.reschedule(by=pam, live_from=later)
    jobs = Job.objects.filter(kind=RELATE).order_by("run_at")
    assert [job.run_at for job in jobs] == [first, later]
    assert {job.payload["article"] for job in jobs} == {article.pk}


def test_of_a_piece_that_readers_have_not_nothing_is_found(publish: Any, pam: User) -> None:
    article = publish(1)
    publish(2)
    article.retract(by=pam, notice="It was not so.")
    do_jobs()
    assert not RelatedTrend.objects.exists()


def test_a_piece_about_something_else_leaves_the_dozens(
    publish: Any, pam: User, topic: Topic
) -> None:
    one, other = publish(1), publish(2)
    do_jobs()
    said = {"title": "Bread is dear", "standfirst": "Bakers ask for more.", "topic": None}
    for rows in (one.evidence, one.key_points):
        rows.all().delete()
    edit(one, by=pam, lede="<p>Bakers raise their prices.</p>", context="", **said)
    one.publish_now(by=pam)
    do_jobs()
    assert (kept(one), kept(other)) == ([], [])


def test_a_dozen_is_kept_and_a_newcomer_takes_the_last_place(publish: Any) -> None:
    old = [publish(number) for number in range(3, 3 + DOZEN + 2)]
    relate_all(timezone.now())
    Job.objects.all().delete()
    last = old[-1]
    assert len(kept(last)) == DOZEN
    before = kept(last)
    newcomer = publish(0)
    do_jobs()
    assert newcomer.pk in kept(last)
    assert len(kept(last)) == DOZEN
    assert len(set(before) - set(kept(last))) == 1


class TestWishes:
    def test_pinned_ones_stand_first_and_dropped_ones_never_come_back(
        self, publish: Any, ada: User, pam: User
    ) -> None:
        pieces = [publish(number) for number in range(4)]
        bread = make_article("Bread is dear", by=pam, publish=True, **READY)
        relate_all(timezone.now())
        first, last = kept(pieces[0])[0], kept(pieces[0])[-1]
        for other, wish in ((bread.pk, "pinned"), (last, "pinned"), (first, "dropped")):
            other = Article.objects.get(pk=other)
            say(pieces[0], other, wish, by=ada, now=timezone.now())
        for refresh in (lambda: None, lambda: relate_all(timezone.now()), do_jobs):
            refresh()
            assert kept(pieces[0])[:2] == [bread.pk, last]
            assert first not in kept(pieces[0])
        assert len(kept(pieces[0])) == 3

    def test_what_is_taken_back_is_the_software_s_again(self, publish: Any, ada: User) -> None:
        one, other = publish(1), publish(2)
        bread = make_article("Bread is dear", by=ada, publish=True, **READY | {"lede": "Bakers."})
        do_jobs()
        now = timezone.now()
        for wish in ("pinned", "dropped"):
            for piece in (other, bread):
                say(one, piece, wish, by=ada, now=now)
                say(one, piece, "", by=ada, now=now)
        assert kept(one) == [other.pk]
        assert RelatedTrend.objects.of(one.pk).count() == 1

    def test_each_is_recorded_once_with_the_piece(self, publish: Any, ada: User) -> None:
        one, other = publish(1), publish(2)
        for _ in range(2):
            say(one, other, "pinned", by=ada, now=timezone.now())
        (step,) = one.transitions.filter(verb="relate")
        assert (step.by, step.note) == (ada, f"Pinned: “{other.title}”")

    def test_a_dozen_may_be_pinned(self, publish: Any, ada: User) -> None:
        one, *others = [publish(number) for number in range(DOZEN + 2)]
        for other in others[:DOZEN]:
            say(one, other, "pinned", by=ada, now=timezone.now())
        with pytest.raises(Refused, match="Unpin one"):
            say(one, others[DOZEN], "pinned", by=ada, now=timezone.now())
        relate_all(timezone.now())
        assert kept(one) == [other.pk for other in others[:DOZEN]]


class TestCommand:
    def test_all(self, publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "PORTION", 2)
        pieces = [publish(number) for number in range(5)]
        said = relate()
        assert "reading the newest 5 of 5 pieces" in said
        assert [line for line in said.splitlines() if line.endswith("/5")] == ["2/5", "4/5", "5/5"]
        assert "5 pieces, 5 with other related trends" in said
        assert {len(kept(piece)) for piece in pieces} == {4}
        assert "5 pieces, 0 with other" in relate()

    def test_among_the_newest(self, publish: Any) -> None:
        pieces = [publish(number) for number in range(3)]
        relate(pool=1)
        assert [kept(piece) for piece in pieces] == [[], [pieces[0].pk], [pieces[0].pk]]

    def test_one_piece_and_its_neighbours(self, publish: Any) -> None:
        one, two, three = (publish(number) for number in range(3))
        assert one.title in relate(piece=one.slug)
        assert len(kept(one)) == 2
        assert kept(two) == kept(three) == [one.pk]

    @pytest.mark.parametrize(
        ("options", "said"), [({"piece": "nothing"}, "no piece"), ({"pool": 0}, "at least 1")]
    )
    def test_what_it_refuses(self, db: None, options: Any, said: str) -> None:
        with pytest.raises(CommandError, match=said):
            relate(**options)

    def test_it_costs_no_more_with_more_pieces_of_a_portion(self, publish: Any) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                relate_all(timezone.now())
            return len(queries)

        for number in range(2):
            publish(number)
        relate_all(timezone.now())
        few = cost()
        for number in range(2, 9):
            publish(number)
        relate_all(timezone.now())
        assert cost() == few


def test_a_removed_piece_is_related_to_nothing(publish: Any, pam: User) -> None:
    one, other = publish(1), publish(2)
    do_jobs()
    one.remove(by=pam, note="A court order.")
    assert not RelatedTrend.objects.exists()
    do_jobs()
    assert kept(other) == []


def test_the_database_keeps_one_row_a_pair_and_none_to_itself(publish: Any) -> None:
    one, other = publish(1), publish(2)
    RelatedTrend.objects.create(article=one, other=other)
    for target in (one, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            RelatedTrend.objects.create(article=one, other=target)
