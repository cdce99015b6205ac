"""Files of a picture: there before the row, gone after it, never a part of one."""

import errno
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from newsroom.storage import SafeFileStorage
from trends.models import FileDeletion, Image
from trends.models.file_deletion import GRACE, UNFINISHED
from trends.models.picture_files import Stale
from trends.renditions import BadPicture

from .library import ingest, listed, on_disk, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Commits = Any  # django_capture_on_commit_callbacks


class FullDisk(SafeFileStorage):
    """Takes three files, then has no room for the fourth; half of it is written."""

    room = 3

    def _save(self, name: str, content: Any) -> str:
        if not self.room:
            halves = ContentFile(content.read()[:20])
            halves.chunks = lambda: broken(halves)  # type: ignore[method-assign]
            return super()._save(name, halves)
        type(self).room -= 1
        return super()._save(name, content)


def broken(file: Any) -> Any:
    yield file.read()
    raise OSError(errno.ENOSPC, "No space left on device")


def test_an_upload_is_stored_whole_and_nothing_is_noted_any_more() -> None:
    image = ingest()
    assert on_disk() == set(image.places)
    assert len(on_disk()) > 5
    assert listed() == set()
    assert image.lacks_files is False


@pytest.mark.parametrize("data", [b"GIF89a", upload()[:60]])
def test_a_refused_upload_leaves_nothing(data: bytes) -> None:
    with pytest.raises(BadPicture):
        Image.objects.ingest(data)
    assert (on_disk(), listed(), Image.objects.count()) == (set(), set(), 0)


def test_a_full_disk_leaves_nothing(settings: Any, folders: Path) -> None:
    full = {"BACKEND": f"{__name__}.FullDisk", "OPTIONS": {"location": folders / "media"}}
    settings.STORAGES = settings.STORAGES | {"default": full}
    FullDisk.room = 3
    with pytest.raises(OSError, match="No space left"):
        ingest()
    assert FullDisk.room == 0
    assert (on_disk(), Image.objects.count()) == (set(), 0)
    assert list(folders.rglob("*.part")) == []


def test_a_row_that_is_refused_leaves_no_file() -> None:
    with pytest.raises(ValueError, match="must be"):
        ingest(uploaded_by="nobody")
    assert (on_disk(), Image.objects.count()) == (set(), 0)


class TestAnEdit:
    def test_of_words_keeps_the_files_and_counts_up(self) -> None:
        image = ingest()
        before = image.renditions
        image.caption = "At noon"
        image.revise({"caption"})
        image.refresh_from_db()
        assert (image.caption, image.version, image.renditions) == ("At noon", 1, before)

    @pytest.mark.parametrize("name", ["credit", "creator", "licence", "ai_use"])
    def test_of_what_files_say_makes_new_ones(self, name: str) -> None:
        image = ingest()
        old = set(image.places)
        setattr(image, name, "made")
        image.revise({name})
        image.refresh_from_db()
        new = set(image.places)
        assert {alias for alias, _ in new & old} == {"originals"}
        assert on_disk() == new | old  # pages that are open still point at the old ones
        assert listed() == old - new

    def test_can_leave_the_files_to_later(self) -> None:
        image = ingest()
        before = image.renditions
        image.credit = "Southlake"
        image.revise({"credit"}, remake=False)
        assert (image.renditions, image.lacks_files) == (before, True)
        image.remake()
        assert (image.lacks_files, image.version) == (False, 1)

    def test_that_came_late_is_refused_and_leaves_no_file(self) -> None:
        image = ingest()
        late = Image.objects.get()
        image.revise({"caption"})
        late.credit = "Somebody else"
        with pytest.raises(Stale, match="after you opened it"):
            late.revise({"credit"})
        assert Image.objects.get().credit == "Norlake"
        assert on_disk() == set(image.places)

    def test_of_a_deleted_picture_is_refused(self) -> None:
        image, late = ingest(), Image.objects.get()
        image.delete()
        with pytest.raises(Stale):
            late.revise({"caption"})

    def test_the_focal_point_moves_and_both_sets_of_files_are_there(self) -> None:
        image = ingest()
        old = image.renditions
        image.move_focus(x=0.1, y=0.9)
        image.refresh_from_db()
        assert image.focal == (0.1, 0.9)
        assert {alias for alias, _ in on_disk()} == {"originals", "default"}
        for table in (old, image.renditions):
            assert storages["default"].exists(table["1x1"][0]["name"])

    def test_the_grace_period_ends(self, django_capture_on_commit_callbacks: Commits) -> None:
        image = ingest()
        old = set(image.places)
        image.move_focus(x=0.1, y=0.9)
        with time_machine.travel(timezone.now() + GRACE - timedelta(minutes=5), tick=False):
            FileDeletion.objects.sweep(timezone.now())
            assert old <= on_disk()
        with time_machine.travel(timezone.now() + GRACE + timedelta(minutes=5), tick=False):
            FileDeletion.objects.sweep(timezone.now())
        assert on_disk() == set(image.places)
        assert listed() == set()


class TestDeleting:
    @pytest.mark.parametrize("many", [False, True])
    def test_takes_the_files_after_the_commit(
        self, many: bool, django_capture_on_commit_callbacks: Commits
    ) -> None:
        image = ingest()
        with django_capture_on_commit_callbacks(execute=True):
            Image.objects.all().delete() if many else image.delete()
            assert on_disk() == set(image.places)
        assert (on_disk(), listed()) == (set(), set())

    def test_that_is_rolled_back_takes_nothing(
        self, django_capture_on_commit_callbacks: Commits
    ) -> None:
        image = ingest()

        def change_of_mind() -> None:
            with transaction.atomic():
                image.delete()
                raise ZeroDivisionError

        with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
            change_of_mind()
        assert on_disk() == set(Image.objects.get().places)

    def test_a_file_that_cannot_be_deleted_stays_on_the_list(
        self, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commits
    ) -> None:
        image = ingest()
        with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
            patch.setattr(SafeFileStorage, "delete", refuse)
            image.delete()
        assert listed() == on_disk() != set()
        FileDeletion.objects.sweep(timezone.now())
        assert (on_disk(), listed()) == (set(), set())


def refuse(self: Any, name: str) -> None:
    raise PermissionError(name)


class TestRights:
    def test_that_end_take_the_public_files_at_once(
        self, django_capture_on_commit_callbacks: Commits
    ) -> None:
        image = ingest()
        image.rights_expire_on = timezone.localdate() - timedelta(days=1)
        with django_capture_on_commit_callbacks(execute=True):
            image.revise({"rights_expire_on"})
        assert on_disk() == {("originals", image.file.name)}
        assert image.renditions == {}

    def test_that_are_extended_bring_new_files(
        self, django_capture_on_commit_callbacks: Commits
    ) -> None:
        day = timezone.localdate()
        image = ingest(rights_expire_on=day)
        with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
            with django_capture_on_commit_callbacks(execute=True):
                assert Image.objects.withdraw(timezone.now()) == 1
            assert len(on_disk()) == 1
            image.refresh_from_db()
            image.rights_expire_on = day + timedelta(days=30)
            image.revise({"rights_expire_on"})
        assert on_disk() == set(image.places)
        assert image.renditions["hero"]

    def test_the_last_day_still_counts(self) -> None:
        ingest(rights_expire_on=timezone.localdate())
        assert Image.objects.withdraw(timezone.now()) == 0


def test_what_a_killed_upload_left_is_swept_after_an_hour(folders: Path) -> None:
    """The journal is written first: here the process is gone before the row."""
    name = f"{'ab' * 16}.jpg"
    FileDeletion.objects.note([("default", name)], timezone.now() + UNFINISHED)
    storages["default"].save(name, ContentFile(b"whole"))
    (folders / "media" / f"{name}.part").write_bytes(b"ha")
    FileDeletion.objects.sweep(timezone.now())
    assert ("default", name) in on_disk()
    FileDeletion.objects.sweep(timezone.now() + UNFINISHED)
    assert (on_disk(), listed()) == (set(), set())


def test_a_file_noted_twice_goes_at_the_earlier_moment() -> None:
    now, place = timezone.now(), ("default", "x.jpg")
    for days in (9, 2, 5):
        FileDeletion.objects.note([place], now + timedelta(days=days))
    assert FileDeletion.objects.get().due_at == now + timedelta(days=2)


def test_a_whole_library_can_be_noted_at_once() -> None:
    now = timezone.now()
    places = [(alias, f"{n}.jpg") for alias in ("default", "originals") for n in range(1200)]
    FileDeletion.objects.note(places, now)
    assert listed() == set(places)
    FileDeletion.objects.strike(places[1:])
    assert listed() == {places[0]}
