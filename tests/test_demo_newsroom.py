"""The newsroom that `manage.py demo` loads: what it shows, and what it says."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tests.corpus import CORPUS, needs_corpus
from tests.test_demo import ACCOUNTS, remove_files, small_drawings
from trends.demo import gallery, made
from trends.demo.story import When, dated
from trends.models import (
    Article,
    Assignment,
    DayViews,
    Edition,
    Evidence,
    Notice,
    Pin,
    RelatedLink,
)
from trends.models.article_queries import ArticleQuerySet
from trends.readiness import blocking
from trends.snapshot import texts
from trends.text import split_sentences

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def newsroom(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once: the tests of this file only read."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(gallery, "draw_all", small_drawings)
        call_command("demo", stdout=io.StringIO())
        yield
        remove_files()
        ACCOUNTS.unlink()
        transaction.set_rollback(True)


def piece(key: str) -> Article:
    return made.by_key()[key]


def in_force(key: str) -> Edition:
    edition = piece(key).edition_in_force()
    assert edition
    return edition


def live() -> QuerySet[Edition]:
    return Edition.objects.live(timezone.now())


STATES: dict[str, Callable[[ArticleQuerySet], ArticleQuerySet]] = {
    "draft": lambda rows: rows.on_desk().filter(stage="draft", transitions=None),
    "in review": lambda rows: rows.filter(stage="in_review"),
    "approved, not published": lambda rows: rows.filter(stage="approved", editions=None),
    "returned with a note": lambda rows: rows.filter(
        Q(transitions__verb="return_to_writer") & ~Q(transitions__note=""), stage="draft"
    ),
    "held": lambda rows: rows.exclude(hold_reason=""),
    "legal review": lambda rows: rows.filter(legal_review_required=True),
    "embargoed": lambda rows: rows.filter(embargoed_until__gt=timezone.now()),
    "in the bin": lambda rows: rows.in_bin(),
    "nobody assigned": lambda rows: rows.nobody_assigned().in_status("live", timezone.now()),
    "somebody owes a section": lambda rows: rows.filter(assignments__due_on__isnull=False),
    "an overdue section": lambda rows: rows.filter(assignments__due_on__lt=timezone.localdate()),
    "a mention": lambda rows: rows.filter(notes__text__contains="@ada"),
    "a complaint with a deadline": lambda rows: rows.filter(notes__kind="complaint"),
    "planned with others": lambda rows: rows.filter(releases__planned_at__isnull=False),
    "checked, still true": lambda rows: rows.filter(transitions__verb="confirm"),
    "AI-assisted": lambda rows: rows.filter(ai_use="assisted").exclude(ai_note=""),
    "not needed": lambda rows: rows.filter(not_needed__has_key="actions"),
    **{
        status: lambda rows, status=status: rows.in_status(status, timezone.now())  # type: ignore[misc]
        for status in ("unpublished", "scheduled", "live", "retracted", "removed")
    },
}


def test_every_state_is_shown() -> None:
    missing = [name for name, rows in STATES.items() if not rows(Article.objects.all()).exists()]
    assert not missing


def test_live_pieces_show_every_feature() -> None:
    kinds = {edition.content["head"]["kind"] for edition in live()}
    assert kinds == {"report", "analysis", "opinion", "sponsored"}
    assert live().filter(hero=None).exists()
    assert live().exclude(hero=None).count() > 5
    assert in_force("signing-keys").content["head"]["sponsor"]
    assert in_force("cooling-leases").update_line
    assert in_force("solar-hours").update_line == "Added: Evidence"


def test_corrections_and_retractions_tell_readers() -> None:
    assert piece("glass-yield").corrections.get().severity == "serious"
    assert piece("passkey-branches").corrections.get().severity == "other"
    assert in_force("osmundrey-letter").notice
    assert not in_force("pupil-timetables").title


def test_evidence_comes_in_every_kind_of_trust() -> None:
    rows = Evidence.objects.all()
    choices = {
        "verdict": Evidence.Verdict,
        "disclosure": Evidence.Disclosure,
        "stance": Evidence.Stance,
        "independence": Evidence.Independence,
    }
    for name, known in choices.items():
        assert {*rows.values_list(name, flat=True), ""} == {*known.values, ""}


def test_a_live_piece_changes_by_itself() -> None:
    (planned,) = piece("island-battery").planned()
    before, later = in_force("island-battery"), planned.live_from + timedelta(seconds=1)
    assert piece("island-battery").edition_in_force(later) == planned
    assert before.content["lede"] != planned.content["lede"]


def test_an_also_read_waits_for_its_target() -> None:
    waiting = RelatedLink.objects.filter(
        article__in=live().values("article"), target=piece("photonic-switch")
    )
    assert waiting.exists()
    assert piece("photonic-switch").status() == "scheduled"


def test_what_a_newcomer_finds_on_the_desk() -> None:
    now = timezone.now()
    assert Pin.objects.in_force(live(), now).get().article == piece("island-battery")
    for user in (User.objects.get(username=name) for name in ("wes", "ada")):
        due = Assignment.objects.open().of(user).values_list("due_on", flat=True)
        assert min(due) < timezone.localdate() <= max(due)
        assert 0 < Notice.objects.of(user).unread().count() < 6


# --- what it says ---------------------------------------------------------------------------


def test_what_readers_had_was_read() -> None:
    """Each day that it was there, and no day later."""
    today = timezone.localdate()
    begun = Edition.objects.begun(timezone.now())
    assert set(DayViews.objects.values_list("article", flat=True)) == set(
        begun.values_list("article", flat=True)
    )
    for edition in live():
        first = timezone.localdate(edition.first_published_at)
        days = edition.article.day_views.values_list("day", flat=True)
        assert (min(days), max(days), len(days)) == (first, today, (today - first).days + 1)
    assert not piece("osmundrey-letter").day_views.filter(day=today).exists()


def test_live_pieces_are_ready() -> None:
    for edition in live().select_related("article"):
        assert not blocking(edition.article.readiness()), edition.title


def test_warnings_are_there_to_be_seen() -> None:
    intended = {
        "openai-foxconn": {"evidence-pending", "actions-pending", "author-pending"},
        "cooling-leases": {"target-hidden"},
        "glass-yield": {"target-hidden"},
        "watt-label": {"hero-missing"},
        "solar-hours": {"actions-pending", "open-notes"},
    }
    for key, article in made.by_key().items():
        if article.status() == "live":
            found = {issue.code for issue in article.readiness()} - {"hero-narrow"}
            assert found == intended.get(key, set()), key


def test_evidence_leads_nowhere_real() -> None:
    links: list[Any] = [*Evidence.objects.all(), *RelatedLink.objects.all()]
    hosts = {urlsplit(row.url).hostname for row in links if row.url}
    assert len(hosts) > 5
    assert all(host and host.endswith((".example", "example.org")) for host in hosts)


def test_time_runs_forwards() -> None:
    now = timezone.now()
    for article in Article.objects.all():
        steps = list(article.transitions.order_by("pk"))
        assert steps == sorted(steps, key=lambda step: step.at)
        assert all(now - timedelta(days=42) < step.at <= now for step in steps), article
        assert article.created_at <= article.updated_at <= now


def test_days_become_dates() -> None:
    now = timezone.now().replace(year=2026, month=1, day=10)
    assert dated("From {+3} until {-20}.", now) == "From 13 January until 21 December 2025."


@needs_corpus
def test_the_piece_about_real_companies_knows_only_what_the_page_gives() -> None:
    known = set(re.findall(r"[^\W_]+", (CORPUS / "trend-page.txt").read_text().casefold()))
    article = piece("openai-foxconn")
    assert article.hero is not None
    prose = [re.sub("<.*?>", " ", text) for _, text in texts(article.snapshot())]
    said = [article.title, article.standfirst, article.hero.alt_text, *prose]
    words = [word for text in said for word in names(text)]
    assert {"OpenAI", "Foxconn", "Ohio"} <= set(words)
    assert [word for word in words if word.casefold() not in known] == []
    assert not re.search(r"\d", " ".join(said))


def names(text: str) -> Iterator[str]:
    """Words with a capital, but for those that only begin a sentence."""
    for sentence in split_sentences(text):
        first, *more = re.findall(r"[^\W_]+", sentence)
        yield from (word for word in more if not word.islower())
        if not first[1:].islower() and first not in ("A", "I"):
            yield first


def test_a_clock_of_the_newsroom() -> None:
    now = timezone.now()
    assert When(-1, "23:59").at(now) < now < When(1, "00:00").at(now)
