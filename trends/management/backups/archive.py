"""The file of a backup: a tar whose last member is the manifest, then one line with the SHA-256 of
all that stands before it. So no byte can change unnoticed, and `tar -x` still reads it.

The manifest names the SHA-256 of each member, which tells what of a damaged backup is whole.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
MARK = b"newsroom-backup-sha256 "
LAST_LINE = len(MARK) + 64 + 1
CHUNK = 1024 * 1024


class Broken(Exception):
    """The backup is not what was written; the message says what of it."""


class Hashing:
    """A binary file that is read or written once, and the digest of what went through."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha256 = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return self.file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.sha256.update(data)
        return data


class Packing:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar, self.digests = tar, dict[str, str]()

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        hashing = Hashing(file)
        self.tar.addfile(member, hashing)
        self.tar.members.clear()  # type: ignore[attr-defined]  # it would keep all of them
        self.digests[name] = hashing.sha256.hexdigest()


@contextmanager
def written(path: Path, manifest: dict[str, Any]) -> Iterator[Packing]:
    """Pack inside and fill `manifest`, which is written at the end, with the digests. The file
    stands under its name when it is whole and on the disk; where anything fails there is none."""
    part = path.with_name(f"{path.name}.part")
    try:
        # Hashes of passwords are in it: for its owner only.
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            hashing = Hashing(file)
            with tarfile.open(fileobj=hashing, mode="w|") as tar:  # type: ignore[call-overload]
                packing = Packing(tar)
                yield packing
                data = json.dumps(manifest | {"sha256": packing.digests}, indent=1).encode()
                member = tarfile.TarInfo(MANIFEST)
                member.size, member.mode = len(data), 0o600
                tar.addfile(member, io.BytesIO(data))
            file.write(MARK + hashing.sha256.hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


class Archive:
    def __init__(self, path: Path) -> None:
        self.path = path
        found = (json.loads(file.read()) for name, file in self.members() if name == MANIFEST)
        self.manifest: dict[str, Any] = next(found, {})
        if not self.manifest:
            raise Broken(f"{MANIFEST} is not there")
        self.digests: dict[str, str] = self.manifest["sha256"]

    def members(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Names and contents in their order, one pass over the file."""
        with self.path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            while member := tar.next():
                tar.members.clear()  # type: ignore[attr-defined]  # it would keep all of them
                content = tar.extractfile(member)
                if content is None:
                    raise Broken(f"{member.name} is no file")
                yield member.name, content

    def damaged(self) -> list[str]:
        """Names of members that are missing or not as they were."""
        left = dict(self.digests)
        with suppress(tarfile.TarError, OSError):  # what comes behind is lost as well
            for name, content in self.members():
                if left.get(name) == digest_of(content):
                    del left[name]
        return sorted(left)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup of which every byte was looked at. Raises Broken."""
    try:
        is_whole = _is_whole(path)
        archive = Archive(path)
        if not is_whole:
            raise Broken(", ".join(archive.damaged()) or "what stands between its members")
        yield archive
    except (tarfile.TarError, ValueError, KeyError, EOFError) as error:
        raise Broken(f"it can't be read as a backup ({error})") from error


def _is_whole(path: Path) -> bool:
    size = path.stat().st_size - LAST_LINE
    with path.open("rb") as file:
        sha256, left = hashlib.sha256(), size
        while left > 0 and (data := file.read(min(CHUNK, left))):
            sha256.update(data)
            left -= len(data)
        return file.read() == MARK + sha256.hexdigest().encode() + b"\n"


def digest_of(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
