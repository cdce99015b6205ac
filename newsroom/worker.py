"""What `manage.py serve` loads in each of its worker processes: the site, and an end in order.

Ctrl-C reaches every process of the terminal's group, and the main process then ends its workers
one by one. A worker that gets both signals may miss them, so it leaves the group; and because it
then outlives a killed group, it looks after its parent itself.
"""

import ctypes
import os
import signal
import time
from threading import Thread

# Of malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
LARGE = 128 * 1024  # bytes


def end_without(parent: int, *, look_every: float = 1.0) -> None:
    while os.getppid() == parent:
        time.sleep(look_every)
    os.kill(os.getpid(), signal.SIGKILL)


def give_memory_back() -> None:
    """glibc keeps more and more of what pages were made in, in a place for each thread. Told not
    to (mallopt(3)), a worker stays some 5 MB smaller. Elsewhere nothing is told."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    for option, value in ((M_ARENA_MAX, 2), (M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, LARGE)):
        if mallopt:
            mallopt(option, value)


os.setpgrp()
give_memory_back()
# The main process waits for these in a thread (manage.py serve) and its workers inherit that.
# Until a worker serves there is nothing to finish: it ends at once.
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
Thread(target=end_without, args=[os.getppid()], daemon=True).start()
from newsroom.wsgi import application  # noqa: E402, F401
