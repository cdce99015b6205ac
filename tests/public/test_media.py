"""/media/: renditions and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client

from trends.models import Image

NAME = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("suffix", "kind"), [("jpg", "image/jpeg"), ("avif", "image/avif"), ("png", "image/png")]
)
def test_a_rendition_is_served_for_ever(client: Client, suffix: str, kind: str) -> None:
    name = default_storage.save(f"{NAME}.{suffix}", ContentFile(b"bytes"))
    response = client.get(f"/media/{name}")
    default_storage.delete(name)
    assert (response.status_code, response.getvalue()) == (200, b"bytes")
    assert response["Content-Type"] == kind
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == "5"


def test_a_picture_on_a_page_is_there(client: Client, picture: Image) -> None:
    for files in picture.renditions.values():
        assert client.get(default_storage.url(files[0]["name"])).getvalue() == b"jpeg"


@pytest.mark.parametrize(
    "name",
    [
        f"{NAME}.jpg",  # no such file
        f"{NAME}.svg",
        f"{NAME}.html",
        f"{NAME}.jpg.html",
        f"{NAME.upper()}.jpg",
        "notes.txt",
        "../newsroom.sqlite3",
        "..%2Fsecret-key",
        f"folder/{NAME}.jpg",
        "",
    ],
)
def test_anything_else_is_unknown(client: Client, db: None, name: str) -> None:
    default_storage.save("notes.txt", ContentFile(b"x"))
    assert client.get(f"/media/{name}").status_code == 404


def test_masters_have_no_address(client: Client, db: None) -> None:
    name = storages["originals"].save(f"{NAME}.jpg", ContentFile(b"master"))
    assert client.get(f"/media/{name}").status_code == 404
    storages["originals"].delete(name)
