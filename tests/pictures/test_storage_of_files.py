"""SafeFileStorage: whole under its name, or not there."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from newsroom.storage import SafeFileStorage


@pytest.fixture
def storage(tmp_path: Path) -> SafeFileStorage:
    return SafeFileStorage(location=tmp_path / "media")


def test_a_file_is_kept_and_found(storage: SafeFileStorage) -> None:
    name = storage.save("a.jpg", ContentFile(b"whole"))
    assert name == "a.jpg"
    assert Path(storage.path(name)).read_bytes() == b"whole"
    assert oct(os.stat(storage.path(name)).st_mode)[-3:] == "644"
    assert storage.listdir("")[1] == ["a.jpg"]


def test_the_name_appears_after_the_bytes_are_synced(
    storage: SafeFileStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[Any] = []
    sync, rename = os.fsync, Path.rename

    def synced(handle: int) -> None:
        steps.append(("sync", os.path.exists(storage.path("a.jpg"))))
        sync(handle)

    def renamed(self: Path, target: Any) -> Any:
        steps.append(("rename", self.name))
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "rename", renamed)
    storage.save("a.jpg", ContentFile(b"whole"))
    # The last one is the folder, so that the name is on the disk, too.
    assert steps == [("sync", False), ("rename", "a.jpg.part"), ("sync", True)]


def test_a_taken_name_is_not_written_over(storage: SafeFileStorage) -> None:
    storage.save("a.jpg", ContentFile(b"first"))
    other = storage.save("a.jpg", ContentFile(b"second"))
    assert other != "a.jpg"
    assert Path(storage.path("a.jpg")).read_bytes() == b"first"


def test_what_fails_half_way_leaves_nothing(storage: SafeFileStorage) -> None:
    class Failing(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"half"
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        storage.save("a.jpg", Failing(b""))
    assert storage.listdir("") == ([], [])


def test_deleting_takes_a_part_with_it(storage: SafeFileStorage) -> None:
    Path(storage.path("")).mkdir()
    Path(storage.path("a.jpg.part")).write_bytes(b"ha")
    storage.delete("a.jpg")
    assert storage.listdir("")[1] == []
