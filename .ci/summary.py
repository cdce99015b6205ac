"""Running steps, and one table of how they ended."""

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from environment import ROOT, say
from steps import Step

OK, FAILED, SKIPPED = "ok", "FAILED", "skipped"
CLOSING = re.compile(r"=+ .*(passed|failed|error|no tests ran|skipped).* in .*=+")
# A developer's own settings, and what make tells its children, must not change the result.
OURS = ("DJANGO_", "NEWSROOM_", "MAKE", "MFLAGS", "PYTEST_")
NAMES = {"DATABASE_URL", "EMAIL_URL", "MEDIA_ROOT", "STATIC_ROOT", "PORT", "HOST", "PYTHON"}
KEPT = {"NEWSROOM_CORPUS"}


@dataclass(frozen=True)
class Outcome:
    name: str
    result: str
    seconds: float = 0.0
    note: str = ""
    closing: str = ""


def run(step: Step, *, data: str) -> Outcome:
    """Run to the end, keep its time; its output is shown when it fails. `data` is the folder for
    what a site writes."""
    say(f"\n── {step.name}")
    began = time.monotonic()
    process = subprocess.Popen(
        step.command,
        cwd=ROOT,
        env=clean_environ() | {"NEWSROOM_DATA_DIR": data} | step.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    with process:
        lines = read_lines(process, shown=step.shown)
    failed = process.returncode != 0
    if failed and not step.shown:
        say("\n".join(lines))
    closing = next((line for line in reversed(lines) if CLOSING.fullmatch(line)), "")
    result, note = (FAILED, step.remedy) if failed else (OK, "")
    return Outcome(step.name, result, time.monotonic() - began, note, closing)


def read_lines(process: subprocess.Popen[str], *, shown: bool) -> list[str]:
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if shown:
            say(lines[-1])
    return lines


def clean_environ() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or not (name.startswith(OURS) or name in NAMES)
    }


def report(outcomes: Sequence[Outcome]) -> int:
    """Print the table; the exit code of the whole."""
    width = max((len(outcome.name) for outcome in outcomes), default=0)
    say("\nSummary")
    for outcome in outcomes:
        row = f"  {outcome.name:<{width}}  {outcome.result:<7}  {outcome.seconds:6.1f} s"
        say(f"{row}  {outcome.note}".rstrip())
    counts = {
        result: [o.result for o in outcomes].count(result) for result in (OK, FAILED, SKIPPED)
    }
    say(f"{counts[OK]} steps passed, {counts[FAILED]} failed, {counts[SKIPPED]} skipped.")
    for outcome in outcomes:
        if outcome.closing:
            say(f"{outcome.name}: {outcome.closing}")
    return 1 if counts[FAILED] else 0
