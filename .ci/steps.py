"""What `make test` runs, in order, and what to do where a step fails."""

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from environment import ROOT

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
PRODUCTION = {
    "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
    "DJANGO_ALLOWED_HOSTS": "news.example.org",
    "NEWSROOM_BASE_URL": "https://news.example.org",
    "NEWSROOM_CONTACT": "desk@example.org",
    "NEWSROOM_TEMPLATES_DIR": "tests/site_templates",  # its policies are complete
    "NEWSROOM_SECURITY_CONTACT": "security@example.org",
}


@dataclass(frozen=True)
class Step:
    """One command, run in the project's folder; a `shown` one prints while it runs."""

    name: str
    command: list[str]
    remedy: str
    environ: dict[str, str] = field(default_factory=dict)
    shown: bool = False


def quick_steps(python: Path) -> list[Step]:
    """All that needs no test run; the quickest first."""
    run, manage = [str(python), "-m"], [str(python), "-W", "error", "manage.py"]
    migrations = [*manage, "makemigrations", "--check", "--dry-run"]
    deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    imports = [str(python), "-c", LINT_IMPORTS]
    return [
        Step("ruff", [*run, "ruff", "check", "."], "make format, then correct the rest"),
        Step("format", [*run, "ruff", "format", "--check", "."], "make format"),
        Step("templates", [str(python.parent / "djade"), "--check", *templates()], "make format"),
        Step("imports", imports, "imports only go down: see pyproject.toml"),
        Step("migrations", migrations, "run manage.py makemigrations, read what it wrote"),
        Step("deploy", deploy, "correct newsroom/settings.py", environ=PRODUCTION),
        Step("types", [*run, "mypy", "newsroom", "trends"], "correct the types"),
    ]


def cores() -> int:
    """Those that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))


def pytest_step(
    name: str,
    python: Path,
    *,
    url: str = "",
    marked: str = "",
    only: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
) -> Step:
    """pytest on SQLite, or on the database at `url`; of the tests that `marked` chooses (-m), or
    `only` of some, one after the other."""
    # One worker more than cores: tests that wait for a browser or a server leave one idle.
    # worksteal: else one worker has the slow tests of the browser to itself at the end.
    chosen = [*only] if only else ["-n", str(cores() + 1), "--dist", "worksteal"]
    command = [str(python), "-m", "pytest", "--no-header", *chosen]
    command += ["-m", marked] if marked else []
    variables = {**(environ or {}), **({"DATABASE_URL": url} if url else {})}
    return Step(name, command, "read the first failure above", environ=variables, shown=True)
