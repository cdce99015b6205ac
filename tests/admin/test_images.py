"""Pictures without JavaScript: uploaded by the plain form, described, cropped anew."""

import errno
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.admin.pictures import ADD, a_file, errors_of, page_of, save, stored
from trends.admin.image_upload import DISK_FULL
from trends.models import Image

WORDS = {"alt_text": "A robot lifts a crate", "credit": "Norlake"}


@pytest.fixture
def image(desk: Any, wes: User) -> Image:
    response = desk(wes).post(ADD, WORDS | {"upload": a_file()})
    image = Image.objects.get()
    assert response.url == page_of(image)  # where its focal point can be set
    return image


def test_an_upload_is_stored_with_its_words(image: Image, wes: User) -> None:
    assert (image.width, image.height, image.alt_text) == (64, 48, "A robot lifts a crate")
    assert image.uploaded_by == wes
    assert image.original_name == "robot.png"
    assert "robot" not in str(image.file.name)
    assert image.renditions["1x1"]


def test_what_is_no_picture_is_refused_beside_its_field(desk: Any, wes: User) -> None:
    bad = SimpleUploadedFile("robot.png", b"GIF89a not really", "image/png")
    response = desk(wes).post(ADD, WORDS | {"upload": bad})
    assert "no JPEG, PNG, WebP or AVIF" in str(errors_of(response)["upload"])
    assert response.context_data["adminform"].form["credit"].value() == "Norlake"
    assert not Image.objects.exists()


def test_wrong_words_store_no_file(desk: Any, wes: User) -> None:
    response = desk(wes).post(ADD, WORDS | {"upload": a_file(), "alt_text": "robot"})
    assert "name of the file" in str(errors_of(response)["alt_text"])
    assert not Image.objects.exists()


def test_a_file_is_asked_for(desk: Any, wes: User) -> None:
    assert "upload" in errors_of(desk(wes).post(ADD, WORDS))


def test_the_same_file_leads_to_the_picture_that_is_there(
    desk: Any, ada: User, image: Image
) -> None:
    response = desk(ada).post(ADD, WORDS | {"upload": a_file("other.png")})
    assert f'<a href="{page_of(image)}">' in str(errors_of(response)["upload"])
    assert Image.objects.count() == 1


def test_a_full_disk_is_told_and_the_words_stay(
    desk: Any, wes: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.objects, "ingest", full_disk, raising=False)
    response = desk(wes).post(ADD, WORDS | {"upload": a_file()})
    assert errors_of(response)["upload"] == [DISK_FULL]
    assert response.context_data["adminform"].form["credit"].value() == "Norlake"


def full_disk(*args: Any, **kwargs: Any) -> Image:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_words_change_and_files_stay(desk: Any, wes: User, image: Image) -> None:
    before = image.renditions
    assert save(desk(wes), image, caption="At work").status_code == 302
    image.refresh_from_db()
    assert (image.caption, image.renditions, image.version) == ("At work", before, 1)


def test_a_form_without_a_change_saves_nothing(desk: Any, wes: User, image: Image) -> None:
    assert save(desk(wes), image).status_code == 302
    image.refresh_from_db()
    assert image.version == 0


@pytest.mark.parametrize("change", [{"focal_x": "10"}, {"credit": "Photo: Ida Holm"}])
def test_what_shows_in_the_files_makes_new_ones(
    desk: Any, wes: User, image: Image, change: dict[str, str]
) -> None:
    before = image.renditions
    save(desk(wes), image, **change)
    image.refresh_from_db()
    assert image.renditions["1x1"] != before["1x1"]
    assert not image.lacks_files


def test_the_focal_point_is_typed_in_per_cent(desk: Any, wes: User, image: Image) -> None:
    save(desk(wes), image, focal_x="12.5", focal_y="100")
    image.refresh_from_db()
    assert image.focal == (0.125, 1.0)


def test_a_focal_point_outside_the_picture_is_refused(desk: Any, wes: User, image: Image) -> None:
    assert "focal_x" in errors_of(save(desk(wes), image, focal_x="101"))


def test_a_focal_point_is_not_rounded_by_saving_words(desk: Any, wes: User) -> None:
    image = stored(focal_x=1 / 3)
    save(desk(wes), image, caption="At work")
    image.refresh_from_db()
    assert (image.focal_x, image.caption) == (1 / 3, "At work")


def test_without_its_master_the_words_are_saved_all_the_same(
    desk: Any, wes: User, image: Image
) -> None:
    image.file.storage.delete(str(image.file.name))
    client = desk(wes)
    assert save(client, image, credit="Photo: Ida Holm").status_code == 302
    image.refresh_from_db()
    assert image.credit == "Photo: Ida Holm"
    assert "could not be made anew" in client.get(page_of(image)).content.decode()


def test_the_picture_is_shown_in_its_form(desk: Any, wes: User, image: Image) -> None:
    text = desk(wes).get(page_of(image)).content.decode()
    assert 'class="focal-whole"' in text
    assert 'type="file"' not in text
    assert f'<img src="/media/{image.renditions["1x1"][0]["name"]}"' in text


def test_rights_that_go_on_bring_the_files_back(desk: Any, wes: User, image: Image) -> None:
    save(desk(wes), image, rights_expire_on="2020-01-01")
    image.refresh_from_db()
    assert image.renditions == {}
    save(desk(wes), image, rights_expire_on="2999-01-01")
    image.refresh_from_db()
    assert image.renditions["1x1"]


def test_who_may_only_look_gets_the_picture_without_fields(desk: Any, otto: User) -> None:
    otto.user_permissions.add(*Permission.objects.filter(codename="view_image"))
    image = stored(alt_text="A robot", credit="Norlake")
    page = desk(otto).get(page_of(image)).content.decode()
    assert 'class="focal-whole"' in page
    assert "Norlake" in page
    for name in ("loaded", "alt_text", "focal_x", "_continue"):
        assert f'name="{name}"' not in page
    assert desk(otto).post(page_of(image), {"credit": "Mine"}).status_code == 403
