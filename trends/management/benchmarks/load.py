"""Readers who ask as fast as they are answered: wrk where it is, else threads of ours, which ask so
slowly that a quick server has pauses. What a request costs the server is the same for both."""

import http.client
import itertools
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

CONNECTIONS = 8
Headers = Mapping[str, str]


def generator(seconds: float) -> str:
    """wrk takes whole seconds alone."""
    return "wrk" if shutil.which("wrk") and seconds >= 1 else "Python"


def asked(url: str, seconds: float, headers: Headers) -> int:
    """How many were answered. Raises LookupError where one was not, with 200 or 304."""
    if generator(seconds) == "wrk":
        return _by_wrk(url, seconds, headers)
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return by_threads(url, itertools.repeat(path), headers, time.monotonic() + seconds)


def _by_wrk(url: str, seconds: float, headers: Headers) -> int:
    lines = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    span = f"{round(seconds)}s"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{span}", "--timeout", "30s", *lines, url]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    if "Non-2xx or 3xx" in said or "Socket errors" in said:
        raise LookupError(f"{url} was not always answered: {said}")
    found = re.search(r"(\d+) requests in", said)
    if not found:
        raise LookupError(f"wrk said: {said}")
    return int(found[1])


def by_threads(url: str, paths: Iterable[str], headers: Headers, until: float) -> int:
    """The paths one after the other, by some threads."""
    todo, lock, count, wrong = iter(paths), threading.Lock(), itertools.count(), list[str]()

    def work() -> None:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        while time.monotonic() < until and not wrong:
            with lock:
                path = next(todo, None)
            if path is None:
                break
            try:
                connection.request("GET", path, headers=dict(headers))
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                wrong.append(f"{path}: {error}")
                break
            if answer.status >= 500:
                wrong.append(f"{path} answers {answer.status}")
            next(count)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise LookupError(wrong[0])
    return next(count)
