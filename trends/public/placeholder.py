"""What readers see until the picture of the first screen has come: the same, 20 pixels wide.

It travels with the page, in a <style> of its own beside the one sheet: the policy allows no style
attributes, and a second <img> would be one more thing to read out.
"""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .. import richtext
from ..models import Image
from . import styles

_DATA = re.compile(r"data:image/[a-z]+;base64,[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`csp_source` names the rule in the page's policy."""

    css: SafeString
    csp_source: str


def placeholder(image: Image | None) -> Placeholder | None:
    """None where readers get no picture, or one from before there were placeholders."""
    uri = image.public_renditions.get("placeholder", "") if image else ""
    if not _DATA.fullmatch(uri):
        return None
    # In no layer, so it is stronger than the sheet.
    css = f":is(.hero,.lead)>.frame{{background:url({uri}) 0/cover}}"
    return Placeholder(richtext.trusted(css), styles.csp_source_of(css))
