"""`make test`: every check, one summary. Names of steps as arguments run only those."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environment import VERSION, Refused, ensure_venv, install, say, venv_folder
from others import other_venv
from steps import pytest_step, quick_steps
from summary import FAILED, SKIPPED, Outcome, report, run

POSTGRES = "postgres://postgres@127.0.0.1:5432/newsroom"
# The tests make a database of their own there, hence the one that every server has.
CONNECT = "import psycopg, sys; psycopg.connect(sys.argv[1], dbname='postgres', connect_timeout=5)"
NAMES = (
    *("ruff", "format", "templates", "imports", "migrations", "deploy", "types"),
    *("sqlite", "postgres", "other-python"),
)
BY_HAND = [name for name in NAMES if name != "other-python"]
# Both databases and both Djangos in two runs instead of four: docs/decisions/0019.
IN_CI = [name for name in NAMES if name != "postgres"]
CI = os.environ.get("CI", "").lower() == "true"


def main(asked: list[str]) -> int:
    if unknown := set(asked) - {*NAMES}:
        raise Refused(f"There is no step {', '.join(unknown)}: the steps are {', '.join(NAMES)}.")
    names = asked or (IN_CI if CI else BY_HAND)
    say(f"Python {VERSION}")
    python = ensure_venv(venv_folder())
    install("requirements-dev.txt", python=python)
    outcomes: list[Outcome] = []
    try:
        with tempfile.TemporaryDirectory(prefix="newsroom-checks-") as data:
            outcomes.extend(run_all(python, names=names, data=data))
    except KeyboardInterrupt:
        say("\nStopped; the rest was not run.")
    return report(outcomes)


def run_all(python: Path, *, names: Collection[str], data: str) -> Iterator[Outcome]:
    # In CI what needs a browser, no database, or either of them runs once (docs/decisions/0019).
    sqlite = pytest_step("sqlite", python, marked="not browser and not pure" if CI else "")
    for step in [*quick_steps(python), sqlite]:
        if step.name in names:
            yield run(step, data=data)
    if "postgres" in names:
        yield on_postgres(python, data=data)
    if "other-python" in names:
        yield on_other_python(python, data=data)


def on_postgres(python: Path, *, data: str, name: str = "postgres", **chosen: Any) -> Outcome:
    url = os.environ.get("NEWSROOM_TEST_POSTGRES") or POSTGRES
    probe = [str(python), "-c", CONNECT, url.partition("?")[0]]
    if subprocess.run(probe, capture_output=True).returncode == 0:
        return run(pytest_step(name, python, url=url, **chosen), data=data)
    parts = urlsplit(url)
    note = f"no PostgreSQL at {parts.hostname}:{parts.port or 5432}: start one there, "
    note += "or name another in NEWSROOM_TEST_POSTGRES"
    # Skipping is for a machine of one's own; where the result counts it must have run.
    return Outcome(name, FAILED if CI else SKIPPED, note=note)


def on_other_python(python: Path, *, data: str) -> Outcome:
    """The other Django that is supported comes with the other Pythons; on PostgreSQL. With one
    Python only, that one does it."""
    try:
        python = other_venv("requirements-dev.txt") or python
    except Refused as refusal:
        return Outcome("other-python", FAILED, note=str(refusal))
    return on_postgres(python, data=data, name="other-python", marked="not once" if CI else "")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
