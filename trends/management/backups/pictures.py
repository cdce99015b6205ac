"""The files of the library, through the interface of storages: folders and buckets alike."""

from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import storages

from trends.models.picture_files import MASTERS, PUBLIC

from .archive import Broken, Packing, digest_of

ALIASES = (MASTERS, PUBLIC)
FOLDER = "files"


def member_of(alias: str, name: str) -> str:
    return f"{FOLDER}/{alias}/{name}"


def names(alias: str) -> set[str]:
    """All files that are whole; `.part` is one that is being written."""
    try:
        found = storages[alias].listdir("")[1]
    except FileNotFoundError:  # nothing has been stored yet
        return set()
    return {name for name in found if not name.endswith(".part")}


def pack(packing: Packing) -> None:
    """What is not packed yet. A file that goes meanwhile is left out: its row went before."""
    for alias in ALIASES:
        for name in sorted(names(alias)):
            if member_of(alias, name) not in packing.digests:
                _pack_one(packing, alias, name)


def _pack_one(packing: Packing, alias: str, name: str) -> None:
    try:
        file: Any = storages[alias].open(name)
        size = file.size
    except FileNotFoundError:
        return
    with file:
        packing.add(member_of(alias, name), file, size)


def unpack(member: str, content: IO[bytes], known: str) -> bool:
    """Write a file of the library, if the member is one. One that is there already as it was is
    left alone, since names never change what they stand for. Raises Broken."""
    folder, _, rest = member.partition("/")
    alias, _, name = rest.partition("/")
    if folder != FOLDER:
        return False
    if alias not in ALIASES or "/" in name:
        raise Broken(f"{member} is no file of the library")
    if not _is_as_it_was(alias, name, known):
        storages[alias].delete(name)
        _write(alias, name, content)
        if not _is_as_it_was(alias, name, known):
            raise Broken(f"{member} was written and reads otherwise: is the disk sound?")
    return True


def _write(alias: str, name: str, file: IO[bytes]) -> None:
    saved = storages[alias].save(name, File(file, name))
    if saved != name:
        storages[alias].delete(saved)
        raise Broken(f"{name} can't have its name in the storage “{alias}”: is another one there?")


def _is_as_it_was(alias: str, name: str, known: str) -> bool:
    if not storages[alias].exists(name):
        return False
    file: Any
    with storages[alias].open(name) as file:
        return digest_of(file) == known
