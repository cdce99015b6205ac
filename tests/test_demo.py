"""`manage.py demo`: a newsroom to look at, loaded once and removed without a trace."""

import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image as Pillow

from trends.demo import gallery, load, made, pictures
from trends.models import Article, Author, Evidence, Image, Release, Topic
from trends.models.image import originals
from trends.models.making import make_article, make_author

CORPUS = Path(os.environ.get("NEWSROOM_CORPUS") or settings.BASE_DIR / "../shared/data")
TREND_PAGE = CORPUS / "trend-page.txt"
ACCOUNTS = settings.DATA_DIR / "demo-accounts.txt"


def small_drawings(wanted: Any) -> dict[Any, bytes]:
    drawn = {}
    for place, picture in enumerate(wanted):
        file = io.BytesIO()
        Pillow.new("RGB", (48, 27), (place, 90, 120)).save(file, "PNG")
        drawn[picture] = file.getvalue()
    return drawn


def remove_files() -> None:
    for image in Image.objects.all():
        for alias, name in image.places:
            storages[alias].delete(name)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    """Small pictures; what a test leaves on the disk goes."""
    monkeypatch.setattr(gallery, "draw_all", small_drawings)
    yield
    ACCOUNTS.unlink(missing_ok=True)
    remove_files()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three pieces that link to each other, where the others would only cost time."""
    keys = {"island-battery", "solar-hours", "cooling-leases"}
    monkeypatch.setattr(load, "PIECES", [p for p in load.PIECES if p.key in keys])


def demo(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def reset(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[], str]:
    """The reset with what it does after its commit."""

    def run() -> str:
        with django_capture_on_commit_callbacks(execute=True):
            return demo("--reset", "--no-input")

    return run


def piece(key: str) -> Article:
    return made.by_key()[key]


# --- loading --------------------------------------------------------------------------------


def test_it_works() -> None:
    out = demo()
    assert "The demo newsroom is loaded" in out
    assert f"{settings.NEWSROOM_BASE_URL}/admin/" in out
    assert Article.objects.count() == len(load.PIECES)
    assert Author.objects.count() == 5
    assert Topic.objects.count() == 4


@pytest.mark.usefixtures("few")
def test_every_role_can_log_in_with_the_printed_password() -> None:
    out = demo()
    found = re.findall(r"^  (\w+) +([a-z2-9]{4}(?:-[a-z2-9]{4}){3}) +(\w+)$", out, re.MULTILINE)
    assert {role for _, _, role in found} == {"Writer", "Editor", "Publisher", "Administrator"}
    for name, password, role in found:
        assert Client().login(username=name, password=password)
        assert User.objects.get(username=name).groups.get().name == role


@pytest.mark.usefixtures("few")
def test_only_the_owner_reads_the_passwords() -> None:
    demo()
    assert stat.S_IMODE(ACCOUNTS.stat().st_mode) == 0o600


# --- again, and when it fails ---------------------------------------------------------------


@pytest.mark.usefixtures("few")
def test_a_second_run_keeps_what_people_changed() -> None:
    demo()
    article = piece("cooling-leases")
    article.standfirst = "Ada has rewritten this standfirst in the meantime, and it stays."
    article.save()
    piece("solar-hours").key_points.all().delete()
    out = demo()
    assert "nothing was changed" in out
    article.refresh_from_db()
    assert article.standfirst.startswith("Ada has rewritten")
    assert not piece("solar-hours").key_points.exists()
    assert Article.objects.count() == len(load.PIECES)


@pytest.mark.usefixtures("few")
def test_a_second_run_shows_only_passwords_that_work() -> None:
    demo()
    wes, ada = User.objects.get(username="wes"), User.objects.get(username="ada")
    wes.set_password("his own")
    wes.save()
    ada.is_active = False
    ada.save()
    out = demo()
    assert re.search(r"wes +\(password was changed\)", out)
    assert re.search(r"ada +\(account is disabled\)", out)
    assert re.search(r"pam +[a-z2-9]{4}-", out)


@pytest.mark.usefixtures("few")
def test_a_lost_file_of_passwords_is_no_riddle() -> None:
    demo()
    ACCOUNTS.unlink()
    assert "changepassword" in demo()


@pytest.mark.usefixtures("few")
def test_a_load_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        assert Image.objects.exists()
        raise OSError("disk full")

    before = files()
    monkeypatch.setattr(load, "tell", broken)
    with pytest.raises(OSError, match="disk full"):
        demo()
    assert rows() == {}
    assert files() == before
    assert not ACCOUNTS.exists()


@pytest.mark.usefixtures("few")
def test_the_second_of_two_at_once_leaves_the_first_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first: list[str] = []

    def slowly(wanted: Any) -> dict[Any, bytes]:
        if not first:
            first.append("draws")
            first.append(demo())
        return small_drawings(wanted)

    monkeypatch.setattr(gallery, "draw_all", slowly)
    assert "just loaded" in demo()
    assert "is loaded" in first[1]
    assert Article.objects.count() == len(load.PIECES)


@pytest.mark.usefixtures("few")
def test_ctrl_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "tell", interrupted)
    with pytest.raises(CommandError, match="nothing was loaded"):
        demo()
    assert rows() == {}


@pytest.mark.usefixtures("few")
def test_an_account_that_was_there_keeps_its_password() -> None:
    User.objects.create_user("ada", password="a person's own")
    out = demo()
    assert Client().login(username="ada", password="a person's own")
    assert re.search(r"^  ada2 ", out, re.MULTILINE)


# --- reset ----------------------------------------------------------------------------------


def rows() -> dict[str, int]:
    """How many rows each table of ours holds, and those of accounts and their log."""
    models: list[Any] = [*apps.get_app_config("trends").get_models(), User, LogEntry]
    counts = {model._meta.label: model._default_manager.count() for model in models}
    return {label: count for label, count in counts.items() if count}


def files() -> set[str]:
    return {*originals().listdir("")[1], *default_storage.listdir("")[1]}


@pytest.fixture(autouse=True)
def folders() -> None:
    for storage in (originals(), default_storage):
        Path(storage.path("")).mkdir(parents=True, exist_ok=True)


def test_reset_leaves_no_trace(reset: Callable[[], str]) -> None:
    before = files()
    demo()
    assert files() > before
    out = reset()
    assert f"{len(load.PIECES)} trends" in out
    assert "createsuperuser" in out
    assert rows() == {}
    assert files() == before
    assert not ACCOUNTS.exists()
    assert "nothing was changed" in demo("--reset", "--no-input")


@pytest.mark.usefixtures("few")
def test_reset_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    demo()
    monkeypatch.setattr("builtins.input", lambda prompt: "no")
    with pytest.raises(CommandError, match="as it was"):
        demo("--reset")
    assert Article.objects.count() == len(load.PIECES)


@pytest.mark.usefixtures("few")
def test_reset_tells_of_edits_that_would_go(monkeypatch: pytest.MonkeyPatch) -> None:
    demo()
    article = piece("solar-hours")
    article.dateline = "Lisbon"
    article.record_revision(by=User.objects.get(username="ada"))
    monkeypatch.setattr("builtins.input", lambda prompt: "yes")
    assert "1 of the trends were edited" in demo("--reset")


@pytest.mark.usefixtures("few")
def test_reset_keeps_what_is_not_the_demos(reset: Callable[[], str]) -> None:
    otto = User.objects.create_user("otto")
    topic = Topic.objects.create(name="Gardens", slug="gardens")
    own = make_article(
        "A piece about hedges", by=otto, topic=topic, author=[make_author("Otto Hecke", bio="O.")],
        standfirst="Hedges grow, and somebody has to say so in a whole sentence, like this one.",
        lede="Hedges grow.", publish=True,
    )  # fmt: skip
    before, content = rows(), own.snapshot()
    demo()
    reset()
    assert rows() == before
    own.refresh_from_db()
    assert own.snapshot() == content
    assert own.status() == "live"


@pytest.mark.usefixtures("few")
def test_reset_keeps_what_peoples_pieces_use(reset: Callable[[], str]) -> None:
    demo()
    pam, battery = User.objects.get(username="pam"), piece("island-battery")
    own = make_article(
        "Batteries, seen from the shore", by=pam, topic=battery.topic, hero=battery.hero,
        author=[Author.objects.get(name="Oluchi Bankefa")], related=[battery],
    )  # fmt: skip
    content = own.snapshot()
    out = reset()
    assert own.snapshot() == content
    assert battery.edition_in_force()
    assert {a.title for a in Article.objects.all()} == {own.title, battery.title}
    for name in ("“Oluchi Bankefa”", "“Energy”", "“pam”", f"“{battery.title}”"):
        assert name in out
    assert not Author.objects.filter(name="Marisa Quintelo").exists()
    assert "pam Publisher" in ACCOUNTS.read_text()


@pytest.mark.usefixtures("few")
def test_after_a_reset_it_loads_again(reset: Callable[[], str]) -> None:
    demo()
    own = make_article("Chips with salt", topic=Topic.objects.get(slug="chips"))
    reset()
    demo()
    reset()
    assert own.topic_id in Topic.objects.values_list("pk", flat=True)
    assert Article.objects.get() == own


def test_reset_keeps_a_release_with_a_piece_of_ones_own(
    reset: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {"queue-audit", "queue-deposits", "transformers", "island-battery"}
    keys |= {"solar-hours", "cooling-leases"}
    monkeypatch.setattr(load, "PIECES", [p for p in load.PIECES if p.key in keys])
    demo()
    release = Release.objects.get()
    release.articles.add(make_article("A piece about hedges"))
    assert "release “The connection queue”" in reset()
    assert str(release.articles.get()) == "A piece about hedges"


def test_its_evidence_is_of_kinds_that_there_are() -> None:
    """Else the page of a piece breaks, on the day on which it begins."""
    rows = [row for piece in load.PIECES for row in piece.content.get("evidence", [])]
    assert {row.get("kind", "report") for row in rows} <= set(Evidence.Kind.values)
    assert len(rows) > 10


# --- pictures -------------------------------------------------------------------------------


def test_a_real_drawing_is_wide_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    wanted = next(piece.hero for piece in load.PIECES if piece.hero)
    image = gallery.hang(wanted, gallery.draw_all([wanted])[wanted], [])
    assert image.width >= 1200
    assert all(storages[alias].exists(name) for alias, name in image.places)


def test_every_motif_is_known() -> None:
    motifs = {piece.hero.motif for piece in load.PIECES if piece.hero}
    assert motifs <= set(pictures.MOTIFS)
