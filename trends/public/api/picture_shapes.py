"""Pictures in the API."""

from typing import Any

from django.core.files.storage import default_storage

from ... import licences
from ...models import Image
from ..media import TYPES
from ..pictures import words_of
from .kinds import NUMBER, TEXT, URL, Shape, field, many, maybe, names, one_of


def files(image: Image, *presets: str) -> list[tuple[str, dict[str, Any]]]:
    """(preset, file) of what readers may see; of all presets where none is named."""
    return [
        (preset, file)
        for preset, found in image.public_renditions.items()
        if isinstance(found, list) and (not presets or preset in presets)
        for file in found
    ]


RENDITION = Shape(
    "Rendition", "A file of a picture.",
    preset=field(TEXT, "How it is cropped: hero (16:9), whole, 4x3, 1x1, social.",
                 read=lambda pair: pair[0]),
    type=field(TEXT, "Media type.", read=lambda pair: TYPES[pair[1]["format"]]),
    width=field(NUMBER, read=lambda pair: pair[1]["width"]),
    height=field(NUMBER, read=lambda pair: pair[1]["height"]),
    url=field(URL, read=lambda pair: default_storage.url(pair[1]["name"])),
)  # fmt: skip
PICTURE = Shape(
    "Picture", "A picture with what must be said of it wherever it is shown.",
    alt=field(TEXT, "What it shows; empty where it only decorates.", read=words_of),
    caption=field(TEXT),
    credit=field(TEXT),
    creator=field(TEXT),
    licence=field(TEXT, read=lambda image: licences.read(image.licence).words),
    licence_url=field(maybe(URL), read=lambda image: licences.read(image.licence).url),
    source_url=field(maybe(URL), read=lambda image: image.source_url),
    ai_use=field(maybe(one_of(*names(Image.AIUse))), "Whether a machine made or edited it."),
    renditions=field(many(RENDITION), "In lists only those of the preset hero.", read=files),
)  # fmt: skip


def shown(image: Image | None) -> Image | None:
    """None for a picture that readers may not see."""
    return image if image and files(image) else None
