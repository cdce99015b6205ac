"""Pictures: what is refused, what is stripped, which files are made."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from trends import renditions
from trends.renditions import BadPicture, crop_box, open_upload, render


def picture(size: tuple[int, int] = (1600, 1000), mode: str = "RGB") -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


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
    "several frames": encoded(
        picture((8, 8)), "WEBP", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")]
    ),
    "larger than 20 MB": b"\0" * (renditions.MAX_BYTES + 1),
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


def test_transparency_becomes_white() -> None:
    opened = open_upload(encoded(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG"))
    assert opened.getpixel((0, 0)) == (255, 255, 255)


def test_another_colour_space_is_converted() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A space in which red and green have changed places.
    swapped = srgb.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    opened = open_upload(encoded(Image.new("RGB", (4, 4), "red"), "PNG", icc_profile=swapped))
    red, green, _ = opened.getpixel((0, 0))
    assert green > 200 > red
    assert "icc_profile" not in opened.info


def test_a_broken_profile_does_not_refuse_the_picture() -> None:
    data = encoded(Image.new("RGB", (4, 4), (90, 90, 90)), "PNG", icc_profile=b"nonsense")
    assert open_upload(data).getpixel((0, 0)) == (90, 90, 90)


def test_renditions_of_a_large_picture() -> None:
    made = render(picture((2400, 1600)))
    heroes = [r for r in made if r.preset == "hero"]
    assert sorted({r.width for r in heroes}) == sorted(renditions.WIDTHS)
    assert {r.format for r in heroes} == {"avif", "jpg"}
    singles = {r.preset: (r.width, r.height) for r in made if r.preset in renditions.SINGLE}
    assert singles == {"4x3": (1200, 900), "1x1": (1200, 1200), "social": (1200, 630)}
    for rendition in made:
        shown = Image.open(io.BytesIO(rendition.data))
        assert shown.size == (rendition.width, rendition.height)


def test_a_small_picture_is_not_enlarged() -> None:
    made = render(picture((200, 150)))
    assert max(r.width for r in made) == 200
    assert {r.format for r in made if r.preset == "hero"} == {"avif", "jpg"}


@given(
    st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    st.sampled_from([16 / 9, 4 / 3, 1.0, 1200 / 630]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_crop_lies_in_the_picture_and_holds_the_focal_point(
    size: tuple[int, int], ratio: float, focal: tuple[float, float]
) -> None:
    left, top, right, bottom = crop_box(size, ratio, focal)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert right - left == size[0] or bottom - top == size[1]
    assert abs((right - left) - (bottom - top) * ratio) <= max(1, ratio)
    assert left - 1 <= size[0] * focal[0] <= right + 1
    assert top - 1 <= size[1] * focal[1] <= bottom + 1
