"""`make run`: from a clone to the served site, one visible step after the other."""

import os
import sys
from pathlib import Path

import children
from environment import ROOT, VERSION, Refused, ensure_venv, install, say, venv_folder
from port import refuse_port

OFF = {"0", "off", "no", "false"}


def main() -> int:
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    refuse_port(host, port)
    say(f"1/6 Python {VERSION}, port {port} is free")
    say("2/6 Virtual environment")
    python = ensure_venv(venv_folder())
    say("3/6 Packages")
    install("requirements.txt", python=python)
    say("4/6 Database")
    manage(python, "migrate", "--verbosity", "0")
    demo(python)
    say("6/6 Static files")
    manage(python, "collectstatic", "--no-input", "--verbosity", "0")
    return serve(python, "--jobs", "--host", host, "--port", port)


def manage(python: Path, *arguments: str) -> None:
    """The command itself has said what was wrong when it fails."""
    if code := children.run([str(python), "manage.py", *arguments], cwd=ROOT):
        raise SystemExit(code)


def demo(python: Path) -> None:
    if os.environ.get("NEWSROOM_DEMO", "").lower() in OFF:
        say("5/6 Demo newsroom: left out (NEWSROOM_DEMO)")
        return
    say("5/6 Demo newsroom")
    manage(python, "demo")


def serve(python: Path, *arguments: str) -> int:
    """Ctrl-C is how one ends it: no failure."""
    try:
        return children.run([str(python), "manage.py", "serve", *arguments], cwd=ROOT)
    except KeyboardInterrupt:
        say("Stopped.")
        return 0


if __name__ == "__main__":
    children.stop_once()
    try:
        with children.own_terminal():
            sys.exit(main())
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)
