"""What `manage.py serve` loads in each of its worker processes: the site, and an end in order.

Ctrl-C reaches every process of the terminal's group, and the main process then ends its workers
one by one. A worker that gets both signals may miss them, so it leaves the group; and because it
then outlives a killed group, it looks after its parent itself.
"""

import os
import signal
import time
from threading import Thread


def end_without(parent: int, *, look_every: float = 1.0) -> None:
    while os.getppid() == parent:
        time.sleep(look_every)
    os.kill(os.getpid(), signal.SIGKILL)


os.setpgrp()
# The main process waits for these in a thread (manage.py serve) and its workers inherit that.
# Until a worker serves there is nothing to finish: it ends at once.
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
Thread(target=end_without, args=[os.getppid()], daemon=True).start()
from newsroom.wsgi import application  # noqa: E402, F401
