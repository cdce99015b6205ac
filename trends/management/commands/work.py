"""`manage.py work`: do the jobs that wait, one after the other, until Ctrl-C or SIGTERM.

Several may run, on as many machines as you like: no job is done by two of them.
"""

import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from trends.jobs.worker import Worker
from trends.models.job import LEASE

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    help = "Do the jobs that wait: mail, what is due at a time. Ends after the job at hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is due any more")
        parser.add_argument(
            "--lease", type=float, default=LEASE.total_seconds(), metavar="SECONDS",
            help="others take over the job of a worker that is silent for so long (%(default)s)",
        )  # fmt: skip
        parser.add_argument(
            "--parent", type=int, metavar="PID", help="end as soon as this process is gone"
        )

    def handle(self, *, once: bool, lease: float, parent: int | None, **options: Any) -> None:
        worker = Worker(lease=timedelta(seconds=lease), once=once, parent=parent)
        with stopped_by_signals(worker):
            worker.run()
        if once and options["verbosity"]:
            self.stdout.write(f"{worker.done} done, {worker.failed} failed.")


@contextmanager
def stopped_by_signals(worker: Worker) -> Iterator[None]:
    """Who starts it may have them blocked or ignored (manage.py serve, make run)."""
    before = {number: signal.signal(number, worker.stop) for number in STOP_SIGNALS}
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
