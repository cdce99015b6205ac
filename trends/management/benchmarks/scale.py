"""The same questions to databases of 1,000, 100,000 and a million trends."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .databases import Place, Server
from .table import Bar, Table, short

SIZES = (1_000, 100_000, 1_000_000)
MODULE = "trends.management.benchmarks.asking"
Say = Callable[[str], None]
_FLAT = Bar(1.5, "×")
# Rows of the design's table: the largest size against the smallest.
RATIOS = {
    "list, newest first", "a trend by its slug", "topic", "list, deep page", "topic, deep page",
}  # fmt: skip
# Milliseconds of statements at the largest size.
SEARCH = {"sqlite": Bar(0.1, " ms"), "postgresql": Bar(10, " ms")}
DESK = Bar(1, " ms")


def bar_of(name: str, vendor: str) -> Bar | None:
    """Of the statements; _FLAT is of their ratio."""
    if name.startswith("search query"):
        return SEARCH[vendor]
    if name == "desk: list":
        return DESK
    return _FLAT if name in RATIOS else None


@contextmanager
def places(vendor: str, sizes: Sequence[int], keep: Path | None, server: Server) -> Iterator[Any]:
    """Size → its place. What is not to be kept is gone in the end."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        root = keep.resolve() if keep else Path(folder)
        end = "" if keep else f"_{os.getpid()}"
        found = {size: Place(vendor, f"{size}{end}", root, server) for size in sizes}
        try:
            yield found
        finally:
            if not keep:
                for place in found.values():
                    place.drop()


def filled(place: Place, size: int, smaller: Place | None, say: Say) -> Place:
    """With so many trends: a copy of the smaller one to which the rest is added."""
    if not place.is_there:
        place.make(like=smaller)
    here = int(place.run("-c", _COUNT).strip())
    if here < size:
        say(f"{place.vendor}: adding {size - here:,} trends to {here:,} …")
        said = place.manage("make_archive", str(size - here), "--yes")
        say(said.strip().splitlines()[-1])
    return place


_COUNT = "import django; django.setup(); from trends.demo import archive; print(archive.pieces())"


def asked(place: Place, seconds: float) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(place.run("-m", MODULE, str(seconds)))
    return told


def table(vendor: str, found: dict[int, dict[str, Any]]) -> tuple[Table, int]:
    """Milliseconds of statements · of CPU at each size; and how many bars are missed."""
    sizes, missed = list(found), 0
    first, last = (found[size]["costs"] for size in (sizes[0], sizes[-1]))
    head = [
        "SQL · CPU in ms",
        *(f"{size:,}" for size in sizes),
        "SQL ×",
        "CPU ×",
        "queries",
        "bar",
        "",
    ]
    rows = []
    for name, (sql, cpu, queries) in last.items():
        before = first[name]
        ratio = sql / max(before[0], 0.01)
        bar = bar_of(name, vendor)
        value = ratio if bar is _FLAT else sql
        missed += bool(bar and not bar.is_met(value))
        rows.append([
            name,
            *(f"{short(costs[0])} · {short(costs[1])}" for costs in (
                found[size]["costs"][name] for size in sizes)),
            f"{ratio:.1f}", f"{cpu / max(before[1], 0.01):.1f}", str(queries),
            bar.words if bar else "", bar.verdict(value) if bar else "",
        ])  # fmt: skip
    return Table(head, rows), missed


def measure(
    vendor: str, sizes: Sequence[int], keep: Path | None, server: Server, seconds: float, say: Say
) -> dict[int, dict[str, Any]]:
    """Size → what asking.py told of it."""
    found, smaller = dict[int, dict[str, Any]](), None
    with places(vendor, sizes, keep, server) as known:
        for size, place in known.items():
            filled(place, size, smaller, say)
            found[size], smaller = asked(place, seconds), place
    return found
