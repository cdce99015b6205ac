"""Pictures: uploaded through the library's own door, described, cropped anew."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from trends.models import Image

ADD = "/admin/trends/image/add/"
FOCUS = {"focal_x": "0.5", "focal_y": "0.5"}
WORDS = {"alt_text": "A robot lifts a crate", "credit": "Norlake"} | FOCUS


def a_picture(size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    file = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(file, "PNG")
    return SimpleUploadedFile("robot.png", file.getvalue(), "image/png")


@pytest.fixture
def image(desk: Any, wes: User) -> Image:
    desk(wes).post(ADD, WORDS | {"upload": a_picture()})
    return Image.objects.get()


def test_an_upload_is_stored_with_its_words(image: Image, wes: User) -> None:
    assert (image.width, image.height, image.alt_text) == (640, 480, "A robot lifts a crate")
    assert image.uploaded_by == wes
    assert image.original_name == "robot.png"
    assert "robot" not in str(image.file.name)
    assert image.renditions["1x1"]


def test_what_is_no_picture_is_refused_beside_its_field(desk: Any, wes: User) -> None:
    bad = SimpleUploadedFile("robot.png", b"GIF89a not really", "image/png")
    response = desk(wes).post(ADD, WORDS | {"upload": bad})
    form = response.context_data["adminform"].form
    assert response.status_code == 200
    assert "no JPEG, PNG, WebP or AVIF" in str(form.errors["upload"])
    assert form["credit"].value() == "Norlake"
    assert not Image.objects.exists()


def test_wrong_words_store_no_file(desk: Any, wes: User) -> None:
    response = desk(wes).post(ADD, WORDS | {"upload": a_picture(), "focal_x": "7"})
    assert "focal_x" in response.context_data["adminform"].form.errors
    assert not Image.objects.exists()


def test_a_file_is_asked_for(desk: Any, wes: User) -> None:
    response = desk(wes).post(ADD, WORDS)
    assert "upload" in response.context_data["adminform"].form.errors


def test_the_list_shows_the_picture(desk: Any, wes: User, image: Image) -> None:
    text = desk(wes).get("/admin/trends/image/").content.decode()
    assert '<img class="thumbnail" src="/media/' in text
    assert "A robot lifts a crate" in text


def test_words_change_and_files_stay(desk: Any, wes: User, image: Image) -> None:
    before = image.renditions
    desk(wes).post(f"/admin/trends/image/{image.pk}/change/", WORDS | {"caption": "At work"})
    image.refresh_from_db()
    assert (image.caption, image.renditions) == ("At work", before)


def test_another_focal_point_crops_anew(desk: Any, wes: User, image: Image) -> None:
    before = image.renditions
    desk(wes).post(f"/admin/trends/image/{image.pk}/change/", WORDS | {"focal_x": "0.1"})
    image.refresh_from_db()
    assert image.focal_x == 0.1
    assert image.renditions["1x1"] != before["1x1"]


def test_the_picture_is_shown_in_its_form(desk: Any, wes: User, image: Image) -> None:
    text = desk(wes).get(f"/admin/trends/image/{image.pk}/change/").content.decode()
    assert 'class="shown"' in text
    assert 'type="file"' not in text
