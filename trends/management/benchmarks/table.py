"""Tables of figures: for people at a terminal, or as Markdown for docs/performance.md."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django


@dataclass(frozen=True, slots=True)
class Table:
    """The first column is of words, the others are of figures."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def plain(self) -> str:
        lines = [self.head, *self.rows]
        widths = [max(len(line[n]) for line in lines) for n in range(len(self.head))]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if number else cell.ljust(width)
                for number, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        )

    def markdown(self) -> str:
        lines = [self.head, ["---"] * len(self.head), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure should be: at most or at least so much."""

    limit: float
    unit: str = ""
    is_least: bool = False

    def is_met(self, value: float) -> bool:
        return value >= self.limit if self.is_least else value <= self.limit

    @property
    def words(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.limit:g}{self.unit}"

    def verdict(self, value: float | None) -> str:
        """A tick, or how far off it is."""
        if value is None:
            return "not measured"
        if self.is_met(value):
            return "✓"
        short = self.limit / max(value, 1e-9) if self.is_least else value / self.limit
        return f"✗ {short:.1f} times off" if short < 100 else f"✗ {short:.0f} times off"


def machine() -> str:
    """Date, machine and versions: figures mean nothing without."""
    load = os.getloadavg()[0]
    cores = os.cpu_count() or 1
    busy = f", load {load:.1f} at the start: BUSY, only ratios count" if load > cores / 2 else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cores} × {_processor()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}{busy}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def short(value: float) -> str:
    """Two or three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
