"""Pictures: what is refused, what is stripped."""

import struct

import pytest
from PIL import Image, ImageCms

from trends import renditions
from trends.renditions import BadPicture, open_upload, render

from .drawing import declared, encoded, picture


@pytest.mark.parametrize("kind", renditions.FORMATS)
def test_four_formats_are_taken_by_content(kind: str) -> None:
    opened = open_upload(encoded(picture((64, 40)), kind))
    assert (opened.mode, opened.size) == ("RGB", (64, 40))


REFUSED = {
    "no JPEG": b"just a note",
    "no JPEG, PNG": encoded(picture((8, 8)), "GIF"),
    "damaged or cut off": encoded(picture())[:9000],
    "more than 50 million": encoded(Image.new("1", (9000, 9000)), "PNG"),
    "than 50 million pixels": encoded(Image.new("1", (12000, 9000)), "PNG"),
    "than 50 million pixels. Make it smaller": declared(16383, 16383),
    "longer than 65,500": encoded(Image.new("1", (70000, 2)), "PNG"),
    "several frames": encoded(
        picture((8, 8)), "WEBP", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")]
    ),
}


@pytest.mark.parametrize("reason", list(REFUSED))
def test_the_rest_is_refused_with_a_reason(reason: str) -> None:
    with pytest.raises(BadPicture, match=reason):
        open_upload(REFUSED[reason])


def test_it_is_turned_upright_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"  # orientation, maker
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    opened = open_upload(encoded(picture((80, 40)), exif=exif))
    assert opened.size == (40, 80)
    assert not opened.getexif()
    assert not opened.info
    for data in (renditions.master(opened), *(r.data for r in render(opened))):
        assert b"Exif" not in data


@pytest.mark.parametrize("kind", renditions.FORMATS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_ends_upright(kind: str, orientation: int) -> None:
    upright = Image.new("RGB", (48, 32), "white")
    upright.paste("red", (0, 0, 24, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    # Laid as the camera held it: the opposite of what the flag asks for.
    undo = {6: 8, 8: 6}.get(orientation, orientation)
    laid = upright.transpose(renditions.TURNS[undo]) if undo > 1 else upright

    opened = open_upload(encoded(laid, kind, exif=exif))
    assert opened.size == (48, 32)
    corners = [(8, 8), (40, 8), (8, 24), (40, 24)]
    assert [opened.getpixel(at)[1] < 100 for at in corners] == [True, False, False, False]


def test_exif_that_cannot_be_written_back_does_no_harm() -> None:
    # Orientation 6, then a text where a number belongs: seen in files of real cameras.
    entries = [(0x0112, 3, 1, b"\0\6\0\0"), (0x0111, 2, 4, b"abc\0")]
    rows = b"".join(struct.pack(">HHL", *entry[:3]) + entry[3] for entry in entries)
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\2" + rows + bytes(4)

    assert open_upload(encoded(picture((80, 40)), exif=exif)).size == (40, 80)


def test_broken_exif_does_not_refuse_the_picture() -> None:
    broken = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\1" * 40

    assert open_upload(encoded(picture((80, 40)), exif=broken)).size == (80, 40)


def test_a_phone_may_keep_a_preview_behind_its_picture() -> None:
    data = encoded(picture((80, 40)), "MPO", save_all=True, append_images=[picture((8, 4))])

    assert open_upload(data).size == (80, 40)


def test_a_large_photo_is_decoded_no_larger_than_needed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_upload(encoded(Image.new("RGB", (7680, 4400)))).size == (3840, 2200)
    assert open_upload(encoded(Image.new("RGB", (4400, 7680)), exif=exif)).size == (3840, 2200)


def test_grey_of_sixteen_bits_keeps_its_tone() -> None:
    opened = open_upload(encoded(Image.new("I;16", (4, 4), 128 * 257), "PNG"))

    assert opened.getpixel((0, 0)) == (128, 128, 128)


def test_transparency_becomes_white() -> None:
    opened = open_upload(encoded(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG"))
    assert opened.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_another_colour_space_is_converted(mode: str) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A space in which red and green have changed places.
    swapped = srgb.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    source = Image.new("RGB", (4, 4), "red").convert(mode)
    opened = open_upload(encoded(source, "PNG", icc_profile=swapped))
    red, green, _ = opened.getpixel((0, 0))
    assert green > 200 > red
    assert "icc_profile" not in opened.info


def test_a_profile_that_says_srgb_changes_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = picture((32, 256))
    opened = open_upload(encoded(source, "PNG", icc_profile=srgb))
    assert opened.tobytes() == source.tobytes()


def test_a_large_picture_of_another_format_is_made_smaller() -> None:
    assert open_upload(encoded(picture((7700, 4400), "1"), "PNG")).size == (3850, 2200)
    assert open_upload(encoded(picture((4400, 7700), "L"), "PNG")).size == (4400, 7700)


def test_a_broken_profile_does_not_refuse_the_picture() -> None:
    data = encoded(Image.new("RGB", (4, 4), (90, 90, 90)), "PNG", icc_profile=b"nonsense")
    assert open_upload(data).getpixel((0, 0)) == (90, 90, 90)
