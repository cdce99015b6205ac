"""The files of a picture: named at random, written before the row, gone after it."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from ..renditions import Made, Notes, data_uri
from .file_deletion import UNFINISHED, FileDeletion, Place

# Aliases of storages. No web address leads to the masters.
MASTERS, PUBLIC = "originals", "default"
# Raise it when renditions change: `manage.py make_renditions` then makes the older ones anew.
PRESETS = 1
Table = dict[str, Any]  # Image.renditions
File = tuple[str, str, bytes]  # alias of the storage, name, content


class Stale(Exception):
    """Somebody saved or deleted the picture after it was loaded; the message says so."""


def random_name(suffix: str) -> str:
    """128 random bits: nobody guesses the address of a picture that is not public yet."""
    return f"{secrets.token_hex(16)}.{suffix}"


def originals() -> Storage:
    return storages[MASTERS]


def made_for(focal: tuple[float, float], notes: Notes) -> str:
    """Tells renditions that are up to date from others: presets, focal point, notes."""
    said = repr((PRESETS, focal, astuple(notes)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def laid_out(made: Made, stamp: str) -> tuple[Table, list[File]]:
    """The table of renditions, and the files that it names."""
    table: Table = {"stamp": stamp}
    files: list[File] = []
    for one in made.renditions:
        if one.preset == "placeholder":
            table["placeholder"] = data_uri(one)
            continue
        name = random_name(one.format)
        entry = {"width": one.width, "height": one.height, "format": one.format, "name": name}
        table.setdefault(one.preset, []).append(entry)
        files.append((PUBLIC, name, one.data))
    return table, files


def public_places(table: Table) -> list[Place]:
    """The files that a table of renditions names."""
    presets = [entries for entries in table.values() if isinstance(entries, list)]
    return [(PUBLIC, entry["name"]) for entries in presets for entry in entries]


@contextmanager
def stored(files: Sequence[File]) -> Iterator[None]:
    """Write files, then do what is inside, the row, in one transaction.

    The names are noted first. Where the process is killed, they are swept later; where anything
    fails, the files go at once.
    """
    places = [(alias, name) for alias, name, _ in files]
    FileDeletion.objects.note(places, timezone.now() + UNFINISHED)
    try:
        for alias, name, data in files:
            storages[alias].save(name, ContentFile(data))
        with transaction.atomic():
            FileDeletion.objects.strike(places)
            yield
    except BaseException:
        for alias, name in places:
            with suppress(Exception):  # of any kind of storage; it stays on the list
                storages[alias].delete(name)
        raise


def let_go(
    places: Sequence[Place], after: timedelta = timedelta(), *, picture: int | None = None
) -> None:
    """Delete files that no row needs any more, when what is being done is committed."""
    FileDeletion.objects.note(places, timezone.now() + after, picture=picture)
    transaction.on_commit(sweep)


def sweep() -> None:
    FileDeletion.objects.sweep(timezone.now())
