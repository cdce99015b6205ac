"""What a backup says of its rows, asked of the dump itself or of the snapshot that it was made
from."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from trends.models.file_deletion import Place
from trends.models.picture_files import MASTERS, public_places

Ask = Callable[[str], list[tuple[Any, ...]]]  # SQL → rows


@dataclass(frozen=True, slots=True)
class Facts:
    tables: dict[str, int]  # name → number of rows
    migrations: list[list[str]]  # app, name
    files: list[list[str]]  # what rows of pictures name: alias of the storage, name


def gather(ask: Ask, tables: Iterable[str]) -> Facts:
    return Facts(
        tables=counts(ask, tables),
        migrations=[list(r) for r in ask("SELECT app, name FROM django_migrations ORDER BY id")],
        files=[list(place) for place in _places(ask)],
    )


def counts(ask: Ask, tables: Iterable[str]) -> dict[str, int]:
    return {name: ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in sorted(tables)}


def _places(ask: Ask) -> Iterable[Place]:
    for master, renditions in ask("SELECT file, renditions FROM trends_image ORDER BY id"):
        table = json.loads(renditions) if isinstance(renditions, str) else renditions
        yield MASTERS, master
        yield from public_places(table)
