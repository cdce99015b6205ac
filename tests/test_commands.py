"""`make run` and `make test`: what they say when something is missing, and how they end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE = (
    *("DJANGO_", "NEWSROOM_", "DATABASE_URL", "EMAIL_URL"),
    *("MAKE", "MFLAGS", "PYTHON", "HOST", "PORT"),
)
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith(SITE)}
needs_make = pytest.mark.skipif(not shutil.which("make"), reason="no make on the PATH")
Load = Callable[[str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """A module of the folder that make runs."""
    monkeypatch.syspath_prepend(ROOT / ".ci")
    return import_module


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def make(*arguments: str, **environ: str) -> str:
    """What a refused command said; it has left no trace."""
    done = subprocess.run(
        ["make", *arguments], cwd=ROOT, env=CLEAN | environ, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def script(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)


@needs_make
def test_a_busy_port_is_named_with_another(busy_port: int) -> None:
    said = make("run", f"PORT={busy_port}")
    assert f"Port {busy_port} is busy" in said
    assert "make run PORT=" in said


@needs_make
@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_is_a_number(port: str) -> None:
    assert f"PORT is '{port}': write a number" in make("run", f"PORT={port}")


@needs_make
def test_a_foreign_host_is_refused() -> None:
    assert "(HOST): write an address of this machine" in make("run", "HOST=192.0.2.1", PORT="8765")


@needs_make
def test_an_old_python_is_refused_with_its_version(tmp_path: Path) -> None:
    script(tmp_path / "python3", "echo 3.9", "exit 1")
    said = make("run", f"PYTHON={tmp_path}/python3")
    assert "There is no Python 3.11 or newer" in said
    assert "python3 is 3.9" in said


def test_a_shim_that_leads_nowhere_is_passed_over(tmp_path: Path) -> None:
    script(tmp_path / "python3", "exit 127")
    script(tmp_path / "python3.12", f'exec {sys.executable} "$@"')
    path = f"{tmp_path}:/usr/bin:/bin"
    found = subprocess.check_output([ROOT / ".ci/find-python"], env={"PATH": path}, text=True)
    assert found in ("python3.12\n", "python3.14\n", "python3.13\n")


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: No matching distribution found for nh3==0.3.8", "wheel) of nh3 0.3.8 for Python"),
        ("Max retries exceeded\nERROR: No matching distribution found for nh3==0.3.8", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the requirements pin"),
        ("ERROR: No space left on device", "No space left on device"),
    ],
)
def test_pip_s_noise_becomes_a_sentence(load: Load, output: str, words: str) -> None:
    said = load("environment").why_no_packages(output, log=Path("pip.log"))
    assert words in said
    assert said.endswith("Details are in pip.log.")


def test_a_folder_that_is_no_venv_is_left_alone(load: Load, tmp_path: Path) -> None:
    (tmp_path / "letters").touch()
    environment = load("environment")
    with pytest.raises(environment.Refused, match="is no virtual environment: move it"):
        environment.ensure_venv(tmp_path)
    assert (tmp_path / "letters").exists()


def test_a_broken_venv_is_made_again(load: Load, tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    folder.mkdir()
    (folder / "pyvenv.cfg").touch()
    environment = load("environment")
    assert environment.version_of(environment.ensure_venv(folder)) == environment.VERSION


def test_installed_requirements_are_not_installed_again(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = load("environment")
    runs: list[str] = []

    def run_pip(name: str, **_: Path) -> int:
        runs.append(name)
        return 0

    monkeypatch.setattr(environment, "run_pip", run_pip)
    for _ in range(2):
        environment.install("requirements.txt", python=tmp_path / "bin" / "python")
    assert runs == ["requirements.txt"]


def test_a_failed_step_shows_its_output_and_remedy(
    load: Load, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    step = load("steps").Step("types", [sys.executable, "-c", "raise SystemExit('oh')"], "mend it")
    outcome = load("summary").run(step, data=str(tmp_path))
    assert load("summary").report([outcome]) == 1
    said = capsys.readouterr().out
    assert "oh" in said
    assert "mend it" in said
    assert "0 steps passed, 1 failed" in said


def test_the_last_lines_are_pytest_s_own(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    closing = "======= 512 passed, 3 skipped in 33.10s ======="
    summary = load("summary")
    assert summary.CLOSING.fullmatch(closing)
    assert summary.report([summary.Outcome("sqlite", summary.OK, closing=closing)]) == 0
    assert capsys.readouterr().out.endswith(f"sqlite: {closing}\n")


def test_a_developer_s_own_settings_do_not_reach_the_checks(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSROOM_FOUR_EYES", "block")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///mine.sqlite3")
    environ = load("summary").clean_environ()
    assert not {"NEWSROOM_FOUR_EYES", "DATABASE_URL"} & set(environ)


@pytest.mark.parametrize(("in_ci", "result"), [(False, "skipped"), (True, "FAILED")])
def test_postgres_may_be_missing_but_not_in_ci(
    load: Load, monkeypatch: pytest.MonkeyPatch, in_ci: bool, result: str
) -> None:
    checks = load("checks")
    monkeypatch.setattr(checks, "CI", in_ci)
    monkeypatch.setenv("NEWSROOM_TEST_POSTGRES", "postgres://postgres@127.0.0.1:1/newsroom")
    outcome = checks.on_postgres(Path(sys.executable), data="")
    assert outcome.result == result
    assert "no PostgreSQL at 127.0.0.1:1" in outcome.note


def test_two_signals_at_once_end_the_site_in_order(tmp_path: Path) -> None:
    """As from a terminal and a supervisor: exit code 0, no traceback, nothing left."""
    port = free_port()
    site = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=CLEAN | {"NEWSROOM_DATA_DIR": str(tmp_path)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_for(port)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.killpg(site.pid, number)
    output, _ = site.communicate(timeout=30)
    assert site.returncode == 0, output
    assert "Traceback" not in output
    assert not listens(port)


def test_a_worker_beside_the_site_is_restarted_and_ends_with_it(tmp_path: Path) -> None:
    environ = CLEAN | {"NEWSROOM_DATA_DIR": str(tmp_path)}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environ, check=True)
    port = free_port()
    site = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--jobs", "--port", str(port)],
        cwd=ROOT, env=environ, start_new_session=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        wait_for(port)
        os.kill(worker_of(site.pid), signal.SIGKILL)
        assert site.stdout
        said = next(line for line in site.stdout if "The worker" in line)
        worker = worker_of(site.pid)
        site.send_signal(signal.SIGTERM)
        output, _ = site.communicate(timeout=30)
    finally:
        site.kill()  # what is left of it ends by itself
    assert said == "The worker for the jobs ended (signal 9). It is started again.\n"
    assert site.returncode == 0, output
    assert "Traceback" not in output
    assert not is_alive(worker)


def test_a_worker_ends_when_its_site_is_killed(tmp_path: Path) -> None:
    """Nobody can tell it then, so it looks."""
    code = (
        "import os, subprocess, sys, time\n"
        "command = [sys.executable, 'manage.py', 'work', '--parent', str(os.getpid())]\n"
        "print(subprocess.Popen(command).pid, flush=True)\n"
        "time.sleep(600)"
    )
    environ = CLEAN | {"NEWSROOM_DATA_DIR": str(tmp_path)}
    site = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    )
    assert site.stdout
    worker = int(site.stdout.readline())
    site.kill()
    site.wait()
    site.stdout.close()
    until(lambda: not is_alive(worker), "the worker outlived its site")


def worker_of(pid: int) -> int:
    """The child that does jobs, as soon as it is there."""
    found: list[int] = []

    def look() -> bool:
        children = Path(f"/proc/{pid}/task").glob("*/children")
        pids = [int(child) for path in children for child in path.read_text().split()]
        found[:] = [
            p for p in pids if b"work" in Path(f"/proc/{p}/cmdline").read_bytes().split(b"\0")
        ]
        return bool(found)

    until(look, "no worker was started")
    return found[0]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(there: Callable[[], bool], problem: str) -> None:
    deadline = time.monotonic() + 60
    while not there():
        assert time.monotonic() < deadline, problem
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def wait_for(port: int) -> None:
    until(lambda: listens(port), "the site did not start")


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
