"""What stands in the database beside Django's tables: other tables, functions and triggers that no
bulk update can get round. Django drops SQLite's triggers when it makes a table anew, so `migrate`
looks after them each time (receivers.py), and a check names what is missing (checks.py).
"""

from typing import Any, Protocol

from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder


class Spelling(Protocol):
    """What one kind of database is told. OBJECTS: names of all that is made; PRESENT asks for the
    names that are there; DROP takes away what may be there, CREATE makes all of it."""

    OBJECTS: frozenset[str]
    PRESENT: str
    DROP: tuple[str, ...]
    CREATE: tuple[str, ...]


def missing(connection: Any, spelling: Spelling) -> frozenset[str]:
    return spelling.OBJECTS - set(column(connection, spelling.PRESENT))


def make_anew(connection: Any, spelling: Spelling) -> None:
    """In the transaction of the caller, or in one of its own."""
    with transaction.atomic(using=connection.alias):
        for statement in (*spelling.DROP, *spelling.CREATE):
            run(connection, statement)


def is_migrated(connection: Any, migration: str) -> bool:
    """Whether the migration is applied after which these things are looked for."""
    return ("trends", migration) in MigrationRecorder(connection).applied_migrations()


def run(connection: Any, statement: str, params: Any = None) -> None:
    """Without params a % means itself, with () as well as with some it is written as two."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def column(connection: Any, statement: str, params: Any = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [value for (value,) in cursor.fetchall()]
