"""Workers of the site die under load: whoever was being answered asks again, all others notice
nothing. OUTAGE_KILLS=20 makes it long."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.db import connection

from tests.serving import Site, serving
from tests.stale.pages import PAGES
from tests.stale.world import make_world
from tests.test_commands import until

from .load import load

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("OUTAGE_KILLS", "2"))
WORKERS = 2
CRASH_LOOP = 6  # seconds within which a worker that dies again makes the server give up
SETTLED = 2  # seconds after which whoever was cut off has an answer: nobody meets two kills at once
# Some that the store holds, and some that are made anew each time.
PATHS = [*(page.path for page in PAGES[:4]), "/trends/main/?utm=x", "/search/?q=harbour&utm=x"]


def test_readers_get_no_error_while_workers_are_killed(tmp_path: Path) -> None:
    make_world()
    with serving(tmp_path, workers=WORKERS) as site, load(site, PATHS) as found:
        until(lambda: site.listeners() == WORKERS, "there are no two workers")
        for number in range(KILLS):
            found.go_on(100)
            time.sleep(CRASH_LOOP if number >= WORKERS else SETTLED)
            kill(site, site.workers()[0])  # the oldest
        found.go_on(100)
    print(
        f"\n{connection.vendor}: {KILLS} of {WORKERS} workers killed, {found.reads} reads: "
        f"{dict(found.answers)}, cut off by attempt {dict(found.cut_off)}, {found.lost} lost"
    )
    assert found.lost == 0
    assert set(found.answers) == {200}


def kill(site: Site, worker: int) -> None:
    """And wait until another one has come in its place: each listens by itself."""
    os.kill(worker, signal.SIGKILL)
    until(lambda: worker not in site.workers(), "it did not die")
    until(lambda: site.listeners() == WORKERS, "no other worker came in its place")
