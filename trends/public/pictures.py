"""Renditions of a picture for readers that know no <picture>: cards, feeds, search engines."""

from typing import Any

from ..models import Image
from ..paths import url_of
from .context import absolute

# What every reader of a shared link or a feed can show.
PLAIN = {"jpg": "image/jpeg", "png": "image/png"}
Rendition = dict[str, Any]


def widest(image: Image | None, preset: str) -> Rendition | None:
    """The largest JPEG of a preset with its full `url` and its `type`."""
    return widest_of(image.public_renditions.get(preset, []) if image else [])


def widest_of(files: list[Rendition]) -> Rendition | None:
    plain = [file for file in files if file["format"] in PLAIN]
    if not plain:
        return None
    file = max(plain, key=lambda file: file["width"])
    url = absolute(url_of(file["name"]))
    return file | {"url": url, "type": PLAIN[file["format"]]}


def words_of(image: Image) -> str:
    """Its alt text as the page has it; "" for a decorative one."""
    return "" if image.decorative else image.alt_text


def social_picture(image: Image | None) -> Rendition | None:
    """Address, size and words of the picture that a shared link shows."""
    file = widest(image, "social")
    if image is None or file is None:
        return None
    return {name: file[name] for name in ("url", "width", "height")} | {"alt": words_of(image)}
