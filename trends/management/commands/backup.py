"""`manage.py backup PATH`: rows and files of the site in one file, while it runs."""

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils import timezone

from trends.management import backups
from trends.management.backups import pictures
from trends.management.backups.archive import Broken, Packing, opened, written
from trends.management.backups.facts import Facts

FORMAT = 1


class Command(BaseCommand):
    help = (
        "Write database and pictures into one file, consistent while the site runs, and look at "
        "every byte of it again. Not in it: the secret key and the variables of the site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a new file, or a folder for one with a date")
        parser.add_argument(
            "--verify", action="store_true", help="write nothing; is that backup whole?"
        )

    def handle(self, *, path: Path, verify: bool, **options: Any) -> None:
        if not verify:
            path = named(path)
            write(path)
        try:
            with opened(path) as archive:
                self.say(path, archive.manifest)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except Broken as error:
            raise CommandError(f"{path} is damaged: {error}.") from error

    def say(self, path: Path, manifest: dict[str, Any]) -> None:
        rows, files = sum(manifest["tables"].values()), len(manifest["sha256"]) - 1
        tables = len(manifest["tables"])
        self.stdout.write(f"{path} is whole: {rows} rows of {tables} tables, {files} files.")
        if manifest["missing"]:
            self.stdout.write(f"The site lacks files of pictures: {', '.join(manifest['missing'])}")


def named(path: Path) -> Path:
    if path.is_dir():
        path = path / f"newsroom-{timezone.now():%Y%m%d-%H%M%S}.tar"
    if path.exists():
        raise CommandError(f"{path} is there already: name another file, or a folder.")
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent}: make it first.")
    return path


def write(path: Path) -> None:
    """Files, rows, files: whatever rows name was written before them, so it is packed in the
    second round where not in the first; what was deleted in between is in the first."""
    manifest: dict[str, Any] = {"format": FORMAT, "made_at": timezone.now().isoformat()}
    try:
        with (
            TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder,
            written(path, manifest) as packing,
        ):
            pictures.pack(packing)
            facts = pack_rows(packing, Path(folder))
            pictures.pack(packing)
            named = {pictures.member_of(alias, name) for alias, name in facts.files}
            manifest |= {"database": connection.vendor, "tables": facts.tables}
            manifest |= {"migrations": facts.migrations}
            manifest |= {"missing": sorted(named - set(packing.digests))}
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error.strerror}.") from error
    except (Error, sqlite3.Error) as error:
        raise CommandError(f"The database can't be dumped: {error}") from error


def pack_rows(packing: Packing, folder: Path) -> Facts:
    database = backups.of(connection)
    dump = folder / database.DUMP
    facts: Facts = database.dump(connection, dump)
    with dump.open("rb") as file:
        packing.add(database.DUMP, file, dump.stat().st_size)
    return facts
