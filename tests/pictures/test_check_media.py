"""check_media and make_renditions: what they find, what they put in order."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.people import person
from trends.models import FileDeletion, Image
from trends.models.making import make_article, make_author

from .library import ingest, on_disk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
OLD = time.time() - 2 * 3600
STRAY = f"{'0f' * 16}.jpg"


def run(command: str = "check_media", **options: Any) -> str:
    out = StringIO()
    call_command(command, stdout=out, stderr=out, **options)
    return out.getvalue()


def fails(command: str = "check_media", **options: Any) -> str:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command(command, stdout=out, stderr=out, **options)
    return out.getvalue()


def stray(name: str = STRAY, *, at: float = OLD) -> Path:
    path = Path(storages["default"].path(name))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"nobody's")
    os.utime(path, (at, at))
    return path


def lose(image: Image, preset: str) -> str:
    name: str = image.renditions[preset][0]["name"]
    storages["default"].delete(name)
    return name


def test_an_empty_library_is_in_order() -> None:
    assert "in order" in run()


def test_a_library_with_pictures_is_in_order() -> None:
    ingest(), ingest("maroon").move_focus(x=0.2, y=0.2)
    assert "The library is in order." in run()


def test_cron_hears_nothing_while_all_is_well() -> None:
    ingest().move_focus(x=0.2, y=0.2)
    assert run(repair=True, verbosity=0) == ""
    stray()
    assert run(repair=True, verbosity=0) == f"deleted default: {STRAY}\n"


class TestFilesWithoutRow:
    @pytest.mark.parametrize("name", [STRAY, f"{STRAY}.part"])
    def test_are_found_and_deleted(self, name: str) -> None:
        path = stray(name)
        assert f"default: {name} belongs to no picture" in fails()
        assert path.exists()
        assert "in order" in run(repair=True)
        assert not path.exists()

    def test_may_be_on_their_way_while_they_are_young(self) -> None:
        path = stray(at=time.time())
        assert "in order" in run(repair=True)
        assert path.exists()

    def test_of_another_kind_are_named_and_left_alone(self) -> None:
        path = stray("notes.txt")
        assert "notes.txt is not the library's; left alone" in run(repair=True)
        assert path.exists()

    def test_on_the_list_are_explained(self) -> None:
        FileDeletion.objects.note([("default", STRAY)], timezone.now() + timedelta(days=1))
        stray()
        assert "1 files wait to be deleted later" in run()

    def test_that_are_due_go(self) -> None:
        FileDeletion.objects.note([("default", STRAY)], timezone.now() - timedelta(days=1))
        path = stray()
        assert "1 files are due" in fails()
        assert "in order" in run(repair=True)
        assert not path.exists()


class TestRowsWithoutFile:
    @pytest.mark.parametrize("preset", ["hero", "social"])
    def test_a_lost_rendition_is_found_and_made(self, preset: str) -> None:
        image = ingest()
        lose(image, preset)
        assert f"picture {image.pk} “A plain surface” lacks renditions" in fails()
        assert "in order" in run(repair=True)
        image.refresh_from_db()
        assert set(image.places) <= on_disk()

    def test_a_lost_original_is_told_and_stays_a_fault(self) -> None:
        image = ingest()
        storages["originals"].delete(str(image.file.name))
        assert "has lost its original: upload it again" in fails(repair=True)
        assert set(image.places) - on_disk() == {("originals", image.file.name)}

    def test_renditions_of_an_older_version_are_made_anew(self) -> None:
        image = ingest()
        pixels = image.pixels
        Image.objects.update(renditions={"hero": image.renditions["hero"]}, pixels="")
        assert "lacks renditions" in fails()
        assert "1/1" in run("make_renditions")
        image.refresh_from_db()
        assert image.renditions["social"]
        assert image.pixels == pixels != ""
        assert "in order" in run()


class TestWhatMustNotBePublic:
    def test_rights_that_ended(self) -> None:
        image = ingest(rights_expire_on=timezone.localdate())
        assert "in order" in run()
        with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
            assert "must not be public, and its files are" in fails()
            FileDeletion.objects.all().delete()
            assert "in order" in run(repair=True)
            assert on_disk() == {("originals", image.file.name)}
            assert "0 pictures made" in run("make_renditions")

    def test_a_picture_of_nothing_but_a_removed_piece(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        pam, image = person("pam"), ingest()
        article = make_article("A pump house", lede="News.", hero=image)
        article.publish_now(by=pam, override="a test")
        assert "in order" in run()
        with django_capture_on_commit_callbacks(execute=True):
            article.remove(by=pam, note="a test")
        assert on_disk() == {("originals", image.file.name)}
        assert "in order" in run()
        image.refresh_from_db()
        image.revise({"caption"})
        assert image.renditions == {}

    def test_what_was_withdrawn_comes_back_with_the_next_piece(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        pam, image = person("pam"), ingest()
        first = make_article("A pump house", lede="News.", hero=image)
        with django_capture_on_commit_callbacks(execute=True):
            first.publish_now(by=pam, override="a test")
            first.remove(by=pam, note="a test")
        assert len(on_disk()) == 1
        second = make_article("Another house", lede="More.", hero=image)
        with django_capture_on_commit_callbacks(execute=True):
            second.publish_now(by=pam, override="a test")
        image.refresh_from_db()
        assert on_disk() == set(image.places)
        assert image.renditions["hero"]

    @pytest.mark.parametrize("other", ["piece", "author"])
    def test_but_not_while_something_else_shows_it(
        self, other: str, django_capture_on_commit_callbacks: Any
    ) -> None:
        pam, image = person("pam"), ingest()
        article = make_article("A pump house", lede="News.", hero=image)
        article.publish_now(by=pam, override="a test")
        if other == "author":
            make_author("Nora Vale", portrait=image)
        else:
            make_article("Another house", lede="More.", hero=image)
        with django_capture_on_commit_callbacks(execute=True):
            article.remove(by=pam, note="a test")
        assert "in order" in run(repair=True)
        assert on_disk() >= set(image.places)


class TestMakingRenditions:
    def test_of_what_is_in_order_makes_nothing(self) -> None:
        ingest()
        assert "0 pictures made, 0 failed" in run("make_renditions")

    def test_of_all_makes_every_one(self) -> None:
        images = [ingest("teal"), ingest("maroon")]
        before = {name for image in images for _, name in image.places}
        assert "2/2" in run("make_renditions", all=True)
        after = {name for image in Image.objects.all() for _, name in image.places}
        assert len(before & after) == 2  # the masters

    def test_that_was_stopped_carries_on(self) -> None:
        first, second = ingest("teal"), ingest("maroon")
        said = run("make_renditions", all=True)
        moment = said.split("--made-before ")[1].split()[0]
        Image.objects.filter(pk=second.pk).update(rendered_at=None)  # not reached yet
        said = run("make_renditions", all=True, made_before=timezone.datetime.fromisoformat(moment))
        assert f"1/1 picture {second.pk} made" in said
        assert f"picture {first.pk}" not in said

    def test_names_what_failed_and_goes_on(self) -> None:
        broken, fine = ingest("teal"), ingest("maroon")
        storages["originals"].delete(str(broken.file.name))
        storages["originals"].save(str(broken.file.name), ContentFile(b"no picture"))
        said = fails("make_renditions", all=True)
        assert f"picture {broken.pk} failed: " in said
        assert f"picture {fine.pk} made" in said
        assert "1 pictures made, 1 failed" in said

    def test_wants_a_whole_moment(self) -> None:
        with pytest.raises(CommandError, match="made-before"):
            call_command("make_renditions", "--all", "--made-before", "yesterday")
        with pytest.raises(CommandError, match="add --all"):
            call_command("make_renditions", "--made-before", "2026-01-01T00:00Z")
