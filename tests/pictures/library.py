"""Pictures of the library, for tests: small ones, and what lies on the disk."""

import io
from typing import Any

from django.core.files.storage import storages
from PIL import Image as Pillow

from trends.models import FileDeletion, Image
from trends.models.file_deletion import Place


def upload(colour: str = "teal", size: tuple[int, int] = (480, 320)) -> bytes:
    file = io.BytesIO()
    Pillow.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def ingest(colour: str = "teal", **fields: Any) -> Image:
    words = {"alt_text": "A plain surface", "credit": "Norlake"} | fields
    return Image.objects.ingest(upload(colour), name=f"{colour}.png", **words)


def on_disk() -> set[Place]:
    found = set()
    for alias in ("originals", "default"):
        try:
            names = storages[alias].listdir("")[1]
        except FileNotFoundError:
            names = []
        found |= {(alias, name) for name in names}
    return found


def listed() -> set[Place]:
    """Files on the list of deletions."""
    return set(FileDeletion.objects.values_list("storage", "name"))
