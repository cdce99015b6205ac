"""Uploads of the library's page: one file a request, an answer that its script can tell."""

import errno
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from tests.admin.pictures import UPLOAD, a_file, page_of, stored
from tests.pictures.library import on_disk
from trends.admin.image_upload import DISK_FULL, NOT_STORED
from trends.models import Image
from trends.renditions import MAX_BYTES


def send(client: Any, file: Any) -> Any:
    return client.post(UPLOAD, {"upload": file})


def test_it_works(desk: Any, wes: User) -> None:
    response = send(desk(wes), a_file())
    image = Image.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": image.pk, "label": "robot.png", "width": 64, "height": 48,
        "thumb": f"/media/{jpeg(image)}", "url": page_of(image), "suggested": {},
    }  # fmt: skip
    assert (image.uploaded_by, image.alt_text, image.original_name) == (wes, "", "robot.png")


def jpeg(image: Image) -> str:
    return str(next(e["name"] for e in image.renditions["hero"] if e["format"] == "jpg"))


def test_what_is_no_picture_is_refused_in_a_sentence(desk: Any, wes: User) -> None:
    response = send(desk(wes), SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg"))
    assert response.status_code == 422
    assert "no JPEG, PNG, WebP or AVIF" in response.json()["error"]
    assert not Image.objects.exists()


def test_a_request_without_a_file_is_refused(desk: Any, wes: User) -> None:
    assert send(desk(wes), "words").status_code == 422
    assert desk(wes).post(UPLOAD).status_code == 422


def test_a_file_that_is_too_large_is_refused(desk: Any, wes: User) -> None:
    response = send(desk(wes), SimpleUploadedFile("a.jpg", b"0" * (MAX_BYTES + 1)))
    assert response.status_code == 422
    assert "20 MB" in response.json()["error"]


def test_no_more_than_the_limit_is_read(
    desk: Any, wes: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr("trends.admin.image_upload.MAX_BYTES", 10)
    monkeypatch.setattr("trends.models.image.digest", lambda data: seen.append(len(data)) or "")
    send(desk(wes), a_file())
    assert seen == [11]


def test_a_duplicate_is_offered(desk: Any, wes: User) -> None:
    image = stored(alt_text="A robot lifts a crate")
    response = send(desk(wes), a_file("again.png"))
    assert response.status_code == 409
    told = response.json()
    assert told["error"] == "This picture is in the library already."
    assert (told["existing"]["id"], told["existing"]["label"]) == (image.pk, image.alt_text)
    assert Image.objects.count() == 1


def with_a_comment(jpeg: bytes) -> bytes:
    return jpeg[:2] + b"\xff\xfe\x00\x0dsaved anew" + jpeg[2:]


def as_webp(png: bytes) -> bytes:
    file = io.BytesIO()
    Pillow.open(io.BytesIO(png)).save(file, "WEBP", lossless=True)
    return file.getvalue()


@pytest.mark.parametrize(("kind", "change"), [("JPEG", with_a_comment), ("PNG", as_webp)])
def test_the_same_picture_in_other_bytes_is_a_duplicate(
    desk: Any, wes: User, kind: str, change: Callable[[bytes], bytes]
) -> None:
    file = io.BytesIO()
    Pillow.radial_gradient("L").convert("RGB").save(file, kind)
    image = Image.objects.ingest(file.getvalue(), name="first")
    before = on_disk()
    response = send(desk(wes), SimpleUploadedFile("again", change(file.getvalue())))
    assert response.status_code == 409
    assert response.json()["existing"]["id"] == image.pk
    assert Image.objects.count() == 1
    assert on_disk() == before


@pytest.mark.parametrize(
    ("number", "status", "sentence"),
    [(errno.ENOSPC, 507, DISK_FULL), (errno.EDQUOT, 507, DISK_FULL), (errno.EIO, 503, NOT_STORED)],
)
def test_a_failing_disk_is_told(
    desk: Any, wes: User, monkeypatch: pytest.MonkeyPatch, number: int, status: int, sentence: str
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(number, "broken")

    monkeypatch.setattr("newsroom.storage.SafeFileStorage._save", fail)
    response = send(desk(wes), a_file())
    assert (response.status_code, response.json()) == (status, {"error": sentence})
    assert not Image.objects.exists()


class FullDisk:
    """In place of the file in which an upload waits."""

    def __init__(self, size: int) -> None:
        pass

    def write(self, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None:
        pass


def test_a_disk_that_is_full_before_the_file_has_arrived_is_told(
    desk: Any, wes: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsroom.uploads.SpooledTemporaryFile", FullDisk)
    response = send(desk(wes), a_file())
    assert (response.status_code, response.json()) == (507, {"error": DISK_FULL})
    page = desk(wes).post("/admin/trends/image/add/", {"upload": a_file()})
    assert page.context_data["adminform"].form.errors["upload"] == [DISK_FULL]


def test_a_busy_server_says_so(desk: Any, wes: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("subprocess.Popen", fail)
    response = send(desk(wes), a_file())
    assert response.status_code == 503
    assert (
        "can't start the process that opens pictures. Try again later." in response.json()["error"]
    )


def test_the_page_of_another_site_can_not_upload(wes: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(wes)
    assert send(client, a_file()).status_code == 403
    assert not Image.objects.exists()


def test_what_the_file_says_is_offered_and_not_taken_over(desk: Any, wes: User) -> None:
    file = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x8298] = "Ida Holm"  # copyright
    Pillow.new("RGB", (64, 48)).save(file, "JPEG", exif=exif)
    response = send(desk(wes), SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg"))
    assert response.json()["suggested"] == Image.objects.get().suggested
    assert Image.objects.get().credit == ""


def test_an_upload_is_in_the_history_of_the_picture(desk: Any, wes: User) -> None:
    client = desk(wes)
    send(client, a_file())
    page = client.get(page_of(Image.objects.get(), "history")).content.decode()
    assert "Added." in page
