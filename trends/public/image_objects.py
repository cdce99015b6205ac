"""Pictures in structured data: whom to name, on what terms, and whether a machine made them.

The properties are those that Google reads for image metadata; the words are those of the page.
"""

from collections.abc import Sequence

from .. import licences
from ..models import Image
from .json_ld import Node, node
from .pictures import widest, words_of

# Members of schema.org's IPTCDigitalSourceEnumeration.
SOURCE_TYPES = {
    Image.AIUse.MADE: "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    Image.AIUse.EDITED: "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}


def pictures(image: Image | None, presets: Sequence[str], *, caption: str = "") -> list[Node]:
    """The widest JPEG of each preset. `caption`: what the page says instead of its own."""
    if image is None:
        return []
    said = node(
        "ImageObject",
        caption=caption or image.caption or words_of(image),
        creditText=image.credit,
        creator=creator(image),
        acquireLicensePage=image.source_url,
        digitalSourceType=SOURCE_TYPES.get(Image.AIUse(image.ai_use)),
    )
    found = filter(None, (widest(image, preset) for preset in presets))
    return [
        said
        | {"url": file["url"], "contentUrl": file["url"]}
        | {"width": file["width"], "height": file["height"]}
        | terms(image)
        for file in found
    ]


def creator(image: Image) -> Node | None:
    """Who made a picture is a person; whose machine made it, mostly a company."""
    kind = "Organization" if image.ai_use == Image.AIUse.MADE else "Person"
    return node(kind, name=image.creator) if image.creator else None


def terms(image: Image) -> dict[str, str]:
    """A licence with an address is named by it, any other by its words."""
    licence = licences.read(image.licence)
    if licence.url:
        return {"license": licence.url}
    return {"copyrightNotice": licence.words} if licence.words else {}
