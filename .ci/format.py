"""`make format`: what can be put right without thinking."""

import subprocess
import sys

from environment import ROOT, Refused, ensure_venv, install, venv_folder
from steps import templates


def main() -> int:
    python = ensure_venv(venv_folder())
    install("requirements-dev.txt", python=python)
    ruff = [str(python), "-m", "ruff"]
    commands = [[*ruff, "check", "--fix", "."], [*ruff, "format", "."]]
    if found := templates():
        commands.append([str(python.parent / "djade"), *found])
    return max(subprocess.run(command, cwd=ROOT).returncode for command in commands)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refused as refusal:
        sys.exit(str(refusal))
