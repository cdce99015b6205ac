"""All renditions of a picture, each made from the next larger one; nothing is enlarged.

The whole picture is scaled down once, to the size that the largest crop needs. That base and not
the original is cropped, so that a photo of 12 megapixels is read once and not once a rendition.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from PIL import Image

from .cropping import Point, Size, crop_box, placed
from .encoding import encode
from .parts import NOTHING, Notes, Rendition

LANCZOS = Image.Resampling.LANCZOS
WIDE = 16 / 9
WIDTHS = (1920, 1280, 960, 640, 320)
# Uncropped, for pictures inside a text. What is taller than eight times its width gets narrower.
WHOLE = (1280, 640)
TALLEST = 8
# Preset → ratio and width, for structured data and social cards.
SINGLE = {"4x3": (4 / 3, 1200), "1x1": (1.0, 1200), "social": (1200 / 630, 1200)}
SQUARE = 320  # a portrait beside a name
TINY = 20  # width of the placeholder
STRIP = 256  # rows
BOTH = ("avif", "jpg")

# Preset, picture, suffixes of the files to make of it.
Step = tuple[str, Image.Image, tuple[str, ...]]


def render(
    picture: Image.Image, *, focal: Point = (0.5, 0.5), notes: Notes = NOTHING
) -> list[Rendition]:
    """All renditions. Leaves the picture as it is."""
    return rendered(base(picture), focal=focal, notes=notes)


def base(picture: Image.Image) -> Image.Image:
    """As small as a picture may become before it is cropped; maybe the picture itself."""
    scale = min(1.0, max(_needs(picture.size)))
    size = ceil(picture.width * scale - 0.01), ceil(picture.height * scale - 0.01)
    # Whole pixels are averaged first. That halves the cost; the loss of sharpness is a few per
    # cent, less than the encoders take.
    factor = min(picture.width // size[0], picture.height // size[1])
    near = picture.reduce(factor) if factor > 1 else picture
    return near if near.size == size else _in_strips(near, size)


def _in_strips(picture: Image.Image, size: Size) -> Image.Image:
    """Resized strip by strip, for the sake of what Pillow keeps between its two passes: more
    than the result. The strips show no seams, since each looks beyond its edges."""
    made = Image.new(picture.mode, size)
    scale = picture.height / size[1]
    for top in range(0, size[1], STRIP):
        bottom = min(top + STRIP, size[1])
        box = (0, top * scale, picture.width, min(bottom * scale, picture.height))
        made.paste(picture.resize((size[0], bottom - top), LANCZOS, box), (0, top))
    return made


def _needs(size: Size) -> Iterator[float]:
    """For each preset: how much of the picture's size it takes to fill its largest rendition."""
    for ratio, widths in [(WIDE, WIDTHS), *((ratio, (width,)) for ratio, width in SINGLE.values())]:
        left, _, right, _ = crop_box(size, ratio, (0.5, 0.5))
        yield _fitting(right - left, widths)[0] / (right - left)
    yield _fitting(size[0], WHOLE)[0] / size[0]


def _fitting(most: int, widths: tuple[int, ...]) -> list[int]:
    """Those widths that enlarge nothing, or the one there is."""
    return [width for width in widths if width <= most] or [most]


def rendered(base: Image.Image, *, focal: Point, notes: Notes) -> list[Rendition]:
    """All renditions of a picture, from its base."""
    made = [
        Rendition(preset, *picture.size, suffix, encode(picture, suffix, notes))
        for preset, picture, suffixes in scaled(base, focal)
        for suffix in suffixes
    ]
    # A picture of 16:9 has been encoded already.
    widths = {width for width, _ in _whole_sizes(base.size)} if _is_wide(base.size) else set()
    heroes = [one for one in made if one.preset == "hero" and one.width in widths]
    return made + [replace(hero, preset="whole") for hero in heroes]


def scaled(base: Image.Image, focal: Point) -> Iterator[Step]:
    yield from _heroes(base, focal)
    yield from _singles(base, focal)
    if not _is_wide(base.size):
        yield from _wholes(base)


def _heroes(base: Image.Image, focal: Point) -> Iterator[Step]:
    left, _, right, _ = crop_box(base.size, WIDE, focal)
    widths = _fitting(right - left, WIDTHS)
    step = _cropped(base, WIDE, widths[0], focal)
    for width in widths:
        step = _resized(step, _sized(width, WIDE))
        yield "hero", step, BOTH
    yield "placeholder", _resized(step, _sized(min(TINY, step.width), WIDE)), ("webp",)


def _singles(base: Image.Image, focal: Point) -> Iterator[Step]:
    for preset, (ratio, width) in SINGLE.items():
        left, _, right, _ = crop_box(base.size, ratio, focal)
        step = _cropped(base, ratio, min(width, right - left), focal)
        yield preset, step, ("jpg",)
        if preset == "1x1" and step.width > SQUARE:
            yield preset, _resized(step, (SQUARE, SQUARE)), BOTH


def _wholes(base: Image.Image) -> Iterator[Step]:
    step = base
    for size in _whole_sizes(base.size):
        step = _resized(step, size)
        yield "whole", step, BOTH


def _is_wide(size: Size) -> bool:
    """16:9 within a pixel."""
    _, _, right, bottom = crop_box(size, WIDE, (0.0, 0.0))
    return size[0] - right <= 1 and size[1] - bottom <= 1


def _whole_sizes(size: Size) -> list[Size]:
    """From large to small, each once."""
    sizes = {}
    for width in _fitting(size[0], WHOLE):
        scale = min(1.0, width / size[0], TALLEST * width / size[1])
        sizes[max(1, round(size[0] * scale)), max(1, round(size[1] * scale))] = True
    return list(sizes)


def _sized(width: int, ratio: float) -> Size:
    return width, max(1, round(width / ratio))


def _cropped(picture: Image.Image, ratio: float, width: int, focal: Point) -> Image.Image:
    """The crop, scaled to a width; cut out as it is where that is a matter of one pixel."""
    size = _sized(width, ratio)
    left, top, right, bottom = box = crop_box(picture.size, ratio, focal)
    near = abs(right - left - size[0]) <= 1 and abs(bottom - top - size[1]) <= 1
    if near and size[0] <= picture.width and size[1] <= picture.height:
        return picture.crop(placed(picture.size, size, focal))
    return picture.resize(size, LANCZOS, box)


def _resized(picture: Image.Image, size: Size) -> Image.Image:
    return picture if picture.size == size else picture.resize(size, LANCZOS)
