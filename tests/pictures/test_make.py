"""The child process that opens uploads: what comes back, however it ends."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trends.renditions import BadPicture, Limits, Made, Notes, child, digest, make
from trends.renditions.result import read_result

from .drawing import decoded, encoded, picture
from .hostile import blank

SMALL = encoded(picture((64, 40)))
# Python that plays the worker.
Play = Callable[[str], None]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Play:
    """play(code): the child runs this instead of the worker."""

    def replace(code: str) -> None:
        (tmp_path / "actor.py").write_text(f"import os, signal, sys, time\n{code}\n")
        monkeypatch.setattr(child, "ROOT", tmp_path)
        monkeypatch.setattr(child, "WORKER", "actor")

    return replace


def test_it_works() -> None:
    data = encoded(picture((1000, 800)), exif=b"")
    made = make(data, focal=(0.1, 0.9), notes=Notes(credit="Norlake"))
    assert (made.width, made.height) == decoded(made.master).size == (1000, 800)
    assert {r.preset for r in made.renditions} == {
        "hero", "whole", "placeholder", "4x3", "1x1", "social",
    }  # fmt: skip
    for rendition in made.renditions:
        assert decoded(rendition.data).size == (rendition.width, rendition.height)
    assert b"Norlake" in made.renditions[0].data
    assert b"Norlake" not in made.master
    assert 10 << 20 < made.peak < 120 << 20


def test_a_file_is_as_good_as_bytes() -> None:
    file = io.BytesIO(SMALL)
    assert digest(file) == digest(SMALL)
    file.read()  # wherever it stands
    assert make(file).renditions == make(SMALL).renditions


def test_a_master_of_ours_gives_renditions_only() -> None:
    first = make(SMALL)
    again = make(first.master, ours=True)
    assert again.master == b""
    assert [r.preset for r in again.renditions] == [r.preset for r in first.renditions]


def test_what_the_upload_says_comes_back() -> None:
    tags = picture((8, 8)).getexif()
    tags[0x013B] = "Nora Vale"
    assert make(encoded(picture((64, 40)), exif=tags)).suggested == {"creator": "Nora Vale"}


@pytest.mark.parametrize("file", [b"\0" * ((20 << 20) + 1), io.BytesIO(b"\0" * ((20 << 20) + 1))])
def test_a_large_file_is_refused(file: Any) -> None:
    with pytest.raises(BadPicture, match="larger than 20 MB"):
        make(file)


def test_too_much_memory_is_a_clear_refusal() -> None:
    with pytest.raises(BadPicture, match="more memory than one picture may take"):
        make(blank((7000, 7000), 24), limits=Limits(memory=180 << 20))


def test_too_much_computing_is_a_clear_refusal(play: Play) -> None:
    play("from resource import *; setrlimit(RLIMIT_CPU, (1, 2))\nwhile True: pass")
    with pytest.raises(BadPicture, match="too much computing"):
        make(SMALL)


def test_the_worker_lowers_its_own_limits() -> None:
    code = (
        "import resource as r; from trends.renditions import worker, Limits;"
        "worker.limit(Limits(memory=900 << 20, cpu=7));"
        "print([r.getrlimit(x) for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_CORE)],"
        "r.getrlimit(r.RLIMIT_FSIZE)[0] >> 20, r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=child.ROOT, capture_output=True)
    space = 900 << 20
    assert run.stdout.decode().strip() == f"[({space}, {space}), (7, 8), (0, 0)] 128 32"


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_of_12_megapixels_takes_little_memory(orientation: int) -> None:
    tags = picture((8, 8)).getexif()
    tags[0x0112] = orientation
    assert make(encoded(picture((4000, 3000)), exif=tags)).peak <= 120_000_000


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGBUS"])
def test_a_crash_of_the_decoder_is_a_refusal(play: Play, name: str) -> None:
    play(f"os.kill(os.getpid(), signal.{name})")
    with pytest.raises(BadPicture, match="its decoder crashed"):
        make(SMALL)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "stopped from outside.*SIGKILL"),
        ("1 / 0", "has failed.*ZeroDivisionError"),
        ("sys.stderr.write('x' * 1_000_000); sys.exit(3)", "has failed"),
        ("sys.exit(74)", "no room"),
        ("", "an answer that can't be"),
    ],
)
def test_what_the_picture_cannot_help_is_no_refusal(play: Play, code: str, sentence: str) -> None:
    play(code)
    with pytest.raises(OSError, match=sentence) as caught:
        make(SMALL)
    assert len(str(caught.value)) < 1200


def test_nobody_waits_for_ever(play: Play) -> None:
    play("time.sleep(60)")
    with pytest.raises(OSError, match="too busy"):
        make(SMALL, limits=Limits(wall=0.5))


def test_a_full_disk_is_told_when_the_result_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    real, names = child.TemporaryFile, iter(["upload", "result", "errors"])
    full = Path("/dev/full")

    def file() -> Any:
        return full.open("r+b", buffering=0) if next(names) == "result" else real()

    monkeypatch.setattr(child, "TemporaryFile", file)
    with pytest.raises(OSError, match="no room") as caught:
        make(SMALL)
    assert caught.value.errno == errno.ENOSPC


def test_a_full_disk_is_told_when_the_upload_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    monkeypatch.setattr(child, "TemporaryFile", lambda: full.open("r+b", buffering=0))
    with pytest.raises(OSError, match="no room") as caught:
        make(SMALL)
    assert caught.value.errno == errno.ENOSPC
    assert "no room" in (caught.value.strerror or "")


def test_a_process_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(OSError, match="can't start the process"):
        make(SMALL)


def test_the_child_gets_no_secrets_and_no_django(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SECRET_KEY", "hush")
    play("sys.exit(' '.join(os.environ))")
    with pytest.raises(OSError, match="MALLOC_ARENA_MAX") as caught:
        make(SMALL)
    assert "SECRET" not in str(caught.value)

    code = "import sys, trends.renditions.worker; print([m for m in sys.modules if 'django' in m])"
    run = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], stdout=-1)
    assert run.stdout == b"[]\n"


def test_control_c_ends_both_and_only_the_parent_speaks(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    actor = (
        f"import os, time, pathlib; pathlib.Path({str(pid)!r}).write_text(f'{{os.getpid()}}.')\n"
        f"try: time.sleep(60)\n"
        f"except KeyboardInterrupt: pathlib.Path({str(tmp_path / 'heard')!r}).touch()\n"
    )
    (tmp_path / "actor.py").write_text(actor)
    parent = (  # of a command in the background of a shell, Ctrl-C is ignored from the start on
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from trends.renditions import child; from pathlib import Path;"
        f"child.ROOT, child.WORKER = Path({str(tmp_path)!r}), 'actor'; child.make(b'')"
    )
    command = [sys.executable, "-c", parent]
    with subprocess.Popen(command, cwd=child.ROOT, stderr=-1, start_new_session=True) as process:
        while not (pid.exists() and pid.read_text().endswith(".")):
            assert process.poll() is None
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said = process.communicate()[1]
    assert said.count(b"Traceback") == 1
    assert said.strip().endswith(b"KeyboardInterrupt")
    assert not (tmp_path / "heard").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()[:-1]), 0)


GOOD = {"width": 4, "height": 3, "suggested": {}, "peak": 9, "files": [["hero", 4, 3, "jpg", 5]]}


def answered(change: dict[str, Any], data: bytes = b"12345") -> Made:
    line = json.dumps(GOOD | change).encode()
    return read_result(io.BytesIO(line + b"\n" + data))


def test_a_good_answer_is_believed() -> None:
    assert answered({}).renditions[0].data == b"12345"


@pytest.mark.parametrize(
    "change",
    [
        {"width": "4"},
        {"height": -1},
        {"width": True},
        {"peak": None},
        {"more": 1},
        {"files": []},
        {"files": None},
        {"files": [["hero", 4, 3, "jpg", 6]]},
        {"files": [["hero", 4, 3, "jpg", 4]]},
        {"files": [["hero", 4, 3, "html", 5]]},
        {"files": [["../x", 4, 3, "jpg", 5]]},
        {"files": [["hero", 4, 3, "jpg"]]},
        {"files": [["", 4, 3, "jpg", 5]]},
        {"files": [["hero", 4, 3, "jpg", 10], ["hero", 4, 3, "jpg", -5]]},
        {"files": [[["hero"], 4, 3, "jpg", 5]]},
        {"suggested": {"title": "x"}},
        {"suggested": {"credit": 5}},
        {"suggested": {"credit": "x" * 201}},
        {"suggested": {"ai_use": "perhaps"}},
        {"suggested": []},
        {"bad": "x"},
    ],
)
def test_an_answer_of_another_shape_is_not(change: dict[str, Any]) -> None:
    with pytest.raises(OSError, match="can't be"):
        answered(change)


@pytest.mark.parametrize(
    "data", [b"", b"[]\n", b"7\n", b"{}\n", b"\xff\n", b"[" * 60_000, b'{"bad": 5, "peak": 1}']
)
def test_nor_is_nonsense(data: bytes) -> None:
    with pytest.raises(OSError, match="can't be"):
        read_result(io.BytesIO(data))
