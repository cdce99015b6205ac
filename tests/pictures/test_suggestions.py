"""What an upload says of itself, offered to editors."""

import struct
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from trends.models import Image as Picture
from trends.renditions.notes import _resource, _segment
from trends.renditions.opening import opened
from trends.renditions.suggestions import LENGTHS, suggestions

from .drawing import encoded, picture

SMALL = encoded(picture((16, 16)))
NAMES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
)
CODES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def packet(properties: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {NAMES}>'
        f'<rdf:Description rdf:about="" {attributes}>{properties}</rdf:Description>'
        f'</rdf:RDF></x:xmpmeta>{" " * 50}<?xpacket end="w"?>'
    ).encode()


def fields(*values: tuple[int, int, bytes]) -> bytes:
    """An APP13 segment with IPTC fields."""
    body = b"".join(b"\x1c" + struct.pack(">BBH", a, b, len(v)) + v for a, b, v in values)
    return _segment(0xED, b"Photoshop 3.0\0" + _resource(0x0404, body))


def exif(**tags: str) -> Image.Exif:
    made = Image.Exif()
    for name, words in tags.items():
        made[{"description": 0x010E, "artist": 0x013B, "copyright": 0x8298}[name]] = words
    return made


def said(data: bytes) -> dict[str, str]:
    return suggestions(opened(data, 1_000_000))


def said_by(xmp: bytes) -> dict[str, str]:
    return said(encoded(picture((16, 16)), xmp=xmp))


FULL = packet(
    "<photoshop:Credit>Norlake Pictures</photoshop:Credit>"
    "<dc:creator><rdf:Seq><rdf:li>Nora Vale</rdf:li><rdf:li>Tom Reed</rdf:li></rdf:Seq>"
    "</dc:creator>"
    '<dc:description><rdf:Alt><rdf:li xml:lang="de">Ein Hafen</rdf:li>'
    '<rdf:li xml:lang="x-default">A harbour\n at night</rdf:li></rdf:Alt></dc:description>'
    '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Cranes over dark '
    "water</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Norlake</rdf:li></rdf:Alt></dc:rights>',
    f'Iptc4xmpExt:DigitalSourceType="{CODES}trainedAlgorithmicMedia"',
)
TOLD = {
    "credit": "Norlake Pictures",
    "creator": "Nora Vale, Tom Reed",
    "caption": "A harbour at night",
    "alt_text": "Cranes over dark water",
    "licence": "© Norlake",
    "ai_use": "made",
}


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_xmp_is_read(kind: str) -> None:
    assert said(encoded(picture((16, 16)), kind, xmp=FULL)) == TOLD


def test_xmp_in_a_png_is_read() -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", FULL)
    assert said(encoded(picture((16, 16)), "PNG", pnginfo=chunks)) == TOLD


def test_iptc_is_read() -> None:
    names = [(2, 80, b"Nora Vale"), (2, 80, b"Tom Reed"), (2, 110, "Åsa".encode("cp1252"))]
    data = fields(*names, (2, 120, b"A harbour"), (2, 116, b"(c) Norlake"))
    wanted = {"creator": "Nora Vale, Tom Reed", "credit": "Åsa", "caption": "A harbour"}
    assert said(SMALL[:2] + data + SMALL[2:]) == wanted | {"licence": "(c) Norlake"}


def test_iptc_in_utf8_is_read() -> None:
    data = fields((1, 90, b"\x1b%G"), (2, 110, "Łódź".encode()))
    assert said(SMALL[:2] + data + SMALL[2:]) == {"credit": "Łódź"}


def test_exif_is_read() -> None:
    tags = exif(description="A harbour", artist="Nora Vale", copyright="Norlake\0Vale")
    wanted = {"caption": "A harbour", "creator": "Nora Vale", "licence": "Norlake, Vale"}
    assert said(encoded(picture((16, 16)), exif=tags)) == wanted


def test_xmp_comes_before_iptc_before_exif() -> None:
    tags = exif(description="from EXIF", artist="from EXIF", copyright="from EXIF")
    xmp = packet("", 'photoshop:Credit="from XMP"')
    data = encoded(picture((16, 16)), exif=tags, xmp=xmp)
    iptc = fields((2, 110, b"from IPTC"), (2, 80, b"from IPTC"))
    found = said(data[:2] + iptc + data[2:])
    assert [found[field] for field in ("credit", "creator", "caption")] == [
        "from XMP", "from IPTC", "from EXIF",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "use"),
    [
        ("trainedAlgorithmicMedia", "made"),
        ("compositeWithTrainedAlgorithmicMedia", "edited"),
        ("compositeSynthetic", "edited"),
        ("algorithmicallyEnhanced", None),
        ("digitalCapture", None),
        ("", None),
    ],
)
def test_ai_is_told_by_the_source_type(code: str, use: str | None) -> None:
    forms = [
        packet("", f'Iptc4xmpExt:DigitalSourceType="{CODES}{code}"'),
        packet(f'<Iptc4xmpExt:DigitalSourceType rdf:resource="{CODES}{code}"/>'),
        packet(f"<Iptc4xmpExt:DigitalSourceType>{code}</Iptc4xmpExt:DigitalSourceType>"),
    ]
    for form in forms:
        assert said_by(form).get("ai_use") == use


@pytest.mark.parametrize(
    "junk",
    ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM", "IMG_1234.JPG", "DSC01234", "harbour.jpeg"],
)
def test_what_cameras_write_is_no_caption(junk: str) -> None:
    assert said(encoded(picture((16, 16)), exif=exif(description=junk))) == {}


@pytest.mark.parametrize("words", ["A digital camera", "42 ships", "Photo of the port"])
def test_captions_that_only_look_like_it_stay(words: str) -> None:
    assert said(encoded(picture((16, 16)), exif=exif(description=words)))["caption"] == words


def test_words_are_tidied_and_cut() -> None:
    credit = "  A\u202eB\x07\tC &#10; " + "x" * 300
    found = said_by(packet("", f'photoshop:Credit="{credit}"'.replace("\x07", "")))["credit"]
    assert found.startswith("AB C x")
    assert len(found) == 200
    assert found.endswith("x…")


def test_control_characters_go() -> None:
    data = fields((2, 110, b"A\x00\x07\x1b[31mB\x7f"))
    assert said(SMALL[:2] + data + SMALL[2:]) == {"credit": "A[31mB"}


def test_lengths_are_those_of_the_library() -> None:
    for field, length in LENGTHS.items():
        assert Picture._meta.get_field(field).max_length == length


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
BROKEN: dict[str, Any] = {
    "no XML": b"<rdf:RDF",
    "no text": b"\xff\xfe\x00",
    "entities": BOMB + FULL,
    "deep": b"<a>" * 100_000 + b"</a>" * 100_000,
    "a list in a list": packet("<dc:creator><rdf:Seq><rdf:li/></rdf:Seq></dc:creator>"),
    "empty": b"",
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_broken_xmp_says_nothing(name: str) -> None:
    # A WebP holds more than the 64 KB that fit into a JPEG.
    assert said(encoded(picture((16, 16)), "WEBP", xmp=BROKEN[name])) == {}


def test_large_xmp_is_not_read() -> None:
    large = packet(f"<!--{' ' * (1 << 20)}-->", 'photoshop:Credit="Norlake"')
    assert said(encoded(picture((16, 16)), "WEBP", xmp=large)) == {}


def test_broken_iptc_says_nothing() -> None:
    for data in (
        fields((2, 110, b"")),
        _segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\2"),
    ):
        assert said(SMALL[:2] + data + SMALL[2:]) == {}


def test_the_one_broken_kind_leaves_the_others() -> None:
    data = encoded(picture((16, 16)), xmp=b"<", exif=exif(artist="Nora Vale"))
    assert said(data) == {"creator": "Nora Vale"}
