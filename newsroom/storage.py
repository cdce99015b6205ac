"""Where files go: static ones, and those that people upload."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Compresses each file once: it is named by its digest, so it never changes."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        new = [path for path in paths if not self.exists(f"{path}.gz")]
        yield from super().compress_files(new)


class SafeFileStorage(FileSystemStorage):
    """A file under its name is whole and on the disk: it is written aside, synced, renamed.

    Django's own writes under the final name, so a full disk or a killed process leaves a part of
    a file there. Here a part is called <name>.part and goes with the name.
    """

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if self.file_permissions_mode is not None:
                part.chmod(self.file_permissions_mode)
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return name

    def delete(self, name: str) -> None:
        super().delete(name)
        Path(self.path(f"{name}.part")).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """So that the new name outlives a power cut; some file systems can't, and need not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
