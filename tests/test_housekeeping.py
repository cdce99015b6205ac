"""What is past its time goes, what is not stays, and 0 days mean for ever."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from trends.models import Access, Address, Article, Autosave, Job, LegacyDocument, Notice
from trends.models import housekeeping as keeping
from trends.models.erasing import erase
from trends.models.housekeeping import housekeeping, tidy
from trends.models.making import make_article
from trends.models.readership import add_views

DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def settings(settings: Any) -> Any:
    """Everything for ever, unless a test says otherwise."""
    for name in ("AUTOSAVES", "FAILED_JOBS", "NOTICES", "ACCESS", "VIEWS", "DISCARDED"):
        setattr(settings, f"NEWSROOM_KEEP_{name}_DAYS", 0)
    return settings


def make_rows(ada: User, now: datetime, ages: list[int]) -> None:
    for n in ages:
        then = now - n * DAY
        Autosave.objects.keep(ada.pk, f"new:{n}", None, form="title=So", now=then)
        Job.objects.create(kind="mail", key=str(n), run_at=then, given_up_at=then)
        Notice.objects.create(user=ada, kind="mention", text="So", at=then, read_at=then)
        Access.objects.note(Access.Kind.LOGIN, now=then, name="ada", user=ada)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Autosave, Job, Notice, Access))


def test_it_works(ada: User, now: datetime, settings: Any) -> None:
    make_rows(ada, now, [9, 11])
    Job.objects.create(kind="mail", key="waits", run_at=now - 99 * DAY)
    Notice.objects.create(user=ada, kind="mention", text="Unread", at=now - 99 * DAY)
    for name in ("AUTOSAVES", "FAILED_JOBS", "NOTICES", "ACCESS"):
        setattr(settings, f"NEWSROOM_KEEP_{name}_DAYS", 10)
    done = tidy(now)
    assert done == {
        "autosaves": 1, "failed jobs": 1, "read notices": 1,
        "entries of the access log": 1, "days of views": 0, "discarded pieces": 0,
        "old notes of changes": 0,
    }  # fmt: skip
    assert counts() == (1, 2, 2, 1)


def test_no_days_are_for_ever(ada: User, now: datetime, settings: Any) -> None:
    make_rows(ada, now, [9999])
    make_article("A draft", by=ada).discard(by=ada, now=now - 9999 * DAY)
    assert set(tidy(now).values()) == {0}
    assert counts() == (1, 1, 1, 1)
    assert Article.objects.exists()


def test_in_portions(
    ada: User, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PORTION", 2)
    settings.NEWSROOM_KEEP_NOTICES_DAYS = 10
    make_rows(ada, now, [20, 21, 22, 23, 24])
    housekeeping("", {}, now)
    assert not Notice.objects.exists()


def test_old_figures_go_by_whole_days(ada: User, now: datetime, settings: Any) -> None:
    article, today = make_article("Read", by=ada), timezone.localdate(now)
    add_views({(article.pk, today - n * DAY): 1 for n in (0, 10, 11, 12)})
    assert tidy(now)["days of views"] == 0
    settings.NEWSROOM_KEEP_VIEWS_DAYS = 10
    assert tidy(now)["days of views"] == 2
    assert article.day_views.kept() == (2, today - 10 * DAY)


def test_the_bin_is_emptied(ada: User, now: datetime, settings: Any) -> None:
    settings.NEWSROOM_KEEP_DISCARDED_DAYS = 10
    for title, days in (("Old", 11), ("Young", 9)):
        article = make_article(title, by=ada, lede="So.")
        Address.objects.claim(f"/trends/{article.slug}/", article_id=article.pk)
        article.discard(by=ada, now=now - days * DAY)
    make_article("On the desk", by=ada)
    assert tidy(now)["discarded pieces"] == 1
    assert set(Article.objects.values_list("title", flat=True)) == {"Young", "On the desk"}
    assert Address.objects.count() == 1


def test_what_must_not_go_from_the_bin(ada: User, now: datetime, settings: Any) -> None:
    """What another piece links to, what an import would bring back, and what was erased."""
    settings.NEWSROOM_KEEP_DISCARDED_DAYS = 10
    then = now - 99 * DAY
    linked, imported, gone = (make_article(t, by=ada) for t in ("Linked", "Imported", "Gone"))
    make_article("Another", by=ada, related=[linked])
    LegacyDocument.objects.create(
        legacy_id="x", article=imported, parser_version=1, imported_at=now
    )
    for article in (linked, imported):
        article.discard(by=ada, now=then)
    erase(gone, by=ada, reason="Privacy.", now=then)
    assert tidy(now)["discarded pieces"] == 0
    assert Article.objects.count() == 4


def test_the_command_for_cron(ada: User, now: datetime, settings: Any, capsys: Any) -> None:
    make_rows(ada, now, [20])
    settings.NEWSROOM_KEEP_AUTOSAVES_DAYS = 10
    call_command("housekeeping")
    assert "1 autosaves deleted\n0 failed jobs deleted" in capsys.readouterr().out
    call_command("housekeeping", verbosity=0)
    assert capsys.readouterr().out == ""


def test_what_was_kept_while_a_piece_was_erased_goes(
    ada: User, now: datetime, settings: Any
) -> None:
    article = make_article("A draft", by=ada)
    erase(article, by=ada, reason="Privacy.")
    Autosave.objects.keep(ada.pk, f"article:{article.pk}:k", article.pk, form="So", now=now)
    assert tidy(now)["autosaves"] == 1


def test_a_save_sweeps_as_the_setting_says(ada: User, now: datetime, settings: Any) -> None:
    make_rows(ada, now, [9, 11])
    Autosave.objects.settle(ada, "none", now=now)
    assert Autosave.objects.count() == 2
    settings.NEWSROOM_KEEP_AUTOSAVES_DAYS = 10
    Autosave.objects.settle(ada, "none", now=now)
    assert Autosave.objects.count() == 1
