"""The publisher, in processes of its own: one for each act, which may be killed at a chosen moment.

    python -c "$START" FILE

reads orders (a JSON object a line: act, number, death) and says "done" right after the commit, and
"ended CODE" when the process is over. After the commit and before "done" it adds a byte to FILE: a
cache that is emptied by publishing would be emptied there (control.py).
"""

import json
import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from .acts import ACTS, Act

# Killed by itself on either side of the commit, or by another at any moment.
BEFORE, AFTER, ANY = "before", "after", "any"
START = "import django; django.setup(); from tests.stale.publisher import main; main()"
LONGEST = 0.06  # seconds after which it is killed at the latest


def main() -> None:
    cleared = Path(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            _die_of_errors(partial(perform, ACTS[order["act"]], order, cleared))
        if order["death"] == ANY:
            time.sleep(random.uniform(0, LONGEST))
            os.kill(pid, signal.SIGKILL)
        say(f"ended {os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}")


def perform(act: Act, order: dict[str, Any], cleared: Path) -> None:
    if order["death"] in (BEFORE, AFTER):
        connection._commit = partial(die, connection._commit, order["death"])  # type: ignore[method-assign]
    with transaction.atomic():
        act.do(order["number"])
    time.sleep(act.wait)
    with cleared.open("ab") as file:
        file.write(b".")
    say("done")


def die(commit: Any, when: str) -> None:
    if when == AFTER:
        commit()
    os.kill(os.getpid(), signal.SIGKILL)


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())  # at once: whoever is killed says nothing later


def _die_of_errors(work: Any) -> None:
    """The end of a forked process, whatever happens: the loop is its parent's."""
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)
