"""How an upload is received: bounded, without a name, and a full disk told."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from newsroom import uploads
from trends.renditions import MAX_BYTES

Receive = Callable[[bytes], Any]


@pytest.fixture
def received() -> Iterator[Receive]:
    """What a request makes of a file; closed, as the end of a request closes it."""
    requests: list[HttpRequest] = []

    def receive(data: bytes) -> Any:
        file = SimpleUploadedFile("photo.jpg", data)
        requests.append(RequestFactory().post("/", {"upload": file}))
        return requests[-1].FILES["upload"]

    yield receive
    for request in requests:
        request.close()


def named_files() -> set[str]:
    return set(os.listdir(gettempdir()))


@pytest.mark.parametrize("size", [0, 10, uploads.IN_MEMORY + 1, MAX_BYTES])
def test_what_is_sent_is_what_is_read(received: Receive, size: int) -> None:
    data = os.urandom(size)
    upload = received(data)
    assert (upload.read(), upload.size, upload.name) == (data, size, "photo.jpg")


def test_no_more_is_kept_than_tells_that_it_is_too_much(received: Receive) -> None:
    upload = received(bytes(MAX_BYTES + 3_000_000))
    assert upload.size == MAX_BYTES + 3_000_000
    assert len(upload.read()) == MAX_BYTES + 1


def test_a_large_one_waits_in_a_file_without_a_name(received: Receive) -> None:
    before = named_files()
    upload = received(bytes(uploads.IN_MEMORY * 3))
    assert upload.file._rolled  # it is on the disk
    assert not {name for name in named_files() - before if "upload" in name}


def test_a_full_disk_is_told_when_it_is_read(
    received: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def write(self, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            pass

    monkeypatch.setattr(uploads, "SpooledTemporaryFile", lambda size: Full())
    upload = received(b"some bytes")
    with pytest.raises(OSError, match="No space left"):
        upload.read()


def test_the_settings_use_it(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["newsroom.uploads.UploadHandler"]
    assert Path(uploads.__file__).name == "uploads.py"
