"""The container files are kept honest without an engine: their commands run in order, in an empty
folder that stands for the image, with this Python and its packages."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.db import connection

from .containers import command, compose, containerfile, variables
from .databases import empty_database
from .test_commands import CLEAN, ROOT, free_port

# As compose.yaml has it: twenty seconds of work, which tell the same on SQLite.
pytestmark = pytest.mark.skipif(connection.vendor == "sqlite", reason="the site runs on PostgreSQL")
FOLDER = ROOT / "docs" / "containers"
# What only a container can do: packages and accounts of the system, and pip.
OF_THE_SYSTEM = ("apt-get ", "useradd ", "pip ")
# The best compression of all static files takes ten seconds, and another one is no less true.
QUICK = (
    "import brotli\nbest = brotli.compress\nbrotli.compress = lambda data: best(data, quality=0)"
)


@pytest.fixture
def database() -> Iterator[str]:
    """An empty one."""
    with empty_database("image") as address:
        yield address


class Image:
    """A folder in the place of an image's: its paths are moved there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site, self.data = folder / "site", folder / "data"
        self.site.mkdir()
        (folder / "sitecustomize.py").write_text(QUICK)
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.environ = CLEAN | {"PATH": path, "PYTHONPATH": str(folder)}

    def moved(self, said: str) -> str:
        said = said.replace("/srv/newsroom", str(self.site))
        return said.replace("/var/lib/newsroom", str(self.data))

    def build(self) -> list[str]:
        """Do what the Containerfile says; its CMD."""
        end: list[str] = []
        for word, said in containerfile(FOLDER / "Containerfile"):
            if word == "COPY":
                source, target = said.split()
                self.copy(source, target)
            elif word == "ENV":
                name, value = said.split("=", 1)
                self.environ[name] = self.moved(value)
            elif word == "RUN" and not said.startswith(OF_THE_SYSTEM):
                self.run(["sh", "-c", self.moved(said)])
            elif word == "CMD":
                end = command(said)
            else:
                assert word in ("FROM", "WORKDIR", "RUN", "USER", "EXPOSE"), word
        return end

    def copy(self, source: str, target: str) -> None:
        unwanted = shutil.ignore_patterns("__pycache__")
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, self.site / target, ignore=unwanted)
        else:
            shutil.copy(ROOT / source, self.site / target)

    def start(self, words: list[str]) -> subprocess.Popen[str]:
        words = [sys.executable if word == "python" else word for word in words]
        return subprocess.Popen(
            words, cwd=self.site, env=self.environ, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, words: list[str]) -> str:
        process = self.start(words)
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, output
        return output


def order(services: dict[str, Any]) -> list[str]:
    """Each behind all that it waits for."""
    done: list[str] = []
    while left := [name for name in services if name not in done]:
        free = [name for name in left if not set(services[name].get("depends_on", ())) - {*done}]
        assert free, f"{left} wait for each other"
        done += free
    return done


def test_their_commands_run_in_order_in_a_clean_folder(tmp_path: Path, database: str) -> None:
    services = compose(FOLDER / "compose.yaml")["services"]
    assert order(services) == ["database", "migrate", "site", "worker"]
    image, port = Image(tmp_path), free_port()
    default = image.build()
    assert not image.data.exists()
    assert (image.site / "collected" / "staticfiles.json").exists()
    # What example.env leaves to be written, and where this database and this port are.
    image.environ |= variables(FOLDER / "example.env") | {
        "DJANGO_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "DATABASE_URL": database,
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }
    image.run(services["migrate"]["command"])
    site, worker = (
        image.start(services[name].get("command", default)) for name in ("site", "worker")
    )
    try:
        health = services["site"]["healthcheck"]["test"]
        assert health.pop(0) == "CMD"
        probe = [word.replace(":8000/", f":{port}/") for word in health]
        wait_until_ready(image, probe, site)
        with urlopen(f"http://127.0.0.1:{port}/workz") as answer:
            assert answer.status == 200
        wait_until_it_listens(worker)
    finally:
        for process in (site, worker):
            process.send_signal(signal.SIGTERM)
        outputs = [process.communicate(timeout=60)[0] for process in (site, worker)]
    assert [site.returncode, worker.returncode] == [0, 0], outputs
    assert "Traceback" not in "".join(outputs)


def wait_until_it_listens(process: subprocess.Popen[str]) -> None:
    """A signal ends at once what is still being loaded. Linux says which ones are caught."""
    status = Path(f"/proc/{process.pid}/status")
    deadline = time.monotonic() + 60
    while status.exists() and process.poll() is None and time.monotonic() < deadline:
        caught = re.search(r"^SigCgt:\s*(\w+)", status.read_text(), re.MULTILINE)
        if caught and int(caught[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.1)


def wait_until_ready(image: Image, probe: list[str], site: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while site.poll() is None and time.monotonic() < deadline:
        asked = image.start(probe)
        asked.communicate()
        if asked.returncode == 0:
            return
        time.sleep(0.2)
    raise AssertionError("the site did not become ready")


def test_all_services_of_the_site_get_the_same_variables() -> None:
    services = compose(FOLDER / "compose.yaml")["services"]
    ours = [services[name] for name in ("migrate", "site", "worker")]
    for key in ("image", "env_file", "environment", "volumes"):
        assert [service[key] for service in ours] == [ours[0][key]] * 3
    assert ours[0]["environment"]["DATABASE_URL"].endswith("@database/newsroom")
