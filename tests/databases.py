"""A database of one's own on the PostgreSQL server of the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.db import connection


@contextmanager
def empty_database(purpose: str, how: str = "") -> Iterator[str]:
    """Its address, until the end of the block. `how`: what CREATE DATABASE shall know besides."""
    known, name = connection.settings_dict, f"test_newsroom_{purpose}_{os.getpid()}"
    server = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}@{known['HOST']}:{known['PORT']}"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    with psycopg.connect(f"postgres://{server}/postgres", autocommit=True) as opened:
        opened.execute(drop)
        opened.execute(f'CREATE DATABASE "{name}" {how}'.encode())
        yield f"postgres://{server}/{name}"
        opened.execute(drop)
