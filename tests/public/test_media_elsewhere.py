"""Pictures kept by another site (object storage): nothing here needs a folder of ours."""

import io
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files import File
from django.core.files.storage import Storage, default_storage, storages
from django.test import Client
from PIL import Image as Pillow

from trends.models import Article, Image
from trends.public import policy

from .conftest import MakePiece, sitemap_of_this_month

THERE = "https://media.example.org"
FILE = re.compile(rf"{THERE}/pictures/([0-9a-f]{{32}}\.(?:avif|jpg))")


class ObjectStorage(Storage):
    """As object storages are: names and contents, no folders, no paths."""

    def __init__(self, base_url: str = "") -> None:
        self.base_url = base_url
        self.files: dict[str, bytes] = {}

    def _open(self, name: str, mode: str) -> File:
        return File(io.BytesIO(self.files[name]), name)

    def _save(self, name: str, content: Any) -> str:
        self.files[name] = content.read()
        return name

    def exists(self, name: str) -> bool:
        return name in self.files

    def delete(self, name: str) -> None:
        self.files.pop(name, None)

    def url(self, name: str | None) -> str:
        return f"{self.base_url}{name}"


@pytest.fixture(autouse=True)
def elsewhere(settings: Any) -> None:
    memory = {"BACKEND": f"{__name__}.ObjectStorage"}
    public = memory | {"OPTIONS": {"base_url": f"{THERE}/pictures/"}}
    settings.STORAGES = settings.STORAGES | {"default": public, "originals": memory}


@pytest.fixture
def image(db: None) -> Image:
    file = io.BytesIO()
    Pillow.linear_gradient("L").resize((1400, 1000)).convert("RGB").save(file, "JPEG")
    return Image.objects.ingest(file.getvalue(), alt_text="A grey wall", credit="Ida Holm")


@pytest.fixture
def piece(live: MakePiece, image: Image) -> Article:
    text = f'<p>See:</p><figure data-picture="{image.pk}"></figure>'
    return live("A pump", slug="pump", hero=image, context=text)


def test_an_upload_is_kept_there(image: Image) -> None:
    assert len(image.places) > 5
    assert all(storages[alias].exists(name) for alias, name in image.places)
    assert {alias for alias, _ in image.places} == {"default", "originals"}


def test_every_picture_of_a_page_is_there(client: Client, piece: Article) -> None:
    response = client.get("/trends/pump/")
    assert response.status_code == 200
    names = set(FILE.findall(response.text))
    assert len(names) > 5
    assert all(default_storage.exists(name) for name in names)
    assert "/media/" not in response.text.replace(THERE, "")


def test_structured_data_and_shared_links_name_them(client: Client, piece: Article) -> None:
    page = client.get("/trends/pump/").text
    (text,) = re.findall(r"ld\+json\">(.*?)</script>", page, re.DOTALL)
    images = json.loads(text)["@graph"][0]["image"]
    assert all(FILE.fullmatch(image["url"]) for image in images)
    assert re.search(rf'og:image" content="{THERE}/pictures/', page)


@pytest.mark.parametrize("path", ["/feeds/trends.rss", sitemap_of_this_month()])
def test_feeds_and_sitemaps_name_them(client: Client, piece: Article, path: str) -> None:
    text = client.get(path).text
    assert FILE.search(text)
    assert "/media/" not in text


def test_readers_may_load_them_and_nothing_else_from_elsewhere(
    client: Client, piece: Article
) -> None:
    for path in ("/trends/pump/", "/trends/", "/unknown/"):
        rules = client.get(path)["Content-Security-Policy"]
        assert re.search(rf"img-src 'self' {THERE}( data:)?;", rules)
        assert rules.count(THERE) == 1


def test_the_desk_may_load_them(client: Client, pam: User) -> None:
    rules = client.get("/admin/login/")["Content-Security-Policy"]
    assert f"img-src 'self' {THERE} blob: data:;" in rules


def test_the_origin_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    policy.media_origin()
    monkeypatch.setattr(ObjectStorage, "url", None)
    assert policy.media_origin() == THERE


def test_our_own_origin_is_no_other(settings: Any) -> None:
    ours = {"base_url": f"{settings.NEWSROOM_BASE_URL}/pictures/"}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{__name__}.ObjectStorage", "OPTIONS": ours}
    }
    assert policy.picture_sources() == ["'self'"]


def test_a_moved_focus_makes_new_files_there(image: Image) -> None:
    before = image.renditions["hero"][0]["name"]
    image.move_focus(x=0.2, y=0.2)
    after = image.renditions["hero"][0]["name"]
    assert after != before
    assert default_storage.exists(after)


def test_our_address_of_a_picture_leads_nowhere(client: Client, image: Image) -> None:
    """Each try would be a request to the other site."""
    assert client.get(f"/media/{image.renditions['hero'][0]['name']}").status_code == 404
