"""`make bench`, `make bench-scale`: `manage.py bench` in the virtual environment."""

import sys

import children
from environment import ROOT, Refused, ensure_venv, install, venv_folder


def main() -> int:
    python = ensure_venv(venv_folder())
    install("requirements.txt", python=python)
    return children.run([str(python), "manage.py", "bench", *sys.argv[1:]], cwd=ROOT)


if __name__ == "__main__":
    children.stop_once()
    try:
        sys.exit(main())
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
