"""Outside links: who is asked, when, and when one counts as dead."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from trends.models import Article, Job, LinkCheck
from trends.models import link_check as links
from trends.models.facts import gather
from trends.models.link_check import CHECK, check_link, digest_of, outside_links, recheck_links
from trends.models.making import make_article
from trends.outgoing import Answer

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE, OUTSIDE = "https://example.org/minutes", "https://example.org/also"
STANDFIRST = "The harbour gets a second pump house, and the town pays for half of it."


@pytest.fixture(autouse=True)
def switched_on(settings: Any) -> None:
    settings.NEWSROOM_LINK_CHECKS = True


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """What the web says, one after the other."""
    said: list[Answer] = []
    monkeypatch.setattr(links, "ask", lambda url, agent: said.pop(0))
    return said


def piece(*, by: Any = None, **changes: Any) -> Article:
    content: dict[str, Any] = {
        "standfirst": STANDFIRST, "lede": "The town will build it. [[E1]]", "now": NOW,
        "evidence": [{"claim": "So.", "source_title": "Minutes", "url": SOURCE}],
        "related": [{"target": None, "url": OUTSIDE, "label": "Also"}],
    }  # fmt: skip
    return make_article("A pump house", by=by, **content | changes)


def asked() -> set[str]:
    """Addresses that are planned to be asked."""
    keys = Job.objects.filter(kind=CHECK).values_list("key", flat=True)
    return set(LinkCheck.objects.filter(digest__in=keys).values_list("url", flat=True))


def known(url: str = SOURCE) -> LinkCheck:
    return LinkCheck.objects.get_or_create(url=url, digest=digest_of(url))[0]


def check(now: datetime) -> LinkCheck:
    if learn := check_link(digest_of(SOURCE), {}, now):
        learn()
    return known()


def test_it_works(pam: User, answers: list[Answer]) -> None:
    article = piece(by=pam, publish=True)
    assert asked() == {SOURCE, OUTSIDE}
    answers += [Answer(404)] * 3
    for day in range(3):
        check(NOW + day * DAY)
    found = {issue.code for issue in article.readiness(now=NOW + 3 * DAY)}
    assert "evidence-link-dead" in found
    assert "related-dead" not in found


def test_nothing_is_planned_unless_it_is_switched_on(pam: User, settings: Any) -> None:
    settings.NEWSROOM_LINK_CHECKS = False
    piece(by=pam, publish=True)
    recheck_links("", {}, NOW)
    assert not LinkCheck.objects.exists()
    assert not Job.objects.filter(kind=CHECK).exists()


def test_nor_asked(settings: Any, answers: list[Answer], db: None) -> None:
    known()
    settings.NEWSROOM_LINK_CHECKS = False
    assert check(NOW).checked_at is None


def test_a_draft_is_asked_for_by_the_daily_job(db: None) -> None:
    piece()
    assert asked() == set()
    recheck_links("", {}, NOW)
    assert asked() == {SOURCE, OUTSIDE}


def test_who_is_not_asked(db: None) -> None:
    """What has an archived copy, and sources that readers don't learn: that would tell on them."""
    row = {"claim": "So.", "source_title": "Minutes", "url": SOURCE}
    for changes in (
        {"disclosure": "described"},
        {"disclosure": "internal"},
        {"archive_url": OUTSIDE},
    ):
        article = piece(evidence=[row | changes], related=[], slug=f"a-{len(str(changes))}")
        assert outside_links(article.snapshot()) == set()
    recheck_links("", {}, NOW)
    assert asked() == set()


def test_what_only_readers_have_is_asked_again(pam: User) -> None:
    article = piece(by=pam, publish=True)
    for url in (SOURCE, OUTSIDE):
        known(url).learn(Answer(200), NOW)
    Job.objects.all().delete()
    article.related_links.all().delete()
    article.record_revision(by=pam)
    recheck_links("", {}, NOW + 91 * DAY)
    assert asked() == {SOURCE, OUTSIDE}
    article.publish_now(by=pam, now=NOW + 91 * DAY)
    recheck_links("", {}, NOW + 182 * DAY)
    assert not LinkCheck.objects.filter(url=OUTSIDE).exists()


def test_what_readers_have_costs_one_query(pam: User) -> None:
    def read() -> int:
        with CaptureQueriesContext(connection) as queries:
            links.links_of_readers(NOW + DAY)
        return len(queries)

    piece(by=pam, publish=True)
    assert links.links_of_readers(NOW + DAY) == set()  # the desk has the same text
    assert read() == 1
    for n in range(3):
        article = piece(by=pam, publish=True, slug=f"a-{n}")
        article.lede = "It will. [[E1]]"
        article.record_revision(by=pam)
    assert links.links_of_readers(NOW + DAY) == {SOURCE, OUTSIDE}
    assert read() == 1


def test_what_is_in_the_bin_is_not_asked_for(pam: User) -> None:
    piece().discard(by=pam)
    recheck_links("", {}, NOW)
    assert asked() == set()


def test_one_bad_day_is_none(answers: list[Answer], db: None) -> None:
    known()
    answers += [Answer(500), Answer(500), Answer(500), Answer(0, "No answer."), Answer(200)]
    for hour in range(3):
        link = check(NOW + timedelta(hours=hour))
    assert (link.failed_days, link.dead_since) == (1, None)
    assert check(NOW + DAY).failed_days == 2
    link = check(NOW + 2 * DAY)
    assert (link.failed_days, link.failing_since, link.dead_since) == (0, None, None)


def test_dead_since_it_first_failed_until_it_answers(answers: list[Answer], db: None) -> None:
    known()
    answers += [Answer(410), Answer(0, "There is no such site."), Answer(503), Answer(200)]
    for day in range(3):
        link = check(NOW + day * DAY)
    assert (link.dead_since, link.status) == (NOW, 503)
    assert LinkCheck.objects.dead_among([SOURCE, OUTSIDE]) == {SOURCE}
    assert check(NOW + 17 * DAY).dead_since is None


@pytest.mark.parametrize("status", [200, 206, 304, 401, 403, 405, 429, 451])
def test_a_site_that_does_not_like_robots_is_alive(status: int) -> None:
    assert not links.has_failed(Answer(status))


def test_our_own_fault_says_nothing(answers: list[Answer], db: None) -> None:
    known()
    answers += [Answer(404), Answer(0, "It leads to no public address.", is_ours=True)]
    check(NOW)
    link = check(NOW + DAY)
    assert (link.failed_days, link.error) == (1, "It leads to no public address.")


@pytest.mark.parametrize(
    ("answer", "hours", "is_due"),
    [(200, 13 * 24, False), (200, 14 * 24, True), (404, 12, False), (404, 20, True)],
)
def test_when_it_is_asked_again(
    answers: list[Answer], db: None, answer: int, hours: int, is_due: bool
) -> None:
    known()
    answers.append(Answer(answer))
    check(NOW)
    assert LinkCheck.objects.due(NOW + timedelta(hours=hours)).exists() == is_due


def test_what_nothing_leads_to_is_forgotten(db: None) -> None:
    piece()
    for url in (SOURCE, "https://example.org/unused"):
        link = known(url)
        link.learn(Answer(200), NOW)
    recheck_links("", {}, NOW + 91 * DAY)
    assert set(LinkCheck.objects.values_list("url", flat=True)) == {SOURCE, OUTSIDE}


def test_one_after_the_other(db: None) -> None:
    """They may all lead to the same site."""
    piece()
    recheck_links("", {}, NOW)
    starts = {job.run_at for job in Job.objects.filter(kind=CHECK)}
    assert starts == {NOW, NOW + timedelta(seconds=1)}


def test_a_check_that_was_given_up_begins_anew(db: None) -> None:
    piece()
    known(), known(OUTSIDE)
    Job.objects.create(kind=CHECK, key=digest_of(SOURCE), run_at=NOW, given_up_at=NOW)
    Job.objects.create(kind=CHECK, key=digest_of(OUTSIDE), run_at=NOW - DAY)
    recheck_links("", {}, NOW)
    jobs = Job.objects.filter(kind=CHECK, given_up_at=None).order_by("run_at")
    assert [job.key for job in jobs] == [digest_of(OUTSIDE), digest_of(SOURCE)]


def test_a_link_that_is_gone_leaves_no_job_behind(answers: list[Answer], db: None) -> None:
    check_link(digest_of("https://example.org/gone"), {}, NOW)
    assert not LinkCheck.objects.exists()


def test_planning_costs_the_same_for_two_and_for_twelve(db: None) -> None:
    def cost(count: int) -> int:
        urls = {f"https://example.org/{count}/{n}" for n in range(count)}
        with CaptureQueriesContext(connection) as queries:
            LinkCheck.objects.plan(urls, now=NOW)
        return len(queries)

    assert cost(2) == cost(12) <= 9  # with the savepoints of bulk_create


@override_settings(NEWSROOM_READINESS_LEVELS={"evidence-link-dead": "block"})
def test_it_can_stop_publishing(pam: User) -> None:
    LinkCheck.objects.create(
        url=SOURCE, digest=digest_of(SOURCE), failing_since=NOW, failed_days=3, dead_since=NOW
    )
    article = piece(by=pam)
    with pytest.raises(Exception, match="The link of E1 is dead"):
        article.publish_now(by=pam)


def test_facts_cost_nothing_while_it_is_off(settings: Any, db: None) -> None:
    article = piece()
    for is_on in (True, False):
        settings.NEWSROOM_LINK_CHECKS = is_on
        with CaptureQueriesContext(connection) as queries:
            gather(article, article.snapshot(), now=NOW)
        tables = [q["sql"] for q in queries if "linkcheck" in q["sql"]]
        assert len(tables) == is_on
