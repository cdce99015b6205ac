"""`make test-stale`: a thousand acts of a publisher that is killed again and again, a hundred
thousand reads, on both databases (tests/stale/)."""

import sys
import tempfile

from checks import on_postgres
from environment import Refused, ensure_venv, install, venv_folder
from steps import pytest_step
from summary import report, run

# Some of those that are tried are killed before they happened.
LONG = {"STALE_ACTS": "1400", "STALE_READS": "100000"}
CHOSEN = {"only": ["-s", "tests/stale"], "environ": LONG}


def main() -> int:
    python = ensure_venv(venv_folder())
    install("requirements-dev.txt", python=python)
    with tempfile.TemporaryDirectory(prefix="newsroom-stale-") as data:
        step = pytest_step("sqlite", python, **CHOSEN)
        outcomes = [run(step, data=data)]
        outcomes.append(on_postgres(python, data=data, **CHOSEN))
    return report(outcomes)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
