"""Tally: views counted in memory and written down together, so that a view costs no write."""

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from multiprocessing.util import Finalize
from threading import Lock, Thread
from typing import Any
from weakref import WeakSet

log = logging.getLogger("trends.views")
EVERY = 10.0  # seconds; what a process that is killed (-9) may lose
Write = Callable[[Mapping[Any, int]], Any]


class Tally:
    """One a process, whatever its number of threads.

    `write` gets {key: number}, all that came together since it was called last; when it raises,
    the numbers are kept and go along the next time. A thread calls it, started by the first view
    (a server may fork until then), and so does the end of the process; `every=None`: nobody but
    who calls write_down(). `after`: what the thread does after each turn, such as closing its
    connection.
    """

    def __init__(
        self, write: Write, *, every: float | None = EVERY, after: Callable[[], Any] | None = None
    ) -> None:
        self.write, self.every, self.after = write, every, after or (lambda: None)
        self.start_anew()
        _all.add(self)

    def start_anew(self) -> None:
        """With nothing counted: at first, and in a child process, since what was counted before
        the fork is the parent's to write, whose thread and locks do not come along."""
        self.waiting: dict[Hashable, int] = {}
        self.counting, self.writing = Lock(), Lock()
        self.is_kept = self.every is None  # somebody writes it down

    def count(self, key: Hashable) -> None:
        """One more; some tenths of a microsecond."""
        with self.counting:
            self.waiting[key] = self.waiting.get(key, 0) + 1
            must_start, self.is_kept = not self.is_kept, True
        if must_start:
            self._start()

    def total(self) -> int:
        with self.counting:
            return sum(self.waiting.values())

    def _start(self) -> None:
        # Unlike atexit this is called in a worker made by multiprocessing, too.
        Finalize(None, self._write_quietly, exitpriority=1)
        try:
            Thread(target=self._keep_writing, name="views", daemon=True).start()
        except RuntimeError:  # the process is about to end, or has no thread left: the end writes
            log.warning("No thread writes down the views: they wait for the end of the process.")

    def _keep_writing(self) -> None:
        while self.every is not None:
            time.sleep(self.every)
            self._write_quietly()

    def _write_quietly(self) -> None:
        """No reader learns of a database that is away."""
        try:
            self.write_down()
        except Exception as error:
            log.warning("%s views wait to be written down: %s", self.total(), error)
        finally:
            self.after()

    def write_down(self) -> None:
        """Raises what `write` raises; nothing is lost by it. One at a time."""
        with self.writing:
            with self.counting:
                taken, self.waiting = self.waiting, {}
            if not taken:
                return
            try:
                self.write(taken)
            except BaseException:
                with self.counting:
                    self.waiting = dict(Counter(taken) + Counter(self.waiting))
                raise


_all: WeakSet[Tally] = WeakSet()


def _in_a_child() -> None:
    for tally in _all:
        tally.start_anew()


os.register_at_fork(after_in_child=_in_a_child)
