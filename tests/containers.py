"""Reads the container files as far as ours use their languages; the rest is refused."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

Instruction = tuple[str, str]  # RUN, and what stands behind it
PAIR = re.compile(r"( *)([\w-]+):(?: (.+))?")
ITEM = re.compile(r"( *)- (.+)")


def containerfile(path: Path) -> list[Instruction]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    assert not [line for line in lines if line.endswith("\\")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def compose(path: Path) -> dict[str, Any]:
    """YAML of pairs, lists of words and JSON lists."""
    whole: dict[str, Any] = {}
    levels: list[tuple[int, Any]] = [(-1, whole)]
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if item := ITEM.fullmatch(line):
            within(levels, len(item[1])).setdefault("items", []).append(item[2])
            continue
        pair = PAIR.fullmatch(line)
        assert pair, f"{path.name} has a line that this test can't read: {line}"
        depth, name, said = len(pair[1]), pair[2], pair[3]
        value: Any = {} if said is None else json.loads(said) if said.startswith("[") else said
        within(levels, depth)[name] = value
        levels.append((depth, value))
    return whole


def within(levels: list[tuple[int, Any]], depth: int) -> Any:
    while levels[-1][0] >= depth:
        levels.pop()
    return levels[-1][1]


def variables(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def command(said: str) -> list[str]:
    """CMD as JSON or as words."""
    return list(json.loads(said)) if said.startswith("[") else shlex.split(said)
