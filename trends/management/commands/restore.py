"""`manage.py restore FILE`: a backup into an empty place, or over what is there."""

import shutil
import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection

from trends.management import backups
from trends.management.backups import pictures
from trends.management.backups.archive import Archive, Broken, opened
from trends.models import invalidation, search_index
from trends.models.migrated import missing, unknown


class Command(BaseCommand):
    help = (
        "Put a backup back: first all of it is checked, then files are written, then rows in one "
        "transaction. Into an empty place, or with --replace over what is there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="delete all rows that are there now"
        )

    def handle(self, *, path: Path, replace: bool, **options: Any) -> None:
        try:
            with opened(path) as archive:
                refuse_foreign(archive)
                if not replace:
                    refuse_full()
                rows, files = restore(archive)
        except OSError as error:
            raise CommandError(f"{error.filename or path}: {error.strerror}.") from error
        except Broken as error:
            raise CommandError(f"{path} is damaged: {error}.") from error
        except (Error, sqlite3.Error) as error:
            raise CommandError(f"The database refuses: {error}") from error
        self.stdout.write(f"Restored and compared: {rows} rows, {files} files.")
        if missing() or search_index.missing(connection):
            self.stdout.write("The backup is older than this version: run manage.py migrate.")
        elif not invalidation.missing(connection):
            # Changes are noted by numbers of the server that the backup comes from: those that are
            # still to come here would look like a change with each request.
            invalidation.prune(connection)


def refuse_foreign(archive: Archive) -> None:
    made_on = archive.manifest["database"]
    if made_on != connection.vendor:
        raise CommandError(f"The backup is of {made_on}, and DATABASE_URL names another database.")
    newer = unknown({(app, name) for app, name in archive.manifest["migrations"]})
    if newer:
        first = ".".join(min(newer))
        raise CommandError(f"The backup is of a newer version ({first}): install that one first.")


def refuse_full() -> None:
    """A database with any table, or storages with any file: it might be the wrong place."""
    full = [
        f"the storage “{alias}” has files" for alias in pictures.ALIASES if pictures.names(alias)
    ]
    if connection.introspection.table_names():
        full.insert(0, "the database has tables")
    if full:
        remedy = "--replace puts the backup in the place of all rows that are there"
        raise CommandError(f"This place is not empty ({', '.join(full)}): {remedy}.")


def restore(archive: Archive) -> tuple[int, int]:
    """Files before the rows that name them: how many rows and files. Raises Broken where a number
    of rows differs."""
    database, files = backups.of(connection), 0
    with TemporaryDirectory(prefix="newsroom-restore-") as folder:
        dump = Path(folder, database.DUMP)
        for name, content in archive.members():
            if name == database.DUMP:
                with dump.open("wb") as copy:
                    shutil.copyfileobj(content, copy)
            elif pictures.unpack(name, content, archive.digests.get(name, "")):
                files += 1
        found = database.load(connection, dump)
    if found != archive.manifest["tables"]:
        tables = sorted(dict(found.items() ^ archive.manifest["tables"].items()))
        raise Broken(f"other numbers of rows in {', '.join(tables)}")
    return sum(found.values()), files
