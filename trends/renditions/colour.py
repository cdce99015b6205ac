"""Any kind of pixels becomes 8-bit sRGB on white."""

import io
from itertools import product

from PIL import Image, ImageChops, ImageCms

# Modes that are scaled down and converted as they are.
PLAIN = ("L", "RGB", "RGBA", "CMYK")
# A profile that moves no colour by more than this is sRGB under another name.
INVISIBLE = 2
PROBE = bytes(level for colour in product(range(0, 256, 51), repeat=3) for level in colour)


def to_srgb(picture: Image.Image, factor: int = 1) -> Image.Image:
    """RGB, `factor` times smaller, what is transparent made white. Uses up what it is given."""
    profile = picture.info.get("icc_profile")
    picture = _instead(picture, _plain(picture))
    if factor > 1:
        picture = _instead(picture, picture.reduce(factor))
    if profile:
        picture = _instead(picture, _by_profile(picture, profile))
    return _instead(picture, _on_white(picture))


def _instead(old: Image.Image, new: Image.Image) -> Image.Image:
    """The new one; the old one's memory is free at once, whoever still holds it."""
    if new is not old:
        old.close()
    return new


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # Pillow's own `convert` would clip grey of 16 bits to white.
        picture = picture.point(lambda level: level / 257).convert("L")
        picture.info.pop("transparency", None)  # names a level out of 65,536
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in PLAIN else picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    """By its colour profile; as it is where that is broken or of another kind, because then the
    numbers are the best guess."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        transform = ImageCms.buildTransform(source, target, picture.mode, mode)
        if picture.mode != mode:
            return transform.apply(picture)
        if not _is_identity(transform, mode):
            transform.apply_in_place(picture)
    except (ImageCms.PyCMSError, OSError):
        pass
    return picture


def _is_identity(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Most profiles say sRGB: then the many pixels are better left alone."""
    probe = Image.frombytes("RGB", (len(PROBE) // 3, 1), PROBE).convert(mode)
    moved = ImageChops.difference(probe, transform.apply(probe)).convert("RGB")
    return max(moved.tobytes()) <= INVISIBLE


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture)
    return white
