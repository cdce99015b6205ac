"""What a page costs out of the page store, and what the same page costs otherwise, in one sitting:
CPU of the servers for one request, each side by turns."""

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from trends.demo.archive_words import ABSENT, COMMON, RARE
from trends.renditions import make

from . import load, nginx, pictures
from .databases import Place, Server
from .processes import Running, free_port, running
from .table import Bar, Table, short

BROTLI = {"Accept-Encoding": "br"}
LISTS = (
    "/", "/trends/", "/topics/", "/archive/", "/corrections/", "/feeds/trends.rss", "/trends.md",
)  # fmt: skip
WORDS = {"common": COMMON, "rare": RARE, "absent": ABSENT}
PUBLISHES, OTHERS = 10, 100  # a second
PUBLISHING = "store: trend, while publishing"
PUBLISHING_ELSEWHERE = "store: trend, while publishing elsewhere"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """`rounds` of so many `seconds` each; trends to make; requests before memory is looked at."""

    rounds: int
    seconds: float
    pieces: int
    requests: int


@dataclass(slots=True)
class Found:
    """Microseconds of CPU of one request by name, the middle of the rounds."""

    cpu: dict[str, float] = field(default_factory=dict)
    pace: dict[str, float] = field(default_factory=dict)  # of the publisher, by what a second
    memory: tuple[float, float] | None = None  # RSS, PSS in MB
    renditions: float | None = None  # how many times cheaper

    def costs(self) -> Table:
        hit = self.cpu["store: trend"]
        rows = [[name, short(cpu), f"{cpu / hit:.1f}"] for name, cpu in self.cpu.items()]
        return Table(["CPU of a request", "µs", "× a hit"], rows)

    def bars(self) -> Table:
        rows = []
        for name, bar, value, note in self._lines():
            found = "–" if value is None else f"{value:.2f}{note}"
            rows.append([name, bar.words, found, bar.verdict(value)])
        return Table(["target", "bar", "found", ""], rows)

    @property
    def missed(self) -> int:
        found = [(bar, value) for _, bar, value, _ in self._lines() if value is not None]
        return sum(not bar.is_met(value) for bar, value in found)

    def _lines(self) -> Iterator[tuple[str, Bar, float | None, str]]:
        hit, trend = self.cpu["store: trend"], self.cpu["no cache: trend"]
        file = self.cpu.get("nginx: the same bytes")
        yield (
            "page-store hit against nginx static", Bar(0.4, is_least=True),
            file and file / hit, "",
        )  # fmt: skip
        yield "… against LocMem", Bar(15, "×", True), self.cpu["LocMem: trend"] / hit, ""
        yield "… against the uncached render", Bar(300, "×", True), trend / hit, ""
        # Beside the same work on another database: what it takes of the machine is not the store's.
        quiet, busy = self.cpu[PUBLISHING_ELSEWHERE], self.cpu[PUBLISHING]
        pace = ", ".join(f"{count:.0f} {what}/s" for what, count in self.pace.items())
        yield "hits during publications and commits", Bar(1.2, "×"), busy / quiet, f" ({pace})"
        yield "uncached trend", Bar(1.5, " ms"), trend / 1000, ""
        memory = self.memory
        note = f" (PSS {memory[1]:.0f})" if memory else ""
        yield "memory of a worker, RSS", Bar(90, " MB"), memory and memory[0], note
        yield "ten renditions against one by one", Bar(6, "×", True), self.renditions, ""


@dataclass(frozen=True)
class Turn:
    name: str
    server: Running
    path: str
    headers: dict[str, str]
    beside: Place | None = None  # with a publisher at work there


def measure(vendor: str, server: Server, wish: Wish, say: Say) -> Found:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder, ExitStack() as stack:
        place, elsewhere = (
            Place(vendor, f"{name}_{os.getpid()}", Path(folder), server)
            for name in ("targets", "elsewhere")
        )
        for one in (place, elsewhere):
            stack.callback(one.drop)
        place.make()
        place.manage("make_archive", str(wish.pieces), "--yes")
        elsewhere.make(like=place)
        found = Found()
        turns = list(_turns(stack, place, elsewhere, say))
        who = load.generator(wish.seconds)
        say(f"{vendor}: {len(turns)} sides, {wish.rounds} rounds, asked by {who} …")
        _measure(turns, wish, found)
        found.memory = _memory(stack, place, wish.requests)
        found.renditions = _renditions()
        return found


def _turns(stack: ExitStack, place: Place, elsewhere: Place, say: Say) -> Iterator[Turn]:
    store = stack.enter_context(site(place, "store"))
    bare = stack.enter_context(site(place, "bare", NEWSROOM_PAGE_STORE="off"))
    cached = stack.enter_context(site(place, "locmem", NEWSROOM_PAGE_STORE="off"))
    trend = trends_of(store)[0]
    status, headers, body = got(store.url(trend), BROTLI)
    if (status, body) != (200, got(cached.url(trend), BROTLI)[2]):
        raise LookupError("The page store and LocMem give different pages.")
    if shutil.which("nginx"):
        kept = stack.enter_context(nginx.serving(place.root / "nginx", body, headers))
        yield Turn("nginx: the same bytes", kept, "/page", BROTLI)
    else:
        say("nginx is not on the PATH, so nothing is compared with it.")
    yield Turn("store: trend", store, trend, BROTLI)
    yield Turn("store: trend, 304", store, trend, BROTLI | {"If-None-Match": headers["etag"]})
    yield Turn("store: list", store, "/trends/", BROTLI)
    yield Turn("LocMem: trend", cached, trend, BROTLI)
    yield Turn("no cache: trend", bare, trend, BROTLI)
    yield Turn("no cache: list", bare, "/trends/", BROTLI)
    for name, word in WORDS.items():
        yield Turn(f"store: search, {name} word", store, f"/search/?q={word}", BROTLI)
        yield Turn(f"no cache: search, {name} word", bare, f"/search/?q={word}", BROTLI)
    yield Turn(PUBLISHING_ELSEWHERE, store, trend, BROTLI, elsewhere)
    yield Turn(PUBLISHING, store, trend, BROTLI, place)


def _measure(turns: Sequence[Turn], wish: Wish, found: Found) -> None:
    spent: dict[str, list[float]] = {turn.name: [] for turn in turns}
    for _ in range(wish.rounds):
        for turn in turns:
            got(turn.server.url(turn.path), turn.headers)  # it is made, and kept where it is
            with publishing(turn.beside, wish.seconds + 0.5, found):
                before = turn.server.cpu
                count = load.asked(turn.server.url(turn.path), wish.seconds, turn.headers)
                spent[turn.name].append((turn.server.cpu - before) / max(count, 1) * 1e6)
    found.cpu = {name: statistics.median(costs) for name, costs in spent.items()}


@contextmanager
def publishing(place: Place | None, seconds: float, found: Found) -> Iterator[None]:
    if place is None:
        yield
        return
    module = "trends.management.benchmarks.publisher"
    child = subprocess.Popen(
        [sys.executable, "-m", module, str(seconds), str(PUBLISHES), str(OTHERS)],
        cwd=settings.BASE_DIR, env=place.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    with child:
        if not (child.stdout and child.stdin) or child.stdout.readline() != "ready\n":
            raise LookupError("The publisher did not start.")
        child.stdin.write("\n")
        child.stdin.flush()
        yield
        found.pace = json.loads(child.stdout.readline())


@contextmanager
def site(place: Place, name: str, **env: str) -> Iterator[Running]:
    """One worker, as `manage.py serve` runs it; LocMem's by the same server and options."""
    port = free_port()
    known = {**place.env, "PORT": str(port), "WEB_CONCURRENCY": "1", **env}
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    if name == "locmem":
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--port"]
        command += [str(port), "--workers", "1", "--blocking-threads", "2", "--log-level"]
        command += ["warning", "trends.management.benchmarks.locmem:application"]
    # One address for all of them, so that the pages are the same.
    known["NEWSROOM_BASE_URL"] = "http://127.0.0.1:8000"
    with running(command, port, known, place.root / f"{name}.log") as server:
        yield server


def got(url: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, lowered(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, lowered(error.headers), b""


def lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def trends_of(server: Running) -> list[str]:
    """Paths of trends, those of the newest months first."""
    _, _, index = got(server.url("/sitemap.xml"), {})
    found = list[str]()
    for part in _paths(index):
        if re.search(r"/\d{4}-\d\d", part):
            found += _paths(got(server.url(part), {})[2])
    return found


def _paths(sitemap: bytes) -> list[str]:
    return [urlsplit(url).path for url in re.findall(r"<loc>([^<]+)</loc>", sitemap.decode())]


def _memory(stack: ExitStack, place: Place, count: int) -> tuple[float, float]:
    """Of a new worker, after requests of all kinds."""
    server = stack.enter_context(site(place, "memory"))
    trends = trends_of(server)
    lists = [*LISTS, *_paths(got(server.url("/sitemaps/pages.xml"), {})[2])]
    words = [f"/search/?q={word}" for word in (*WORDS.values(), "ferry", "steel+price")]
    rng = random.Random(7)
    kinds = [trends, trends, trends, lists, words, ["/nowhere/", "/trends/no-such-piece/"]]
    paths = [rng.choice(rng.choice(kinds)) for _ in range(count)]
    load.by_threads(server.url("/"), paths, BROTLI, time.monotonic() + 600)
    return server.memory


def _renditions() -> float:
    """An invented photo of 12 megapixels: decoded and scaled once for all ten, or ten times."""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(pictures.invented())
        file.flush()
        with open(file.name, "rb") as photo:
            made = make(photo).renditions
        sizes = [
            (one.preset, one.width, one.height, one.format)
            for one in made
            if one.preset != "placeholder"
        ]
        ours, theirs = (
            pictures.measured(side, Path(file.name), 1, sizes) for side in ("cascade", "one_by_one")
        )
    return theirs["cpu"] / max(1, ours["cpu"])
