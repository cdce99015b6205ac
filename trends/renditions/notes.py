"""What files say of themselves: fresh XMP and IPTC (IIM), as short as readers accept.

Sources: XMP specification parts 1 and 3; IPTC Photo Metadata Standard; IIM 4.2.
"""

import struct
from html import escape

from .parts import Notes

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# Prefix → namespace, of what is read or written here.
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
MOST = 1000  # characters of one field: all must fit into a segment of 64 KB
UTF8 = b"\x1b%G"  # ISO 2022: what follows is UTF-8


def xmp(notes: Notes) -> bytes:
    """An XMP packet; b"" if there is nothing to say."""
    said = [
        _simple("photoshop:Credit", notes.credit),
        _simple(
            "Iptc4xmpExt:DigitalSourceType", notes.source_type and SOURCE_TYPE + notes.source_type
        ),
        _listed("dc:creator", "Seq", notes.creator),
        _listed("dc:rights", "Alt", notes.licence),
        _listed("xmpRights:UsageTerms", "Alt", notes.licence),
    ]
    if not any(said):
        return b""
    names = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in _prefixes(said))
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<rdf:RDF {names}><rdf:Description rdf:about="">{"".join(said)}</rdf:Description>'
        '</rdf:RDF><?xpacket end="r"?>'
    ).encode()


def _prefixes(said: list[str]) -> list[str]:
    return ["rdf", *dict.fromkeys(text[1:].split(":")[0] for text in said if text)]


def _simple(name: str, words: str) -> str:
    return f"<{name}>{_text(words)}</{name}>" if words else ""


def _listed(name: str, kind: str, words: str) -> str:
    """A list of one: the standard asks for a list where there could be several."""
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    item = f"<rdf:{kind}><rdf:li{language}>{_text(words)}</rdf:li></rdf:{kind}>"
    return f"<{name}>{item}</{name}>" if words else ""


def _text(words: str) -> str:
    """Escaped, without what XML can't hold."""
    plain = "".join(sign for sign in words[:MOST] if sign.isprintable())
    return escape(plain, quote=False)


def in_jpeg(data: bytes, notes: Notes) -> bytes:
    """A JPEG with the notes put in behind its JFIF header."""
    packet = xmp(notes)
    if not packet:
        return data
    head = 4 + struct.unpack_from(">H", data, 4)[0]
    said = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    if fields := _iim(notes):
        said += _segment(0xED, b"Photoshop 3.0\0" + _resource(0x0404, fields))
    return data[:head] + said + data[head:]


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _resource(number: int, body: bytes) -> bytes:
    """An image resource block of Photoshop, without a name, of even length."""
    padding = bytes(len(body) % 2)
    return b"8BIM" + struct.pack(">HHL", number, 0, len(body)) + body + padding


def _iim(notes: Notes) -> bytes:
    """By-line, credit and copyright notice. The standard's 32 bytes for the first two cut names
    short; like other programs of today, this writes them whole."""
    fields = {80: notes.creator, 110: notes.credit, 116: notes.licence}
    said = b"".join(_field(2, number, _bytes(words)) for number, words in fields.items() if words)
    return said and _field(1, 90, UTF8) + _field(2, 0, b"\0\4") + said


def _field(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def _bytes(words: str) -> bytes:
    return words[:MOST].encode("utf-8", "ignore")
