"""Files and rows of the picture library held against each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import Storage, storages

from .file_deletion import UNFINISHED, FileDeletion, Place
from .image import Image
from .picture_files import MASTERS, PUBLIC

# As random_name() gives them; `.part` is one that was being written.
OURS = re.compile(r"[0-9a-f]{32}\.(?:avif|jpg)(?:\.part)?")


@dataclass(slots=True)
class Audit:
    """What is wrong. Names of files stand with the alias of their storage."""

    unknown: list[Place] = field(default_factory=list)  # ours by name, without a row
    foreign: list[Place] = field(default_factory=list)  # nothing that the library wrote
    without_master: list[Image] = field(default_factory=list)
    lacking: list[Image] = field(default_factory=list)  # renditions missing or out of date
    too_public: list[Image] = field(default_factory=list)  # files that must not be public any more
    waiting: int = 0  # files on the list of deletions, not due yet
    due: int = 0

    @property
    def is_clean(self) -> bool:
        faults = (self.unknown, self.without_master, self.lacking, self.too_public, self.due)
        return not any(faults)


def audit(now: datetime) -> Audit:
    """Compare. Files are listed before rows are read and doubts are looked at again, so that what
    is uploaded or deleted meanwhile is no fault."""
    listed = {alias: _names(storages[alias]) for alias in (MASTERS, PUBLIC)}
    found = Audit()
    known = set(FileDeletion.objects.values_list("storage", "name"))
    found.due = FileDeletion.objects.due(now).count()
    found.waiting = len(known) - found.due
    withheld = set(Image.objects.withheld(now).values_list("pk", flat=True))
    for image in Image.objects.order_by("pk").iterator(chunk_size=500):
        known |= set(image.places)
        missing = {place for place in image.places if _is_missing(place, listed)}
        if (MASTERS, str(image.file.name)) in missing:
            found.without_master.append(image)
        elif image.pk in withheld:
            if image.renditions:
                found.too_public.append(image)
        elif missing or image.lacks_files:
            found.lacking.append(image)
    for place in _strangers(listed, known):
        if not OURS.fullmatch(place[1]):
            found.foreign.append(place)
        elif _is_old(place, now):
            found.unknown.append(place)
    return found


def _names(storage: Storage) -> set[str]:
    try:
        return set(storage.listdir("")[1])
    except FileNotFoundError:  # nothing has been stored yet
        return set()


def _is_missing(place: Place, listed: dict[str, set[str]]) -> bool:
    alias, name = place
    return name not in listed[alias] and not storages[alias].exists(name)


def _strangers(listed: dict[str, set[str]], known: set[Place]) -> Iterator[Place]:
    for alias, names in listed.items():
        for name in sorted(names):
            if (alias, name.removesuffix(".part")) not in known:
                yield alias, name


def _is_old(place: Place, now: datetime) -> bool:
    """A younger one may be on its way to its row; one that is gone is no fault."""
    alias, name = place
    try:
        return storages[alias].get_modified_time(name) < now - UNFINISHED
    except FileNotFoundError:
        return False
