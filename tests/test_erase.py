"""Erasing: every word of a piece is gone from every table and file, and the fact stays."""

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from tests.admin.noting import complain
from tests.people import person
from tests.workflow.conftest import approve
from tests.workflow.releases import release_of
from trends.legacy.build import build
from trends.legacy.parse import parse_page
from trends.models import (
    Address,
    Article,
    Autosave,
    Edition,
    FileDeletion,
    Image,
    Job,
    LegacyDocument,
    LinkCheck,
    Note,
    Notice,
    Pin,
    Refused,
    SharedLink,
)
from trends.models.erasing import erase
from trends.models.link_check import CHECK, digest_of
from trends.models.making import make_article, make_author

WORD = "quibblewort"  # stands in everything that the piece holds
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
STANDFIRST = "The harbour gets a second pump house, and the town pays for half of it."


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every table that can hold words."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, TEXTS):
                yield model, field.attname


def places_of(word: str) -> set[str]:
    """Columns, tables of no model, and files in which a word stands."""
    found = set(tables_with(word))
    for model, name in columns():
        for value in model._base_manager.values_list(name, flat=True):
            if word in json.dumps(value, ensure_ascii=False, default=str).lower():
                found.add(f"{model.__name__}.{name}")
    return found | {f"file in {path.parent.name}" for path in files_with(word)}


def tables_with(word: str) -> Iterator[str]:
    """The search index, and on SQLite the tables that it consists of."""
    managed = {model._meta.db_table for model in apps.get_models() if model._meta.managed}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - managed:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(word in said(value).lower() for row in cursor.fetchall() for value in row):
                yield table


def said(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def files_with(word: str) -> list[Path]:
    folders = (settings.MEDIA_ROOT, settings.DATA_DIR / "originals")
    files = [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]
    return [path for path in files if word.encode() in path.read_bytes().lower()]


@pytest.fixture(autouse=True)
def no_files_of_the_last_test() -> None:
    """The database forgets a test by itself, the folders don't."""
    for path in files_with(WORD):
        path.unlink()


def store(alias: str) -> str:
    """A file that says the word, as renditions say who made them."""
    data = ContentFile(f"jpeg {WORD}".encode())
    return storages[alias].save(f"{secrets.token_hex(16)}.jpg", data)


def picture(**words: str) -> Image:
    entry = {"width": 9, "height": 9, "format": "jpg", "name": store("default")}
    return Image.objects.create(
        file=store("originals"), width=9, height=9, renditions={"hero": [entry]}, **words
    )


@pytest.fixture
def piece(ada: User, pam: User, django_capture_on_commit_callbacks: Any) -> Article:
    """Live, corrected, with everything that a piece can have, each part with the word in it."""
    then = timezone.now() - timedelta(hours=1)
    said = dict.fromkeys(("claim", "excerpt", "source_title", "publisher"), WORD)
    hero = picture(alt_text=WORD, caption=WORD, credit=WORD, original_name=f"{WORD}.jpg")
    inside = picture(alt_text=WORD, credit=WORD)
    article = make_article(
        f"The {WORD} title", by=ada, publish=True, now=then, standfirst=f"{WORD}. {STANDFIRST}",
        lede=f"The {WORD} lede. [[E1]]", dateline=WORD, disclosure=WORD, ai_note=WORD, hero=hero,
        context=f'<p>{WORD}</p><figure data-picture="{inside.pk}"></figure>', analysis=WORD,
        backstory=WORD, evidence=[said | {"url": f"https://example.org/{WORD}"}],
        key_points=[WORD], actions=[{"audience": WORD, "text": WORD, "timing": WORD}],
        author=[{"author": make_author("Nora Vale").pk, "role": WORD}],
        related=[{"target": None, "url": f"https://example.org/also/{WORD}", "label": WORD}],
        legacy_url=f"https://old.example.org/{WORD}", legacy_id=WORD,
    )  # fmt: skip
    Address.objects.claim(f"/old/{WORD}/", article_id=article.pk)
    article.slug = f"{WORD}-second"
    article.not_needed = {"actions": WORD}
    article.save()
    article.record_revision(by=ada, note=WORD)
    article.publish_now(by=pam, text=f"It is {WORD}.", note=WORD, override=WORD)
    surround(article, ada, hero)
    return article


def surround(article: Article, ada: User, hero: Image) -> None:
    now, url = timezone.now(), f"https://example.org/{WORD}"
    note = article.notes.create(text=WORD, at=now, by=ada)
    article.notes.create(text=WORD, at=now, by=ada, reply_to=note)
    complain(article, WORD, by=ada, name=WORD, contact=WORD, section="context")
    Pin.objects.create(article=article, slot=0, starts_at=now, at=now)
    Note.objects.create(text=f"As in “The {WORD} title”.", article=make_article("Other"), at=now)
    Notice.objects.tell([ada], "mention", WORD, by=None, now=now, article=article)
    Autosave.objects.keep(ada.pk, f"article:{article.pk}:k", article.pk, form=WORD, now=now)
    Job.objects.add("pressed", "1", run_at=now, article=article.pk, title=WORD)
    Job.objects.add(CHECK, digest_of(url), run_at=now)
    LinkCheck.objects.create(url=url, digest=digest_of(url), error=WORD)
    LegacyDocument.objects.create(
        legacy_id=WORD, article=article, source_name=WORD, raw=WORD, parser_version=1,
        imported={"head": WORD}, provenance={WORD: WORD}, notes=[WORD], imported_at=now,
    )  # fmt: skip
    for row in (article, hero):
        kind = ContentType.objects.get_for_model(row)
        LogEntry.objects.create(
            user=ada, content_type=kind, object_id=str(row.pk), object_repr=WORD,
            action_flag=CHANGE, change_message=WORD,
        )  # fmt: skip
    # A rendition from before the credit was changed, which pages still point at.
    later = now + timedelta(days=30)
    FileDeletion.objects.note([("default", store("default"))], later, picture=hero.pk)
    share(article, ada)
    article.hold(by=ada, note=WORD)


def share(article: Article, ada: User) -> None:
    """With a reader who has no account; and with another piece in a release, which the hold
    stops, and says so there."""
    now = timezone.now()
    article.analysis = f"<p>{WORD} anew</p>"
    article.save()
    article.record_revision(by=ada)
    link, _ = SharedLink.objects.share(article, by=ada, label=WORD, hours=24)
    link.advise(name=WORD, text=WORD, agrees=True, key="k", now=now)
    approve(article, by=ada)
    other = make_article(
        "Sea wall", by=ada, lede="It stands.",
        standfirst="Another town has a wall since last year, and nobody there pays for it.",
    )  # fmt: skip
    approve(other, by=ada)
    release = release_of(article, other, by=person("tess"))
    release.plan(by=ada)


@pytest.fixture
def erased(piece: Article, pam: User, django_capture_on_commit_callbacks: Any) -> Article:
    with django_capture_on_commit_callbacks(execute=True):
        erase(piece, by=pam, reason="A court said so.")
    return piece


def test_control_the_word_is_everywhere(piece: Article) -> None:
    places = places_of(WORD)
    print(f"{len(places)} columns and folders hold the word")
    assert len(places) >= 62
    assert {"file in media", "file in originals", "Address.path", "Job.payload"} <= places
    assert {"Advice.text", "Complainant.name", "Release.stopped", "SharedLink.label"} <= places


def test_no_word_is_left_anywhere(erased: Article) -> None:
    assert places_of(WORD) == set()


def test_no_text_of_it_is_left_at_all(erased: Article) -> None:
    """Not even words that the test's own one does not stand beside."""
    assert places_of("pump house") == set()


def test_the_fact_stays(erased: Article, pam: User) -> None:
    article = Article.objects.get(pk=erased.pk)
    assert (article.title, article.slug, article.erased_by) == (
        "Erased",
        f"erased-{erased.pk}",
        pam,
    )
    last, *before = article.transitions.all()
    assert (last.verb, last.by, last.note) == ("erase", pam, "A court said so.")
    verbs = {"submit", "approve", "publish", "correct", "schedule", "hold"}
    assert {step.verb for step in before} == verbs
    assert article.editions.get().kind == Edition.Kind.REMOVAL


def test_each_of_its_addresses_is_gone_for_good(erased: Article, client: Client) -> None:
    first = f"the-{WORD}-title"
    for path in (f"/trends/{WORD}-second/", f"/trends/{first}/", f"/old/{WORD}/"):
        assert client.get(path).status_code == 410
    assert client.get(f"/trends/erased-{erased.pk}/").status_code == 404
    assert make_article(f"The {WORD} title").slug == f"{first}-2"  # nobody else gets it


def test_a_piece_that_never_was_public_is_as_unknown_as_before(pam: User, client: Client) -> None:
    article = make_article(f"A {WORD} draft", by=pam, lede=WORD, standfirst=STANDFIRST)
    article.submit(by=pam)
    article.approve(by=pam)
    article.schedule(by=pam, live_from=timezone.now() + timedelta(days=1))
    erase(article, by=pam, reason="Privacy.")
    assert places_of(WORD) == set()
    assert client.get(f"/trends/a-{WORD}-draft/").status_code == 404
    assert not article.editions.exists()


def test_a_removed_piece_can_be_erased_too(piece: Article, pam: User, client: Client) -> None:
    piece.remove(by=pam, note=WORD)
    erase(piece, by=pam, reason="A court said so.")
    assert {place for place in places_of(WORD) if "file" not in place} == set()
    assert client.get(f"/trends/{WORD}-second/").status_code == 410


def test_others_are_left_alone(piece: Article, ada: User, pam: User, client: Client) -> None:
    """Also where they share a picture and a source, and link to it."""
    other = make_article(
        "The other pump house", by=ada, publish=True, standfirst=STANDFIRST, lede="So. [[E1]]",
        hero=piece.hero, related=[piece],
        evidence=[{"claim": "So", "source_title": "S", "url": f"https://example.org/{WORD}"}],
    )  # fmt: skip
    before = other.snapshot()
    erase(piece, by=pam, reason="A court said so.")
    other.refresh_from_db()
    assert other.snapshot() == before
    assert client.get(f"/trends/{other.slug}/").status_code == 200
    assert Image.objects.get().alt_text == WORD
    assert LinkCheck.objects.get().error == WORD


def test_what_the_software_said_elsewhere_names_it_no_more(
    piece: Article, ada: User, pam: User
) -> None:
    """Such as the note on another piece that rests on the same source."""
    other = make_article("The other pump house", by=ada)
    other.record_revision(by=ada)
    now = timezone.now()
    note = other.notes.create(text=f"E1 withdrawn in “{piece.title}”. Look.", at=now, by=ada)
    Notice.objects.tell([ada], "reminder", f"In “{piece.title}”.", by=None, now=now, article=other)
    other.revisions.update(note=f"E1 disputed: withdrawn in “{piece.title}”")
    erase(piece, by=pam, reason="A court said so.")
    note.refresh_from_db()
    assert note.text == "E1 withdrawn in “…”. Look."
    assert {place for place in places_of(WORD) if "file" not in place} == set()


def test_twice_is_once(erased: Article, pam: User, ada: User, capsys: Any) -> None:
    with pytest.raises(Refused, match=r"It was erased already, on .* by pam"):
        erase(erased, by=ada, reason="Again.")
    call_command("erase", str(erased.pk), reason="Again.", by="ada")
    assert "It was erased already" in capsys.readouterr().out
    assert erased.transitions.filter(verb="erase").count() == 1


def test_it_needs_a_reason(piece: Article, pam: User) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        erase(piece, by=pam, reason=" ")
    assert places_of(WORD)


def test_nothing_can_be_done_with_it(erased: Article, pam: User) -> None:
    assert erased.why_not("recover") == "Its content is erased for good."
    assert not erased.may_be_changed_by(pam)
    assert erased not in Article.objects.on_desk()


def test_the_command(piece: Article, pam: User, capsys: Any) -> None:
    call_command("erase", str(piece.pk), reason="A court said so.", by="pam")
    assert capsys.readouterr().out == f"The content of piece {piece.pk} is erased.\n"
    assert Article.objects.get(pk=piece.pk).erased_by == pam


@pytest.mark.parametrize(
    ("pk", "by", "said"), [("999", "pam", "no piece 999"), ("", "nobody", "no account “nobody”")]
)
def test_the_command_says_what_it_does_not_find(pam: User, pk: str, by: str, said: str) -> None:
    article = make_article("A draft")
    with pytest.raises(CommandError, match=said):
        call_command("erase", pk or str(article.pk), reason="Privacy.", by=by)


def test_an_import_does_not_bring_it_back(pam: User) -> None:
    raw = f"<h1>The {WORD} title</h1><p>Headline</p><p>The town will build {WORD} at once.</p>"
    draft = parse_page(raw.encode(), name="a.html")
    now = timezone.now()
    article = build(draft, raw=raw, name="a.html", by=pam, now=now).article
    assert article is not None
    erase(article, by=pam, reason="Privacy.")
    again = build(draft, raw=raw + " ", name="a.html", by=pam, now=now)
    assert [note.code for note in again.notes] == ["erased"]
    assert places_of(WORD) == set()
