"""Make renditions in a child process of limited memory and computing: whatever an upload does to
its decoder, the server goes on.

Upload and result travel in unnamed temporary files: they are gone when both ends are, however
those end, and no side can wait for a pipe that nobody reads. The result is a line of JSON and the
files behind one another; the parent believes nothing of it that it has not checked.
"""

import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from .cropping import Point
from .parts import LIMITS, MAX_BYTES, NOTHING, BadPicture, Failed, Limits, Made, Notes
from .result import NO_ROOM, read_result

ROOT = Path(__file__).resolve().parents[2]
WORKER = "trends.renditions.worker"
# What Python may need to start; nothing else of our environment, where the secrets are.
PASSED = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
# glibc: give back at once what large blocks took, instead of holding it for later.
ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(1 << 20)}
CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL}

# Faults of the picture,
COMPUTING = "The picture takes too much computing to open. Export it again, smaller or as JPEG."
CRASH = "The picture can't be opened safely: its decoder crashed. Export it again as JPEG."
# and faults of ours.
DISK = "The server has no room for the picture. Free some space on its disk, then try again."
START = "The server can't start the process that opens pictures. Try again later."
SLOW = "The server is too busy: the picture was not ready in time. Try again later."
KILLED = "The process that opens pictures was stopped from outside. Try again."
FAILED = "The process that opens pictures has failed."


def make(
    data: bytes | BinaryIO,
    *,
    focal: Point = (0.5, 0.5),
    notes: Notes = NOTHING,
    ours: bool = False,
    limits: Limits | None = LIMITS,
) -> Made:
    """All files of a picture. `ours`: the data is a master of the library, so its size in bytes
    is not limited and it makes no new one.

    Raises BadPicture, or Failed where the picture can't help it; both say what is wrong.
    """
    job = {"focal": focal, "notes": asdict(notes), "ours": ours}
    job["limits"] = limits and asdict(limits)
    with ExitStack() as stack:
        with _worded(DISK):
            files = [stack.enter_context(TemporaryFile()) for _ in range(3)]
            _copy(data, files[0], sys.maxsize if ours else MAX_BYTES)
        upload, result, errors = files
        status = _run(json.dumps(job), (upload, result, errors), limits)
        if status:
            raise _explained(status, errors)
        return read_result(result)


def _copy(data: bytes | BinaryIO, upload: BinaryIO, most: int) -> None:
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    source.seek(0)
    copied = 0
    while chunk := source.read(1 << 16):
        copied += len(chunk)
        if copied > most:
            raise BadPicture(f"The file is larger than {most >> 20} MB. Make it smaller.")
        upload.write(chunk)
    upload.seek(0)


def _run(job: str, files: tuple[IO[bytes], IO[bytes], IO[bytes]], limits: Limits | None) -> int:
    """The exit status of a worker, or minus the signal that ended it."""
    upload, result, errors = files
    with _worded(START):
        process = subprocess.Popen(
            [sys.executable, "-m", WORKER, job],
            stdin=upload,
            stdout=result,
            stderr=errors,
            cwd=ROOT,
            env=ALLOCATOR | {key: os.environ[key] for key in PASSED if key in os.environ},
            start_new_session=True,  # Ctrl-C in a terminal is for the parent
        )
    with process:
        try:
            return process.wait(limits.wall if limits else None)
        except subprocess.TimeoutExpired:
            raise Failed(errno.ETIMEDOUT, SLOW) from None
        finally:
            process.kill()  # does nothing to one that has ended
            process.wait()


def _explained(status: int, errors: BinaryIO) -> Exception:
    """What to raise for a worker that did not end well."""
    if status == -signal.SIGXCPU:
        return BadPicture(COMPUTING)
    if -status in CRASHES:
        return BadPicture(CRASH)
    if status == NO_ROOM:
        return Failed(errno.ENOSPC, DISK)
    if status < 0:
        return Failed(errno.EINTR, f"{KILLED} ({signal.Signals(-status).name})")
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - 1000))
    last = errors.read().decode(errors="replace").strip().rpartition("\n")[2]
    return Failed(errno.ECHILD, f"{FAILED} ({last})")


@contextmanager
def _worded(sentence: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Failed(error.errno, f"{sentence} ({error.strerror})") from error
