"""Which migrations this code brings, against those that a database has."""

from collections.abc import Set
from functools import lru_cache

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Key = tuple[str, str]  # app, name


@lru_cache(maxsize=1)
def known() -> dict[Key, frozenset[Key]]:
    """All of the installed apps, with those that they replace. Read from the disk once: the code
    of a process does not change."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return {key: frozenset(migration.replaces) for key, migration in migrations.items()}


def missing() -> set[Key]:
    """What `manage.py migrate` would still do. One query; a database error where not even the
    table of migrations is there."""
    applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    return {
        key
        for key, replaced in known().items()
        if key not in applied and not (replaced and replaced <= applied)
    }


def unknown(applied: Set[Key]) -> set[Key]:
    """Of these, what only a newer version of this code brings. An app that is not installed now
    (an extra) counts as known."""
    apps = {app for app, _ in known()}
    replaced = frozenset[Key]().union(*known().values())
    return {key for key in applied if key[0] in apps} - set(known()) - replaced
