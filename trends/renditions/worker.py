"""The child process that touches what strangers upload: `python -m trends.renditions.worker JOB`.

Upload on standard input, result (result.py) on standard output; child.py is the other end. JOB is
{"focal": [x, y], "notes": {…}, "ours": bool, "limits": {…} or null} as JSON. Nothing of Django,
no settings and no secrets are in this process.
"""

import contextlib
import json
import re
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from PIL import AvifImagePlugin

from .cascade import base, rendered
from .encoding import master
from .opening import bounded, developed, explained, opened
from .parts import BadPicture, Limits, Notes, Rendition
from .result import write_result
from .suggestions import suggestions

OPEN_FILES = 32
LARGEST = 128 << 20  # bytes of a file that it may write


def main(job: dict[str, Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    limits = job["limits"] and Limits(**job["limits"])
    if limits:
        limit(limits)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # else one a core, and each takes memory
    pixels = limits.pixels if limits else sys.maxsize
    try:
        answer, files = made(job, sys.stdin.buffer, pixels)
    except BadPicture as bad:
        answer, files = {"bad": str(bad)}, []
    write_result(sys.stdout.buffer, answer | {"peak": peak()}, files)


def limit(limits: Limits) -> None:
    """Before a byte of the upload is read."""
    lower(resource.RLIMIT_AS, limits.memory)
    # At the first one a signal that tells why, at the second the end.
    lower(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, LARGEST)
    lower(resource.RLIMIT_NOFILE, OPEN_FILES)


def lower(what: int, soft: int, hard: int | None = None) -> None:
    _, most = resource.getrlimit(what)
    wanted = [soft, soft if hard is None else hard]
    if most != resource.RLIM_INFINITY:
        wanted = [min(one, most) for one in wanted]
    # Only Linux bounds the address space; elsewhere the server is somebody's desk.
    with contextlib.suppress(*([] if sys.platform == "linux" else [ValueError])):
        resource.setrlimit(what, (wanted[0], wanted[1]))


def made(
    job: dict[str, Any], upload: BinaryIO, pixels: int
) -> tuple[dict[str, Any], list[Rendition]]:
    """Header and files of the result. Raises BadPicture."""
    ours = job["ours"]
    with explained(pixels):
        picture = opened(upload, pixels)
        suggested = {} if ours else suggestions(picture)
        picture = developed(picture)
    with bounded():
        width, height = picture.size
        files = [] if ours else [Rendition("", width, height, "jpg", master(picture))]
        small = base(picture)
        if small is not picture:
            picture.close()
        files += rendered(small, focal=tuple(job["focal"]), notes=Notes(**job["notes"]))
    return {"width": width, "height": height, "suggested": suggested}, files


def peak() -> int:
    """The most memory this process has held, in bytes. The kernel's `ru_maxrss` would count the
    process that started it, too."""
    with contextlib.suppress(OSError):
        said = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
        if said:
            return int(said[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
