"""Backups: rows and files of a site in one file, and back.

archive.py is the file, facts.py what it says of the rows, pictures.py the files of the library;
sqlite.py and postgres.py dump and load the rows, each with what its database brings.
"""

from types import ModuleType
from typing import Any

from . import postgres, sqlite


def of(connection: Any) -> ModuleType:
    """Two spellings of the same: DUMP (a name), dump(), load()."""
    return postgres if connection.vendor == "postgresql" else sqlite
