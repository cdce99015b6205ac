"""The addresses of the desk as the URLconf knows them, and the cells of the permission table."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.urls import get_resolver, resolve

from tests.admin import cells
from tests.admin.cells import Cell

DOOR = "admin/"
METHODS = ("get", "post")


class Anything(dict[str, Any]):
    """Fills every placeholder of an address."""

    def __missing__(self, name: str) -> int:
        return 1


def all_cells() -> list[Cell]:
    """The rows of all modules of tests/admin/cells."""
    names = [module.name for module in iter_modules(cells.__path__)]
    modules = [import_module(f"{cells.__name__}.{name}") for name in names]
    return [cell for module in modules for cell in module.CELLS]


def routes() -> Iterator[str]:
    """Every pattern under /admin/, Django's own too."""
    return (route for route in _routes(get_resolver().url_patterns, "") if route.startswith(DOOR))


def _routes(patterns: Iterable[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")  # as resolve() joins them
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def route_of(address: str) -> str:
    """The pattern that answers an address of the table."""
    return resolve(address.format_map(Anything()).partition("?")[0]).route


def uncovered(known: Iterable[str], table: Iterable[Cell]) -> list[str]:
    """A sentence for each pattern and method without a cell."""
    there = {(method, route_of(address)) for method, address, _ in table}
    missing = [(m, r) for r in dict.fromkeys(known) for m in METHODS if (m, r) not in there]
    return [f"{m.upper()} {r}: add a row to tests/admin/cells/" for m, r in missing]
