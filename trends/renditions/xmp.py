"""Read the few properties of an XMP packet that editors care for. Never trusts it."""

from xml.etree import ElementTree

from .notes import NAMESPACES

# What we ask for → properties that say it, the best one first.
PROPERTIES = {
    "credit": ["photoshop:Credit"],
    "creator": ["dc:creator"],
    "caption": ["dc:description"],
    "alt_text": ["Iptc4xmpCore:AltTextAccessibility"],
    "licence": ["xmpRights:UsageTerms", "dc:rights", "xmpRights:WebStatement"],
    "source_type": ["Iptc4xmpExt:DigitalSourceType"],
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def from_xmp(packet: bytes) -> dict[str, str]:
    """What was asked for → words. Raises ValueError or ElementTree.ParseError."""
    root = _parsed(packet.strip(b"\0 \r\n\t").decode())
    said = {field: _first(root, names) for field, names in PROPERTIES.items()}
    return {field: words for field, words in said.items() if words}


def _parsed(text: str) -> ElementTree.Element:
    # An entity of ten lines can fill the memory; an XMP packet has no use for any.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("XMP with a document type")
    return ElementTree.fromstring(text)


def _first(root: ElementTree.Element, names: list[str]) -> str:
    described = list(root.iter(_full("rdf:Description")))
    values = (_value(description, _full(name)) for name in names for description in described)
    return next(filter(None, values), "")


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _value(description: ElementTree.Element, name: str) -> str:
    """A property as an attribute, as text, as a resource, or as a list of either kind."""
    element = description.find(name)
    if element is None:
        return description.get(name, "")
    items = list(element.iter(_full("rdf:li")))
    if not items:
        return (element.text or "").strip() or element.get(_full("rdf:resource"), "")
    if element.find(_full("rdf:Alt")) is not None:  # one text in several languages
        items = sorted(items, key=lambda item: item.get(LANGUAGE) != "x-default")[:1]
    return ", ".join(filter(None, ((item.text or "").strip() for item in items)))
