"""Child processes, and how Ctrl-C ends them."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Child = subprocess.Popen[str]


def start(command: list[str], **options: Any) -> Child:
    """A child that does not hear Ctrl-C, which a Python program answers with a traceback."""
    return subprocess.Popen(command, text=True, preexec_fn=ignore_interrupt, **options)


def ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def attended(child: Child) -> Iterator[None]:
    """Whatever ends the block early ends the child, in its own time."""
    try:
        yield
    except BaseException:
        child.terminate()
        child.wait()
        raise


def run(command: list[str], **options: Any) -> int:
    child = start(command, **options)
    with attended(child):
        return child.wait()


def stop_once() -> None:
    """Ctrl-C, SIGTERM and a closed terminal all raise KeyboardInterrupt, the first of them only:
    the end is under way then."""
    heard: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        if len(heard) == 1:
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # nohup means that it shall outlive its terminal.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, stop)


@contextmanager
def own_terminal() -> Iterator[None]:
    """make calls it an error when it hears Ctrl-C, so the terminal is ours for a while. Ctrl-Z
    would stop us and not make, which is all that the shell knows of, so it does nothing."""
    if not os.isatty(0) or os.tcgetpgrp(0) != os.getpgrp():
        yield
        return
    before = os.getpgrp()
    for number in (signal.SIGTTOU, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    try:
        yield
    finally:
        os.tcsetpgrp(0, before)
