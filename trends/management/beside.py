"""A worker for the jobs beside the server: started with it, started again when it dies, ended
with it."""

import os
import subprocess
import sys
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings

PAUSE = 2  # seconds before it is started again
PATIENCE = 10  # seconds for the job at hand; what is killed then is done later

Say = Callable[[str], Any]


class Beside:
    """`manage.py work` as a child, looked after by a thread. Killed together with everything, we
    can't end it: it looks by itself whether its parent is there (--parent)."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.over = Event()
        self.starting = Lock()
        self.child: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Before the server forks its own processes: one forked while this child is being started
        would hold the pipe by which we learn that it is there, and we would wait for ever."""
        Thread(target=self._keep, args=[self._start()], daemon=True).start()

    def _keep(self, child: "subprocess.Popen[bytes] | None") -> None:
        while child:
            code = child.wait()
            if not self.over.is_set():
                self.say(f"The worker for the jobs ended ({_why(code)}). It is started again.")
            self.over.wait(PAUSE)
            child = self._start()

    def _start(self) -> "subprocess.Popen[bytes] | None":
        command = [sys.executable, "manage.py", "work", "--parent", str(os.getpid())]
        with self.starting:
            if self.over.is_set():
                return None
            # In a group of its own, as Ctrl-C is for us: we end it.
            self.child = subprocess.Popen(
                command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, process_group=0
            )
            return self.child

    def end(self) -> None:
        with self.starting:
            self.over.set()
        if self.child is None:
            return
        self.child.terminate()
        try:
            self.child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.child.kill()


def _why(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
