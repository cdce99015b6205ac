"""Where the static files go."""

from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Compresses each file once. Pages name files by their digest, so a file that has such a name
    never changes, and the same file under its plain name is not asked for."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        named_by_digest = set(self.hashed_files.values())
        new = [path for path in paths if path in named_by_digest and not self.exists(f"{path}.gz")]
        yield from super().compress_files(new)
