"""`make requirements`: compile the requirements files from pyproject.toml.

Pins stay as they are where pyproject.toml still allows them; `make requirements UPGRADE=--upgrade`
takes the newest. One file serves every Python and system (`--universal`); index addresses stay
out of it, since everybody has their own.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from environment import ROOT, Refused, say

HEADER = "# Compiled by `make requirements` from pyproject.toml: change it there.\n"
RUNTIME = HEADER + "# pytest-django and all other packages for development: requirements-dev.txt\n"
TWO_FACTOR = HEADER + "# What requirements.txt holds, and what NEWSROOM_TWO_FACTOR needs.\n"
DEVELOPMENT = HEADER + "# What the other two hold, and the packages that tests and checks need.\n"
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]


def main(options: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-uv-") as folder:
        python = Path(folder) / "bin" / "python"
        run([sys.executable, "-m", "venv", folder])
        run([str(python), "-m", "pip", "install", "--quiet", "--only-binary", ":all:", "uv"])
        uv = [str(python), "-m", "uv", "pip", "compile", "pyproject.toml", *OPTIONS, *options]
        write("requirements.txt", uv, header=RUNTIME)
        # They must agree on every package that several hold.
        uv += ["--extra", "two-factor"]
        more = ["--constraint", "requirements.txt"]
        write("requirements-two-factor.txt", [*uv, *more], header=TWO_FACTOR)
        more = ["--group", "dev", "--constraint", "requirements-two-factor.txt"]
        write("requirements-dev.txt", [*uv, *more], header=DEVELOPMENT)


def write(name: str, command: list[str], *, header: str) -> None:
    run([*command, "--output-file", name])
    path = ROOT / name
    path.write_text(header + path.read_text())
    say(f"{name} is written")


def run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT).returncode:
        raise Refused("The requirements could not be compiled: see the message above.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refusal:
        sys.exit(str(refusal))
