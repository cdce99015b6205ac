"""What renditions say of themselves, and that nothing else does."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile, IptcImagePlugin

from trends.renditions import Notes, Rendition, render
from trends.renditions.notes import in_jpeg, xmp
from trends.renditions.suggestions import suggestions
from trends.renditions.xmp import from_xmp

from .drawing import decoded, encoded, picture

NOTES = Notes(
    credit="Åsa & Co. <Norlake>",
    creator="Nora “N.” Vale",
    licence="CC BY 4.0",
    source_type="trainedAlgorithmicMedia",
)
SAID = {"credit": NOTES.credit, "creator": NOTES.creator, "licence": NOTES.licence}
MADE_BY_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def renditions(notes: Notes) -> list[Rendition]:
    return [r for r in render(picture((640, 480)), notes=notes) if r.preset != "placeholder"]


def test_every_rendition_names_credit_creator_licence_and_source() -> None:
    for made in renditions(NOTES):
        shown = decoded(made.data)
        assert from_xmp(shown.info["xmp"]) == SAID | {"source_type": MADE_BY_AI}
        assert suggestions(shown) == SAID | {"ai_use": "made"}


def test_jpegs_say_it_in_iptc_too() -> None:
    (made, *_) = [r for r in renditions(NOTES) if r.format == "jpg"]
    shown = decoded(made.data)
    assert isinstance(shown, ImageFile.ImageFile)
    assert IptcImagePlugin.getiptcinfo(shown) == {
        (1, 90): b"\x1b%G",
        (2, 0): b"\0\4",
        (2, 80): NOTES.creator.encode(),
        (2, 110): NOTES.credit.encode(),
        (2, 116): NOTES.licence.encode(),
    }


def test_it_costs_a_few_hundred_bytes() -> None:
    assert len(xmp(Notes(credit="Norlake"))) < 400
    plain = encoded(picture((32, 32)))
    assert len(in_jpeg(plain, NOTES)) - len(plain) < 1100


def test_the_jfif_header_stays_first() -> None:
    data = in_jpeg(encoded(picture((32, 32))), NOTES)
    assert data[:4] + data[6:11] == b"\xff\xd8\xff\xe0JFIF\0"
    assert struct.unpack(">H", data[20:22])[0] == 0xFFE1


def test_nothing_to_say_writes_nothing() -> None:
    for made in renditions(Notes()):
        for word in (b"xpacket", b"rdf", b"Photoshop", b"Exif", b"ICC_PROFILE", b"mime"):
            assert word not in made.data, (made.preset, made.format)


def test_only_what_is_known_is_written() -> None:
    data = in_jpeg(encoded(picture((32, 32))), Notes(source_type="digitalCapture"))
    assert b"Photoshop" not in data  # IPTC has no field of it
    assert b"creator" not in data
    assert b"digitalCapture" in data


def test_the_placeholder_carries_none() -> None:
    tiny = [r for r in render(picture((640, 480)), notes=NOTES) if r.preset == "placeholder"]
    assert "xmp" not in decoded(tiny[0].data).info


@settings(deadline=None)
@given(st.text(max_size=5000), st.text(max_size=3000))
def test_any_words_give_a_file_that_can_be_read(credit: str, licence: str) -> None:
    notes = Notes(credit=credit, creator=credit, licence=licence)
    data = in_jpeg(SMALL, notes)
    shown = decoded(data)
    assert shown.size == (8, 8)
    said = from_xmp(shown.info["xmp"]) if "xmp" in shown.info else {}
    wanted = "".join(sign for sign in credit[:1000] if sign.isprintable()).strip()
    assert said.get("credit", "") == wanted


SMALL = encoded(Image.new("RGB", (8, 8)))


@pytest.mark.parametrize("kind", ["JPEG", "AVIF", "WEBP", "PNG"])
def test_an_upload_leaves_nothing_in_the_renditions(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "SecretCamera", "SecretArtist"
    exif.get_ifd(0x8825)[1] = "N"
    source = picture((400, 300))
    options = {"exif": exif, "xmp": xmp(Notes(credit="SecretCredit"))}
    data = encoded(source, kind, **({} if kind == "PNG" else options))
    opened = decoded(data)
    for made in render(opened, notes=Notes(credit="Norlake")):
        assert b"Secret" not in made.data, (made.preset, made.format)
