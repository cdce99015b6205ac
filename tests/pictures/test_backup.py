"""A backup holds all rows and files, and says so truly."""

import io
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tests.workflow.conftest import READY
from trends.management import backups
from trends.management.backups import archive, pictures, postgres
from trends.management.commands import restore
from trends.models import search_index
from trends.models.making import make_article

from .library import ingest, on_disk


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Any]:
    """Another database, without a table."""
    other = connection.copy()
    is_postgres = connection.vendor == "postgresql"
    name = f"{connection.settings_dict['NAME']}_restored" if is_postgres else str(tmp_path / "db")
    other.settings_dict["NAME"] = name
    drop = f'DROP DATABASE IF EXISTS "{name}"'
    for statement in (drop, f'CREATE DATABASE "{name}"') if is_postgres else ():
        run(statement)
    yield other
    other.close()
    if is_postgres:
        run(drop)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rows(database: Any) -> dict[str, list[str]]:
    """All of all tables."""
    found = {}
    with database.cursor() as cursor:
        for name in database.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def files() -> dict[tuple[str, str], bytes]:
    found = {}
    for alias, name in on_disk():
        with storages[alias].open(name) as file:
            found[alias, name] = file.read()
    return found


def said(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_restored_into_an_empty_place_it_is_the_same_site(
    folders: Path, settings: Settings, pam: User, elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with a picture that comes while the backup is made, and a file that goes."""
    make_article("A second pump house", by=pam, publish=True, **READY, hero=ingest())
    database = backups.of(connection)
    dump = database.dump
    pictured = {}

    def at_work(*arguments: Any) -> Any:
        goes = min(on_disk())
        ingest("navy")
        pictured.update(files())
        facts = dump(*arguments)
        storages[goes[0]].delete(goes[1])
        return facts

    monkeypatch.setattr(database, "dump", at_work)
    if is_postgres := connection.vendor == "postgresql":  # from a server with larger numbers
        run("INSERT INTO trends_invalidation (xid, key) VALUES ('99999999999', 'site')")
    assert f"{folders}/newsroom-" in said("backup", folders)
    (path,) = folders.glob("newsroom-*.tar")
    assert "lacks" not in said("backup", path, verify=True)
    if is_postgres:
        run("DELETE FROM trends_invalidation WHERE xid = '99999999999'")
    assert len(files()) == len(pictured) - 1
    before = rows(connection)
    assert len(before["trends_image"]) == 2
    assert before["trends_search"]

    place = folders / "elsewhere"
    backend = "newsroom.storage.SafeFileStorage"
    for alias in pictures.ALIASES:
        options = {"BACKEND": backend, "OPTIONS": {"location": place / alias}}
        settings.STORAGES = settings.STORAGES | {alias: options}
    monkeypatch.setattr(restore, "connection", elsewhere)
    assert files() == {}
    said("restore", path)
    assert (rows(elsewhere), files()) == (before, pictured)
    assert search_index.missing(elsewhere) == frozenset()
    assert search_index.differences(elsewhere, timezone.now()) == ([], [])

    # Over what is there, and what is there is wrong.
    (broken, _), *_ = [(place / alias / name, alias) for alias, name in pictured]
    broken.write_bytes(b"x")
    with elsewhere.cursor() as cursor:
        cursor.execute("DELETE FROM trends_correction")
        cursor.execute("UPDATE trends_article SET title = 'Nothing'")
    with pytest.raises(CommandError, match=r"not empty .*--replace"):
        said("restore", path)
    said("restore", path, replace=True)
    assert (rows(elsewhere), files()) == (before, pictured)
    assert search_index.differences(elsewhere, timezone.now()) == ([], [])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.tar"
    manifest: dict[str, Any] = {"database": "none", "migrations": [], "missing": []}
    with archive.written(path, manifest) as packing:
        for name in ("database.sqlite3", "files/default/a.jpg"):
            packing.add(name, io.BytesIO(name.encode() * 40), len(name) * 40)
        manifest["tables"] = {"trends_article": 7}
    return path


def test_any_changed_byte_is_found(small: Path) -> None:
    assert "7 rows of 1 tables, 1 files" in said("backup", small, verify=True)
    whole = small.read_bytes()
    places = {*range(0, len(whole), 53), *range(len(whole) - 70, len(whole))}
    for place in sorted(places):
        changed = bytearray(whole)
        changed[place] ^= 1
        small.write_bytes(changed)
        with pytest.raises(CommandError, match="is damaged"):
            said("backup", small, verify=True)
    for rest in (b"", whole[:-1], whole[:600], whole + b"\n"):
        small.write_bytes(rest)
        with pytest.raises(CommandError, match="is damaged"):
            said("backup", small, verify=True)


def test_what_is_damaged_is_named_and_nothing_of_it_restored(
    small: Path, db: None, folders: Path
) -> None:
    whole = small.read_bytes()
    small.write_bytes(whole.replace(b"a.jpgfiles", b"a.jpgfilex"))
    with pytest.raises(CommandError, match=r"damaged: files/default/a\.jpg\."):
        said("restore", small, replace=True)
    assert on_disk() == set()
    small.write_bytes(whole)
    with pytest.raises(CommandError, match="names another database"):
        said("restore", small, replace=True)


def test_a_full_disk_leaves_nothing_half_written(
    db: None, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.of(connection), "dump", full)
    with pytest.raises(CommandError, match="No space left"):
        said("backup", folders / "x.tar")
    assert list(folders.iterdir()) == []


def test_a_missing_program_of_postgresql_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="pg_dump is not on the PATH: install"):
        postgres._run(connection, "pg_dump")


def test_a_backup_of_a_newer_version_is_refused(small: Path, db: None) -> None:
    with archive.opened(small) as packed:
        packed.manifest["database"] = connection.vendor
        packed.manifest["migrations"] = [["trends", "9999_later"], ["gone_app", "0001_initial"]]
        with pytest.raises(CommandError, match=r"newer version \(trends\.9999_later\)"):
            restore.refuse_foreign(packed)
        packed.manifest["migrations"] = [["trends", "0001_start"]]
        restore.refuse_foreign(packed)
