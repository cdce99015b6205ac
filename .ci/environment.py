"""The virtual environment and the pinned packages in it; standard library only.

Nothing is repeated: a stamp holds the digest of the requirements that were installed last.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

import children

ROOT = Path(__file__).resolve().parent.parent
VERSION = platform.python_version()
SHOW_VERSION = "import platform, pip; print(platform.python_version())"
# Some people set these for their own projects; each makes an install into a venv fail.
UNWANTED = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_NO_BINARY", "PYTHONHOME", "PYTHONPATH"}
NO_NETWORK = re.compile(
    r"Max retries|Connection\w*Error|Connection (refused|reset|broken)|name resolution|timed out"
    r"|Name or service not known|SSLError|ProxyError|HTTP error|Network is unreachable"
)


class Refused(Exception):
    """One sentence for the person at the terminal: what is wrong, where, what to do."""


def say(line: str) -> None:
    print(line, flush=True)


def venv_folder() -> Path:
    """`.venv`, or one by version beside it where somebody chose another Python."""
    chosen = os.environ.get("PYTHON")
    return ROOT / (f".venv-{VERSION.rpartition('.')[0]}" if chosen else ".venv")


def ensure_venv(folder: Path) -> Path:
    """The Python of the virtual environment; remade when it is broken or of another version."""
    python = folder / "bin" / "python"
    if version_of(python) == VERSION:
        say(f"    {folder.name} is there")
        return python
    clear(folder)
    say(f"    making {folder.name} …")
    # From within another virtual environment: the Python that this one was made from.
    base = getattr(sys, "_base_executable", None) or sys.executable
    making = [base, "-m", "venv", str(folder)]
    child = children.start(making, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with children.attended(child):
        output, _ = child.communicate()
    if child.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused(why_no_venv(output, folder=folder))
    return python


def version_of(python: Path) -> str:
    """Its version, or nothing where it or its pip doesn't run (an interrupted making)."""
    try:
        shown = subprocess.run([str(python), "-c", SHOW_VERSION], capture_output=True, text=True)
    except OSError:
        return ""
    return shown.stdout.strip()


def clear(folder: Path) -> None:
    if folder.exists() and not (folder / "pyvenv.cfg").exists():
        raise Refused(f"{folder} is in the way and is no virtual environment: move it elsewhere.")
    shutil.rmtree(folder, ignore_errors=True)


def install(requirements: str, *, python: Path) -> None:
    folder = python.parent.parent
    stamp = folder / f"{requirements}.installed"
    digest = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        say(f"    {requirements} is installed")
        return
    say(f"    installing {requirements} …")
    log = folder / "pip.log"
    if run_pip(requirements, python=python, log=log):
        raise Refused(why_no_packages(log.read_text(errors="replace"), log=log))
    stamp.write_text(digest)


def run_pip(requirements: str, *, python: Path, log: Path) -> int:
    """pip's exit code. Wheels only: building from source would need compilers and run code."""
    command = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", requirements]
    environ = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    pip = children.start(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert pip.stdout
    with pip, children.attended(pip), log.open("w") as kept:
        for line in pip.stdout:
            kept.write(line)
            show_progress(line)
    return pip.returncode


def show_progress(line: str) -> None:
    if found := re.match(r"Collecting ([\w.-]+)==([\w.]+)", line):
        say(f"    · {found[1]} {found[2]}")
    elif line.startswith("Installing collected"):
        say("    unpacking …")


def why_no_venv(output: str, *, folder: Path) -> str:
    if "ensurepip" in output:
        return (
            f"Python {VERSION} ({sys.executable}) comes without its venv module: install it "
            "(Debian and Ubuntu: apt install python3-venv) and start again."
        )
    return f"{folder} could not be made, see what stands above it: {last_line(output)}"


def why_no_packages(output: str, *, log: Path) -> str:
    """A sentence for pip's noise. pip says "no matching distribution" when it can't reach the
    index, too, so that is looked for first."""
    if NO_NETWORK.search(output):
        problem = "The packages could not be downloaded"
        remedy = "check the network (and pip's proxy or index settings) and start again"
    elif found := re.search(r"No matching distribution found for ([\w.-]+)==([\w.]+)", output):
        machine = f"Python {VERSION} on {platform.system()} {platform.machine()}"
        problem = f"There is no ready-made package (wheel) of {found[1]} {found[2]} for {machine}"
        remedy = "use another Python from 3.11 on, as in make run PYTHON=python3.13"
    elif "DO NOT MATCH THE HASHES" in output:
        problem = "A downloaded package is not the one that the requirements pin"
        remedy = "install nothing from there until you know why"
    else:
        problem = f"pip failed ({last_line(output)})"
        remedy = "correct that and start again"
    return f"{problem}: {remedy}. Details are in {log}."


def last_line(output: str) -> str:
    errors = [line for line in output.splitlines() if line.startswith(("ERROR", "Error"))]
    return (errors or output.strip().splitlines() or ["it gave no reason"])[-1]


if __name__ == "__main__":
    try:
        install(sys.argv[1], python=ensure_venv(venv_folder()))
    except Refused as refusal:
        sys.exit(str(refusal))
