"""The search index follows every change of what readers have or will have."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.workflow.conftest import READY, approve, edit
from tests.workflow.releases import ready, release_of
from trends.checks import search_index_is_there
from trends.models import Article, Edition, SearchRow, Topic, search_index
from trends.models.erasing import erase
from trends.models.making import make_article
from trends.models.merging import merge_topic
from trends.models.searching import find
from trends.search import parse

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def live(pam: User) -> Article:
    return make_article("A second pump house", by=pam, publish=True, **READY)


def found(words: str, after: timedelta = timedelta()) -> list[str]:
    """Titles that readers find, now or some time later."""
    live = Edition.objects.live(timezone.now() + after)
    hits = find(live, parse(words)).best_first()
    titles = dict(live.values_list("pk", "title"))
    return [titles[hit.pk] for hit in hits]


def indexed() -> int:
    """How many rows there are, each of which is right, now and when all plans have begun."""
    for after in (timedelta(), 99 * HOUR):
        differences = search_index.differences(connection, timezone.now() + after)
        assert differences == ([], [])
    return SearchRow.objects.count()


def plan(article: Article, pam: User, **prose: str) -> None:
    edit(article, by=pam, **prose)
    approve(article, by=pam)
    article.schedule(by=pam, live_from=timezone.now() + HOUR)


def test_the_verbs_one_after_the_other(pam: User) -> None:
    """Each row: a step, how many rows there are then, and what is found by each word."""
    article = make_article("Pump house", by=pam, **READY)
    steps: list[tuple[Callable[[], Any], int, dict[str, bool]]] = [
        (lambda: plan(article, pam), 1, {"pump": False}),
        (lambda: article.reschedule(by=pam, live_from=timezone.now() + 2 * HOUR), 1, {}),
        (lambda: article.cancel_schedule(by=pam), 0, {}),
        (lambda: article.publish_now(by=pam, grace=10), 1, {"pump": False}),
        (lambda: article.undo(by=pam), 0, {}),
        (lambda: article.publish_now(by=pam), 1, {"pump": True}),
        (lambda: plan(article, pam, analysis="Sluices"), 2, {"pump": True, "sluices": False}),
        (lambda: edit(article, by=pam, analysis="Turbines"), 2, {"turbines": False}),
        (lambda: article.publish_now(by=pam, grace=10), 2, {"turbines": False, "pump": True}),
        (lambda: article.undo(by=pam), 2, {"pump": True}),
        (lambda: article.publish_now(by=pam), 1, {"turbines": True, "sluices": False}),
        (lambda: article.correct(by=pam, text="It was so."), 1, {"turbines": True}),
        (lambda: article.confirm(by=pam), 1, {"turbines": True}),
        (lambda: article.hold(by=pam, note="So."), 1, {"turbines": True}),
        (lambda: article.release(by=pam), 1, {"turbines": True}),
        (lambda: article.retract(by=pam, notice="No."), 0, {"turbines": False, "pump": False}),
        (lambda: article.reinstate(by=pam), 1, {"turbines": True}),
        (lambda: article.remove(by=pam, note="Law."), 0, {"turbines": False, "pump": False}),
        (lambda: article.editions.latest("live_from").delete(), 1, {"turbines": True}),
        (lambda: erase(article, by=pam, reason="Law"), 0, {"turbines": False}),
    ]
    for number, (step, rows, words) in enumerate(steps):
        step()
        assert (number, indexed()) == (number, rows)
        assert (number, {word: bool(found(word)) for word in words}) == (number, words)


def test_a_plan_is_found_from_its_start_and_the_former_text_until_then(
    live: Article, pam: User
) -> None:
    plan(live, pam, analysis="Sluices")
    start = live.editions.latest("live_from").live_from
    just_before, then = start - timedelta(microseconds=1), start
    for word, at_first, later in (("sluices", 0, 1), ("1962", 1, 1), ("pump", 1, 1)):
        for moment, expected in ((just_before, at_first), (then, later)):
            hits = find(Edition.objects.live(moment), parse(word))
            assert (word, len(hits.rows)) == (word, expected)


def test_a_release_goes_in_and_out_whole(pam: User) -> None:
    pieces = [ready(title, pam) for title in ("Pump house", "Sea wall")]
    release = release_of(*pieces, by=pam)
    for act, rows in (
        (lambda: release.plan(by=pam), 2),
        (lambda: release.move(timezone.now() + 3 * HOUR, by=pam), 2),
        (lambda: release.take_out(pieces[0], by=pam), 1),
        (lambda: release.cancel(by=pam), 0),
        (lambda: release.plan(by=pam), 1),
        (lambda: pieces[1].hold(by=pam, note="So."), 0),
    ):
        act()
        assert indexed() == rows


def test_what_changes_many_rows_at_once_is_followed(live: Article, pam: User) -> None:
    old, new = (Topic.objects.create(name=name, slug=name) for name in ("old", "new"))
    Edition.objects.update(topic=old)
    merge_topic(old, into=new, by=pam, now=timezone.now())
    assert indexed() == 1
    everything = Edition.objects.live(timezone.now())
    assert [len(find(everything, parse("pump"), topic=t.pk).rows) for t in (old, new)] == [0, 1]
    Edition.objects.update(text="Sluices.", first_published_at=timezone.now() - 9 * HOUR)
    assert (indexed(), found("1962"), len(found("sluices"))) == (1, [], 1)
    call_command("repress", all=True, stdout=StringIO())
    assert (indexed(), found("sluices"), len(found("1962"))) == (1, [], 1)
    Edition.objects.all().delete()
    assert indexed() == 0


def test_it_is_undone_with_its_transaction(live: Article) -> None:
    with transaction.atomic():
        Edition.objects.update(text="Sluices.")
        assert found("sluices")
        transaction.set_rollback(True)
    assert (found("sluices"), indexed()) == ([], 1)


class TestRanking:
    def test_a_title_counts_more_than_a_text(self, pam: User) -> None:
        def piece(title: str, standfirst: str = "", **content: Any) -> None:
            words = f"{READY['standfirst']} {standfirst}"
            make_article(title, by=pam, publish=True, **READY | content | {"standfirst": words})

        piece("Quay", context="The turbine stands.")
        piece("Turbine")
        piece("Crane", standfirst="It has a turbine.")
        piece("Ferry", key_points=["The turbine is new."])
        assert found("turbine")[:2] == ["Turbine", "Crane"]
        assert found("turbine")[3] == "Quay"

    @pytest.mark.parametrize(
        ("asked", "titles"),
        [
            ("gate", ["Quay", "Sluice"]),
            ("GÄTE", ["Quay", "Sluice"]),
            ("malmo", ["Sluice"]),
            ("wood", ["Sluice"]),
            ("wood gate", []),
            ('"wooden gate"', ["Sluice"]),
            ('"gate wooden"', []),
            ("gate -steel", ["Sluice"]),
            ('gate -"of steel"', ["Sluice"]),
            ("co-op", ["Quay"]),
            ("3.5", ["Quay"]),
            ("e5 x", []),
        ],
    )
    def test_both_databases_find_the_same(self, pam: User, asked: str, titles: list[str]) -> None:
        for title, context in (
            ("Sluice", "It has a wooden gate, from Malmö."),
            ("Quay", "The co-op’s gate is of steel: 3.5 tonnes."),
        ):
            make_article(title, by=pam, publish=True, **READY | {"context": context})
        assert sorted(found(asked)) == titles


class TestRebuilding:
    def run(self, **options: bool) -> str:
        out = StringIO()
        call_command("rebuild_search", stdout=out, **options)
        return out.getvalue()

    def test_it_mends_what_was_written_behind_its_back(self, live: Article, pam: User) -> None:
        make_article("Sea wall", by=pam, publish=True, **READY)
        assert "holds what the editions say" in self.run(check=True)
        first, second = SearchRow.objects.order_by("pk").values_list("pk", "position")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM trends_search WHERE rowid = %s", [first[1]])
            cursor.execute("UPDATE trends_search SET rowid = 7 WHERE rowid = %s", [second[1]])
        with pytest.raises(CommandError, match="differs"):
            self.run(check=True)
        assert search_index.differences(connection, timezone.now()) == (
            [first[0], second[0]], [second[0]],
        )  # fmt: skip
        last = Edition.objects.latest("pk").pk
        assert f"edition {last} of {last}" in self.run()
        assert indexed() == 2
        self.run()
        assert indexed() == 2

    def test_what_was_replaced_goes(self, live: Article, pam: User) -> None:
        plan(live, pam, analysis="Sluices")
        assert indexed() == 2
        last = Edition.objects.latest("pk").pk
        list(search_index.renew(connection, last, timezone.now() + 2 * HOUR))
        assert list(SearchRow.objects.values_list("pk", flat=True)) == [last]

    def test_a_lost_trigger_is_told_and_made_anew(self, live: Article) -> None:
        assert search_index_is_there(databases=["default"]) == []
        name = sorted(search_index.of(connection).TRIGGERS.values())[0]
        on = " ON trends_edition" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{on}")
        (warning,) = search_index_is_there(databases=["default"])
        assert (warning.id, name in warning.msg) == ("trends.W003", True)
        with pytest.raises(CommandError, match="migrate"):
            self.run(check=True)
        Edition.objects.all().delete()
        call_command("migrate", verbosity=0)
        assert search_index_is_there(databases=["default"]) == []
        assert indexed() == 0
