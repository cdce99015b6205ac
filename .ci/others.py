"""A second Python with the other Django: 5.2 below Python 3.12, 6.1 from there on."""

import os
import subprocess
import sys
from pathlib import Path

from environment import ROOT, Refused, say

# Where pyenv keeps its Pythons; its shims on the PATH only run the chosen ones.
PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
BOTH = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2])"


def other_venv(requirements: str) -> Path | None:
    """The Python of its virtual environment, with the requirements; None where there is none."""
    version, name = other_python()
    if not name:
        return None
    say(f"\n── Python {version}")
    command = [name, str(ROOT / ".ci" / "environment.py"), requirements]
    if subprocess.run(command, env=os.environ | {"PYTHON": name}).returncode:
        raise Refused(f"the packages for Python {version} could not be installed, see above")
    return ROOT / f".venv-{version}" / "bin" / "python"


def other_python() -> tuple[str, str]:
    """Version and command of the newest other Python that runs; empty where there is none."""
    versions = ("3.14", "3.13", "3.12") if sys.version_info < (3, 12) else ("3.11",)
    for version in versions:
        for name in (f"python{version}", *map(str, PYENV.glob(f"{version}.*/bin/python3"))):
            if runs(name, version=version):
                return version, name
    return "", ""


def runs(name: str, *, version: str) -> bool:
    try:
        shown = subprocess.run([name, "-c", BOTH], capture_output=True, text=True)
    except OSError:
        return False
    return shown.returncode == 0 and shown.stdout.strip() == version
