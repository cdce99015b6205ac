"""PostgreSQL is dumped and loaded by its own programs, which must be on the PATH."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from psycopg.conninfo import make_conninfo

from .facts import Ask, Facts, counts, gather

DUMP = "database.pgdump"
OF_DJANGO = {"pool", "isolation_level", "server_side_binding", "assume_role"}
# Functions of ours that a load makes anew; with a table go its triggers, and what refers to it.
FUNCTIONS = """SELECT format('DROP FUNCTION %s CASCADE;', p.oid::regprocedure) FROM pg_proc p
    WHERE pronamespace = current_schema()::regnamespace AND starts_with(proname, 'trends_')"""


def dump(connection: Any, path: Path) -> Facts:
    """One moment of the database: what the manifest says is read in the snapshot that is dumped."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SET LOCAL statement_timeout = 0")
        ((snapshot,),) = _asking(cursor)("SELECT pg_export_snapshot()")
        where = f"--dbname={_conninfo(connection)}"
        what = [f"--snapshot={snapshot}", "--format=custom", "--no-owner", "--no-privileges"]
        _run(connection, "pg_dump", where, *what, f"--file={path}")
        return gather(_asking(cursor), _tables(connection, cursor))


def load(connection: Any, path: Path) -> dict[str, int]:
    """Everything that was there is replaced, in one transaction: a killed load has changed
    nothing. The numbers of rows by table."""
    with connection.cursor() as cursor:
        drop = [f'DROP TABLE "{name}" CASCADE;' for name in _tables(connection, cursor)]
        drop += [statement for (statement,) in _asking(cursor)(FUNCTIONS)]
    connection.close()
    before, script = path.with_suffix(".drop.sql"), path.with_suffix(".sql")
    before.write_text("\n".join(drop))
    # A script first, since psql would commit what a pg_restore that fails midway has piped to it.
    what = ["--no-owner", "--no-privileges", f"--file={script}", str(path)]
    _run(connection, "pg_restore", *what)
    how = ["--quiet", "--no-psqlrc", "--output=/dev/null", "--set=ON_ERROR_STOP=1"]
    scripts = ["--single-transaction", f"--file={before}", f"--file={script}"]
    _run(connection, "psql", f"--dbname={_conninfo(connection)}", *how, *scripts)
    with connection.cursor() as cursor:
        return counts(_asking(cursor), _tables(connection, cursor))


def _asking(cursor: Any) -> Ask:
    def ask(sql: str) -> list[tuple[Any, ...]]:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    return ask


def _tables(connection: Any, cursor: Any) -> list[str]:
    found = connection.introspection.get_table_list(cursor)
    return [table.name for table in found if table.type == "t"]


def _conninfo(connection: Any) -> str:
    """Without the password, which others on this machine could read among the processes."""
    known = connection.settings_dict
    parts = {"dbname": known["NAME"], "user": known["USER"], "host": known["HOST"]}
    parts |= {"port": known["PORT"]}
    parts |= {name: value for name, value in known["OPTIONS"].items() if name not in OF_DJANGO}
    return make_conninfo(**{name: value for name, value in parts.items() if value != ""})


def _run(connection: Any, program: str, *arguments: str) -> None:
    """Raises CommandError with what the program said."""
    if not shutil.which(program):
        raise CommandError(
            f"{program} is not on the PATH: install the client programs of PostgreSQL, of the "
            "server's version or newer (Debian and Ubuntu: apt install postgresql-client)."
        )
    password = connection.settings_dict["PASSWORD"]
    env = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(
        [program, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise CommandError(f"{program} failed: {done.stderr.strip()}")
